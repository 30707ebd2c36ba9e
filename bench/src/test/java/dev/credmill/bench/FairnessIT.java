package dev.credmill.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.credmill.bench.chaos.Sheet;
import dev.credmill.bench.installation.Api;
import dev.credmill.bench.installation.DiplomaSheet;
import dev.credmill.bench.installation.Installation;
import dev.credmill.bench.installation.MailSink;
import dev.credmill.bench.installation.Service;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ten rows of one organization never wait behind another's many. */
class FairnessIT {
  private static final Duration PROMISED = Duration.ofSeconds(5);
  private static final int HEAP = 256; // MiB
  private static final int BATCHES = 20;
  private static final int ROWS = 5_000; // of each
  @TempDir static Path folder;
  private static MailSink mail;
  private static Installation installation;

  @BeforeAll
  static void start() {
    mail = MailSink.start();
    installation =
        Installation.start(
            Path.of(".."),
            folder,
            HEAP,
            EnumSet.allOf(Service.class),
            "-Dnotification.email.host=127.0.0.1",
            "-Dnotification.email.port=" + mail.port());
  }

  @AfterAll
  static void stop() {
    installation.close();
    mail.close();
  }

  @Test
  void tenRowsAreIssuedAndMailedWhileAnotherOrganizationRunsManyBatches() throws Exception {
    // Given
    Api acme = new Api(installation.url(Service.BATCH_API), Sheet.Owner.ACME.key);
    Api globex = new Api(installation.url(Service.BATCH_API), Sheet.Owner.GLOBEX.key);
    List<String> many = new ArrayList<>();
    for (int i = 0; i < BATCHES; i++) {
      Path sheet = new DiplomaSheet(ROWS, 900 + i).csv(folder.resolve("many.csv"));
      many.add(
          acme.upload(
              sheet, Map.of("definitionId", "diploma", "mode", "ISSUE", "medium", "EMAIL")));
    }
    acme.await(many.getFirst(), batch -> batch.path("counts").path("issued").asInt() == ROWS);
    // When
    Sheet few = new Sheet(1, 1, Sheet.Owner.GLOBEX, Sheet.Fate.ISSUED, 10);
    String id =
        globex.upload(
            few.write(folder),
            Map.of(
                "definitionId",
                few.owner().definition,
                "mode",
                "ISSUE",
                "onInvalidRows",
                "skip",
                "medium",
                "EMAIL"));
    // Then
    await("ten rows issued and mailed")
        .atMost(PROMISED)
        .until(
            () ->
                mail.received().values().stream()
                        .filter(received -> received.recipient().startsWith("recipient.1.1."))
                        .count()
                    == few.validRows());
    assertThat(globex.batch(id).path("status").asText()).startsWith("COMPLETED");
    assertThat(acme.batch(many.getLast()).path("status").asText())
        .as("the many are still under way")
        .doesNotStartWith("COMPLETED");
  }
}
