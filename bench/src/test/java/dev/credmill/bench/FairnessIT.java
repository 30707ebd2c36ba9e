package dev.credmill.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.credmill.bench.chaos.Sheet;
import dev.credmill.bench.installation.Api;
import dev.credmill.bench.installation.DiplomaSheet;
import dev.credmill.bench.installation.Installation;
import dev.credmill.bench.installation.MailSink;
import dev.credmill.bench.installation.Service;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Who waits for whom, who stops when told to and who is done in time, while there is much to do.
 */
class FairnessIT {
  private static final Duration PROMISED = Duration.ofSeconds(5);
  private static final int HEAP = 256; // MiB
  private static final int BATCHES = 20;

  /** Of each; -Dfairness.rows=50000 makes a million. */
  private static final int ROWS = Integer.getInteger("fairness.rows", 10_000);

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
              sheet, Map.of("definitionId", "diploma", "mode", "REVIEW", "medium", "EMAIL")));
    }
    many.forEach(batch -> acme.awaitEnd(batch, "READY"::equals));
    // all at once, so that neither a slow upload nor a quick machine leaves little to wait behind
    many.forEach(batch -> command(acme, batch, "issue"));
    acme.await(many.getFirst(), batch -> counted(batch, "issued") > 0);
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

  @Test
  void aPauseAndACancelStopTheRelayWithinTwoSecondsAndNoRowHasTwoEnds() throws Exception {
    // Given
    Api acme = new Api(installation.url(Service.BATCH_API), Sheet.Owner.ACME.key);
    Path sheet = new DiplomaSheet(40_000, 950).csv(folder.resolve("controlled.csv"));
    String id = acme.upload(sheet, Map.of("definitionId", "diploma", "mode", "ISSUE"));
    acme.await(id, batch -> batch.path("counts").path("issued").asInt() > 2_000);
    // When
    command(acme, id, "pause");
    int paused = relayedOnceItStands(acme, id);
    // Then
    assertThat(paused).isLessThan(40_000);
    assertThat(acme.batch(id).path("status").asText()).isEqualTo("PAUSED");
    // When it goes on, is retried ten times while it runs, and is cancelled
    command(acme, id, "resume");
    acme.await(id, batch -> relayed(batch) > paused);
    for (int press = 0; press < 10; press++) {
      command(acme, id, "retry");
    }
    command(acme, id, "cancel");
    int cancelled = relayedOnceItStands(acme, id);
    // Then
    JsonNode counts = acme.await(id, batch -> counted(batch, "queued") == 0).path("counts");
    assertThat(counts.path("issued").asInt()).isEqualTo(cancelled).isLessThan(40_000);
    acme.await(id, batch -> counted(batch, "cancelled") == 40_000 - cancelled);
    assertThat(credentials(id)).isEqualTo(cancelled);
  }

  @Test
  void aHundredThousandCredentialsAreRevokedAndPublishedWithinAMinuteOfOneCall() throws Exception {
    // Given
    Api acme = new Api(installation.url(Service.BATCH_API), Sheet.Owner.ACME.key);
    Path sheet = new DiplomaSheet(100_000, 970).csv(folder.resolve("revoked.csv"));
    String id = acme.upload(sheet, Map.of("definitionId", "diploma", "mode", "ISSUE"));
    acme.awaitEnd(id, "COMPLETED"::equals);
    // When
    JsonNode change = acme.post("/v1/batches/" + id + "/revoke", "{}");
    // Then, since DONE means that it is in the published list
    await("a hundred thousand revoked")
        .atMost(Duration.ofSeconds(60))
        .until(
            () ->
                acme.json("/v1/revocations/" + change.path("id").asText())
                        .path("counts")
                        .path("DONE")
                        .asInt()
                    == 100_000);
  }

  private static void command(Api api, String id, String command) {
    api.post("/v1/batches/" + id + "/" + command, "{}");
  }

  /** Waits until for three of five seconds, so since two at the latest, no row is relayed. */
  private static int relayedOnceItStands(Api api, String id) {
    AtomicInteger last = new AtomicInteger(-1);
    await("the relay stands")
        .during(Duration.ofSeconds(3))
        .atMost(Duration.ofSeconds(5))
        .until(
            () -> {
              int relayed = relayed(api.batch(id));
              return last.getAndSet(relayed) == relayed;
            });
    return last.get();
  }

  private static int relayed(JsonNode batch) {
    return counted(batch, "queued") + counted(batch, "issued") + counted(batch, "failed");
  }

  private static int counted(JsonNode batch, String state) {
    return batch.path("counts").path(state).asInt();
  }

  private static int credentials(String batch) throws SQLException {
    try (Connection connection = DriverManager.getConnection(installation.database());
        PreparedStatement select =
            connection.prepareStatement(
                "select count(*) from issuance.credential c join issuance.batch b on b.number = c.batch_number where b.batch_id = ? and c.format = 0")) {
      select.setObject(1, UUID.fromString(batch));
      try (ResultSet result = select.executeQuery()) {
        result.next();
        return result.getInt(1);
      }
    }
  }
}
