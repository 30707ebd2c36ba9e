package dev.credmill.issuance.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.credmill.backing.BackingTestResource;
import dev.credmill.contracts.event.CredentialRequested;
import dev.credmill.contracts.event.EventPublisher;
import dev.credmill.contracts.id.BatchId;
import dev.credmill.contracts.id.RowId;
import dev.credmill.issuance.RegistryTestResource;
import io.agroal.api.AgroalDataSource;
import io.quarkus.agroal.DataSource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.lang.management.ManagementFactory;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.RepeatedTest;

/** Says how fast this machine issues; asserts only that every row is issued. */
@QuarkusTest
@WithTestResource(BackingTestResource.class)
@WithTestResource(RegistryTestResource.class)
class IssuanceRateIT {
  private static final Logger LOG = Logger.getLogger(IssuanceRateIT.class);
  private static final int ROWS = Integer.getInteger("rate.rows", 10_000);
  private static final Instant FROM = Instant.parse("2026-11-22T10:00:00Z");
  @Inject EventPublisher publisher;
  @Inject Issuance issuance;

  @Inject
  @DataSource("issuance")
  AgroalDataSource database;

  /** The second time is that of a warm process. */
  @RepeatedTest(2)
  void aBatchIsIssuedFromTheBrokerOn() {
    // Given
    BatchId batch = BatchId.at(Instant.now());
    List<CredentialRequested> requests = requests(batch);
    // When
    long cpu = cpuNanos();
    long start = System.nanoTime();
    for (int from = 0; from < ROWS; from += 1_000) {
      publisher.publish(requests.subList(from, Math.min(ROWS, from + 1_000)));
    }
    await()
        .atMost(Duration.ofMinutes(5))
        .pollInterval(Duration.ofMillis(50))
        .until(() -> stored(batch) == ROWS);
    // Then
    report("published, consumed, signed, stored, told", start, cpu);
    assertThat(stored(batch)).isEqualTo(ROWS);
  }

  @RepeatedTest(2)
  void aBatchIsSignedAndStored() {
    // Given
    BatchId batch = BatchId.at(Instant.now());
    List<CredentialRequested> requests = requests(batch);
    // When
    long cpu = cpuNanos();
    long start = System.nanoTime();
    for (int from = 0; from < ROWS; from += 1_000) {
      issuance.answer(requests.subList(from, Math.min(ROWS, from + 1_000)));
    }
    // Then
    report("signed and stored", start, cpu);
    assertThat(stored(batch)).isEqualTo(ROWS);
  }

  private static void report(String what, long start, long cpu) {
    double seconds = (System.nanoTime() - start) / 1e9;
    LOG.infof(
        "%d credentials %s: %.0f/s, %.1f us of this process's CPU each",
        ROWS, what, ROWS / seconds, (cpuNanos() - cpu) / 1e3 / ROWS);
  }

  private static long cpuNanos() {
    return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }

  private int stored(BatchId batch) {
    try (Connection connection = database.getConnection();
        PreparedStatement statement =
            connection.prepareStatement(
                "select count(*) from credential c join batch b on b.number = c.batch_number where b.batch_id = ?")) {
      statement.setObject(1, batch.value());
      try (ResultSet rows = statement.executeQuery()) {
        rows.next();
        return rows.getInt(1);
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<CredentialRequested> requests(BatchId batch) {
    return IntStream.range(2, 2 + ROWS)
        .mapToObj(
            row ->
                new CredentialRequested(
                    new RowId(batch, row),
                    1,
                    RegistryTestResource.ACME.id(),
                    RegistryTestResource.DIPLOMA.id(),
                    RegistryTestResource.TEMPLATE,
                    ROWS,
                    FROM,
                    Instant.parse("2028-11-22T23:59:59Z"),
                    "{\"fullName\":\"Recipient Number %d\",\"course\":\"Applied Cryptography for Engineers\",\"grade\":\"with distinction\",\"credits\":30}"
                        .formatted(row)))
        .toList();
  }
}
