package dev.credmill.bench.failpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.credmill.bench.chaos.Sheet;
import dev.credmill.bench.installation.AotCache;
import dev.credmill.bench.installation.Api;
import dev.credmill.bench.installation.Installation;
import dev.credmill.bench.installation.Instance;
import dev.credmill.bench.installation.MailSink;
import dev.credmill.bench.installation.Service;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A process that dies between two steps that must agree leaves nothing half done. */
class FailPointIT {
  private static final Duration LONGEST = Duration.ofMinutes(3);
  private static final int HEAP = 256; // MiB
  private static final int ROWS = 300;
  @TempDir static Path folder;
  private static FailPoints points;
  private static MailSink mail;
  private static Installation installation;
  private static Api api;

  @BeforeAll
  static void start() throws IOException {
    points = FailPoints.in(folder.resolve("points"));
    mail = MailSink.start();
    installation =
        Installation.start(
            Path.of(".."),
            folder,
            HEAP,
            AotCache.NONE, // which no JVM takes that has an agent
            EnumSet.allOf(Service.class),
            points.option(),
            "-Dnotification.email.host=127.0.0.1",
            "-Dnotification.email.port=" + mail.port(),
            "-Dbatch.lease=3s",
            "-Dnotification.lease=PT6S",
            "-Dnotification.send-timeout=PT2S",
            "-Dnotification.announce-after=PT2S",
            "-Dkafka.session.timeout.ms=6000",
            "-Dkafka.heartbeat.interval.ms=2000");
    api = new Api(installation.url(Service.BATCH_API), Sheet.Owner.ACME.key);
  }

  @AfterAll
  static void stop() {
    installation.close();
    mail.close();
  }

  @ParameterizedTest
  @EnumSource(FailPoint.class)
  void dyingThereLeavesOneCredentialAndOneMessageForEachRow(FailPoint point) throws Exception {
    // Given
    Sheet sheet = new Sheet(99, point.ordinal(), Sheet.Owner.ACME, Sheet.Fate.ISSUED, ROWS);
    Instance instance = installation.instance(point.service());
    points.arm(point);
    // When
    String id =
        api.upload(
            sheet.write(folder),
            Map.of(
                "definitionId", sheet.owner().definition,
                "mode", "ISSUE",
                "onInvalidRows", "skip",
                "medium", "EMAIL"));
    assertThat(instance.endsWithin(LONGEST)).as("the process died there").isTrue();
    assertThat(points.armed(point)).isFalse();
    instance.start();
    instance.awaitStarted();
    // Then
    int valid = sheet.validRows();
    await()
        .atMost(LONGEST)
        .ignoreExceptions()
        .untilAsserted(() -> assertThat(count(SENT, id)).as("messages sent").isEqualTo(valid));
    assertThat(count(CREDENTIALS, id)).isEqualTo(valid);
    assertThat(count(CREDENTIALS_OF_ROWS, id)).isEqualTo(valid);
    assertThat(api.batch(id).path("counts").path("issued").asInt()).isEqualTo(valid);
    for (int number = 2; number <= sheet.lastNumber(); number++) {
      if (sheet.validAtLast(number)) {
        assertThat(copies(sheet.email(number))).as("copies for row " + number).isBetween(1, 2);
      }
    }
  }

  private static final String SENT =
      "select count(*) from batch.row_credential where batch_id = ? and email_delivery = 'SENT'";
  private static final String CREDENTIALS =
      """
      select count(*) from issuance.credential c join issuance.batch b on b.number = c.batch_number
      where b.batch_id = ? and c.format = 0
      """;
  private static final String CREDENTIALS_OF_ROWS =
      """
      select count(distinct c.row_number)
      from issuance.credential c join issuance.batch b on b.number = c.batch_number
      join batch.row r on r.batch_id = b.batch_id and r.number = c.row_number and r.issue = 'ISSUED'
      where b.batch_id = ?
      """;

  private static int count(String sql, String batch) throws SQLException {
    try (Connection connection = DriverManager.getConnection(installation.database());
        PreparedStatement select = connection.prepareStatement(sql)) {
      select.setObject(1, UUID.fromString(batch));
      try (ResultSet result = select.executeQuery()) {
        result.next();
        return result.getInt(1);
      }
    }
  }

  private static int copies(String recipient) {
    return mail.received().values().stream()
        .filter(received -> received.recipient().equals(recipient))
        .mapToInt(MailSink.Received::copies)
        .sum();
  }
}
