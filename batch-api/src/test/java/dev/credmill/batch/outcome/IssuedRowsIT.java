package dev.credmill.batch.outcome;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.credmill.backing.BackingTestResource;
import dev.credmill.batch.Api;
import dev.credmill.batch.CatalogueTestResource;
import dev.credmill.batch.status.Counts;
import dev.credmill.contracts.event.CredentialOutcome.Issued;
import dev.credmill.contracts.event.EventPublisher;
import dev.credmill.contracts.id.BatchId;
import dev.credmill.contracts.id.RowId;
import io.agroal.api.AgroalDataSource;
import io.quarkus.agroal.DataSource;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The same answers, more than once and at the same time. */
@QuarkusTest
@QuarkusTestResource(BackingTestResource.class)
@QuarkusTestResource(CatalogueTestResource.class)
class IssuedRowsIT {
  private static final Instant NOW = Instant.parse("2026-05-04T10:00:00Z");

  @Inject IssuedRows rows;
  @Inject Counts counts;
  @Inject EventPublisher publisher;

  @Inject
  @DataSource("batch")
  AgroalDataSource database;

  @Test
  void whatComesTwiceInOneListOrOnceMoreIsWrittenOnce() {
    // Given
    String id = issuing(3, "medium", "EMAIL");
    List<Issued> twice = new ArrayList<>();
    issued(id, 1, 2, 3, 4).forEach(one -> twice.addAll(List.of(one, one)));
    // When
    write(id, twice);
    write(id, twice);
    // Then
    assertThat(Api.ACME.batch(id).getInt("counts.issued")).isEqualTo(3);
    assertThat(Api.ACME.batch(id).getInt("delivery.EMAIL.pending")).isEqualTo(3);
  }

  @Test
  void anAnswerToAnotherRunIsLeftOut() {
    // Given
    String id = issuing(2);
    List<Issued> answers = new ArrayList<>(issued(id, 2, 2));
    answers.addAll(issued(id, 1, 3));
    // When
    write(id, answers);
    // Then
    assertThat(Api.ACME.batch(id).getInt("counts.issued")).isEqualTo(1);
    assertThat(Api.ACME.get("/v1/batches/" + id + "/rows/2").getString("credUrl")).isNull();
  }

  @Test
  void ofTwoAtTheSameTimeOneWritesAndTheOtherFailsAndThenLeavesItOut() throws Exception {
    // Given
    String id = issuing(3);
    try (ExecutorService executor = Executors.newSingleThreadExecutor()) {
      // When
      Future<?> second =
          QuarkusTransaction.requiringNew()
              .call(
                  () -> {
                    add(id, issued(id, 1, 2, 3));
                    Future<?> other = executor.submit(() -> write(id, issued(id, 1, 2, 3, 4)));
                    await().until(this::somebodyWaits);
                    return other;
                  });
      // Then
      assertThatThrownBy(second::get)
          .isInstanceOf(ExecutionException.class)
          .hasStackTraceContaining("row_credential_pkey");
    }
    assertThat(Api.ACME.batch(id).getInt("counts.issued")).isEqualTo(2);
    write(id, issued(id, 1, 2, 3, 4));
    assertThat(Api.ACME.batch(id).getInt("counts.issued")).isEqualTo(3);
  }

  @Test
  void aConsumerThatWasSecondAsksOnceMoreAndStaysUp() {
    // Given
    String id = issuing(3);
    // When
    QuarkusTransaction.requiringNew()
        .call(
            () -> {
              add(id, issued(id, 1, 2, 3));
              publisher.publish(issued(id, 1, 2, 3, 4));
              await().until(this::somebodyWaits);
              return null;
            });
    // Then
    Api.ACME.untilBatch(id, batch -> batch.getInt("counts.issued") == 3);
    Api.ACME.request().get("/q/health/live").then().statusCode(200);
  }

  private static String issuing(int size, String... parts) {
    List<String> all = new ArrayList<>(List.of("definitionId", "diploma", "mode", "ISSUE"));
    all.addAll(List.of(parts));
    String id = Api.ACME.accepted(Api.sheet(size), all.toArray(String[]::new));
    Api.ACME.untilStatus(id, "ISSUING");
    return id;
  }

  private void write(String id, List<Issued> answers) {
    QuarkusTransaction.requiringNew().call(() -> add(id, answers));
  }

  private Void add(String id, List<Issued> answers) throws SQLException {
    Counts.Changes changes = new Counts.Changes();
    rows.add(batch(id), answers, changes);
    counts.apply(changes, 0);
    return null;
  }

  private boolean somebodyWaits() throws SQLException {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement();
        ResultSet waiting =
            statement.executeQuery(
                """
                select exists (
                  select from pg_locks l join pg_stat_activity a using (pid)
                  where not l.granted and a.query like 'copy row_credential%')
                """)) {
      waiting.next();
      return waiting.getBoolean(1);
    }
  }

  private static BatchId batch(String id) {
    return BatchId.parse(id).orElseThrow();
  }

  private static List<Issued> issued(String id, int run, int... numbers) {
    return IntStream.of(numbers)
        .mapToObj(
            number ->
                new Issued(
                    new RowId(batch(id), number),
                    run,
                    "urn:uuid:" + UUID.nameUUIDFromBytes(new byte[] {(byte) number}),
                    "token-" + number,
                    NOW))
        .toList();
  }
}
