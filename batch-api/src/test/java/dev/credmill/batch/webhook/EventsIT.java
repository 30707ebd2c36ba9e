package dev.credmill.batch.webhook;

import static java.util.stream.Collectors.toList;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.credmill.backing.BackingTestResource;
import dev.credmill.batch.Api;
import dev.credmill.batch.CatalogueTestResource;
import dev.credmill.batch.IssuedBatches;
import dev.credmill.batch.Topic;
import dev.credmill.batch.webhook.Hooks.Hook;
import dev.credmill.contracts.event.ClaimStatus;
import dev.credmill.contracts.event.CredentialChanged.ClaimChanged;
import dev.credmill.contracts.event.CredentialChanged.ValidityChanged;
import dev.credmill.contracts.event.CredentialOutcome;
import dev.credmill.contracts.event.DeliveryOutcome;
import dev.credmill.contracts.event.DeliveryRequested.Purpose;
import dev.credmill.contracts.event.DeliveryStatus;
import dev.credmill.contracts.event.EventPublisher;
import dev.credmill.contracts.event.Medium;
import dev.credmill.contracts.event.StatusRequested;
import dev.credmill.contracts.event.Validity;
import dev.credmill.contracts.id.BatchId;
import dev.credmill.contracts.id.RowId;
import dev.credmill.contracts.problem.Problem;
import dev.credmill.contracts.problem.ProblemType;
import io.agroal.api.AgroalDataSource;
import io.quarkus.agroal.DataSource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What integrators are told of, with the test in the place of the workers. */
@QuarkusTest
@QuarkusTestResource(BackingTestResource.class)
@QuarkusTestResource(CatalogueTestResource.class)
class EventsIT {
  private static final Instant AT = Instant.parse("2026-11-23T09:00:00Z");
  @Inject EventPublisher publisher;

  @Inject
  @DataSource("batch")
  AgroalDataSource database;

  private final Receiver receiver = new Receiver();
  private final Hooks hooks = new Hooks();
  private IssuedBatches batches;

  @BeforeEach
  void open() {
    batches = new IssuedBatches(publisher);
  }

  @AfterEach
  void close() {
    batches.close();
    hooks.close();
    receiver.close();
  }

  @Test
  void aBatchThatIsReadyAndOneThatNeedsFixesAreToldAndTheFixToo() {
    // Given
    hooks.make(receiver.url(), "batch.ready", "batch.needs_fixes");
    String good = Api.ACME.accepted(Api.sheet(3), "definitionId", "diploma", "label", "summer");
    Received ready = receiver.until("batch.ready", 1).getFirst();
    // When
    String bad =
        Api.ACME.accepted(
            Api.HEADER + "Ada,A,ada@example.org,,BSc,ten\nBob,B,bob@example.org,,BSc,1\n",
            "definitionId",
            "diploma");
    Received needsFixes = receiver.until("batch.needs_fixes", 1).getFirst();
    Api.ACME
        .request()
        .contentType(ContentType.JSON)
        .body("{\"cells\": {\"Hours\": \"10\"}}")
        .patch("/v1/batches/" + bad + "/rows/2")
        .then()
        .statusCode(200);
    Received fixed = receiver.until("batch.ready", 2).getLast();
    // Then
    assertThat(ready.json().getMap("data"))
        .containsEntry("batchId", good)
        .containsEntry("label", "summer")
        .containsEntry("status", "READY")
        .containsEntry("definitionIds", List.of("diploma"));
    assertThat(ready.json().getInt("data.counts.ready")).isEqualTo(3);
    assertThat(needsFixes.json().getString("data.batchId")).isEqualTo(bad);
    assertThat(needsFixes.json().getInt("data.counts.invalid")).isEqualTo(1);
    assertThat(fixed.json().getString("data.batchId")).isEqualTo(bad);
    assertThat(fixed.json().getInt("data.counts.ready")).isEqualTo(2);
    assertThat(of(good, 1)).hasSize(1);
    assertThat(of(bad, 2)).hasSize(2);
  }

  @Test
  void aRejectedFileIsToldWithItsProblem() {
    // Given
    hooks.make(receiver.url(), "batch.rejected");
    // When
    String id =
        Api.ACME.accepted(
            Api.HEADER + "Ada,A,ada@example.org,,BSc,10\n\"Bob,B\n", "definitionId", "diploma");
    // Then
    JsonPath rejected = receiver.until(1).getFirst().json();
    assertThat(rejected.getString("data.batchId")).isEqualTo(id);
    assertThat(rejected.getString("data.status")).isEqualTo("REJECTED");
    assertThat(rejected.getString("data.problem.type")).startsWith("urn:credmill:problem:");
  }

  @Test
  void theEndOfABatchIsToldOnceForEachTimeItComes() {
    // Given
    hooks.make(receiver.url(), "batch.ready", "batch.completed");
    String id = Api.ACME.accepted(Api.sheet(2), "definitionId", "diploma", "mode", "ISSUE");
    List<CredentialOutcome.Issued> answers = batches.answers(id, 2);
    // When
    publisher.publish(List.of(answers.getFirst(), refused(answers.getLast())));
    of(id, 1);
    Api.ACME.request().post("/v1/batches/" + id + "/retry").then().statusCode(200);
    publisher.publish(batches.answers(id, 3));
    List<Received> told = of(id, 2);
    // Then
    assertThat(told)
        .extracting(request -> request.json().getString("data.status"))
        .containsExactly("COMPLETED_WITH_ERRORS", "COMPLETED");
    assertThat(told).extracting(Received::type).containsOnly("batch.completed");
    assertThat(told.getLast().json().getInt("data.counts.issued")).isEqualTo(2);
  }

  @Test
  void aCancelledBatchHasComeToItsEndOnceNothingOfItIsUnderWay() {
    // Given
    hooks.make(receiver.url(), "batch.completed");
    String untouched = Api.ACME.accepted(Api.sheet(2), "definitionId", "diploma");
    Api.ACME.untilStatus(untouched, "READY");
    String begun = Api.ACME.accepted(Api.sheet(2), "definitionId", "diploma", "mode", "ISSUE");
    List<CredentialOutcome.Issued> answers = batches.answers(begun, 2);
    // When
    for (int press = 0; press < 2; press++) {
      Api.ACME.request().post("/v1/batches/" + begun + "/cancel").then().statusCode(200);
      Api.ACME.request().post("/v1/batches/" + untouched + "/cancel").then().statusCode(200);
    }
    List<Received> atOnce = of(untouched, 1);
    List<Received> early = of(begun, 0);
    publisher.publish(answers);
    List<Received> atTheEnd = of(begun, 1);
    // Then
    assertThat(early).isEmpty();
    assertThat(of(untouched, 1)).isEqualTo(atOnce).hasSize(1);
    assertThat(atTheEnd).hasSize(1);
    assertThat(atOnce.getFirst().json().getString("data.status")).isEqualTo("CANCELLED");
    assertThat(atTheEnd.getFirst().json().getString("data.status")).isEqualTo("CANCELLED");
    assertThat(atTheEnd.getFirst().json().getInt("data.counts.issued")).isEqualTo(2);
  }

  @Test
  void issuedRowsAreToldTogetherEachOnceAndWithoutAnythingPersonal() {
    // Given
    Hook hook = hooks.make(receiver.url(), "row.issued");
    int rows = 5_000;
    // When
    String batch = batches.issued(rows, "W" + UUID.randomUUID());
    publisher.publish(batches.answers(batch, rows)); // the broker may give them twice
    receiver.until(_ -> told().size() >= rows);
    // Then
    String last = Api.ACME.get("/v1/batches/" + batch + "/rows/5001").getString("reference");
    assertThat(told())
        .extracting(row -> (Integer) row.get("row"))
        .hasSize(rows)
        .doesNotHaveDuplicates();
    assertThat(receiver.received()).hasSizeBetween(10, 13);
    assertThat(receiver.received())
        .allSatisfy(
            request -> {
              assertThat(request.isSignedWith(hook.secret())).isTrue();
              assertThat(request.json().getString("data.batchId")).isEqualTo(batch);
              assertThat(new String(request.body(), StandardCharsets.UTF_8))
                  .doesNotContain("Ada", "Example", "@");
            });
    Map<String, Object> told =
        told().stream().filter(row -> row.get("row").equals(5_001)).findFirst().orElseThrow();
    assertThat(told).containsOnlyKeys("row", "reference", "credentialId", "credUrl");
    assertThat(told)
        .containsEntry("reference", last)
        .containsEntry("credUrl", IssuedBatches.link(batch, 5_001));
    assertThat((String) told.get("credentialId")).startsWith("urn:uuid:");
  }

  @Test
  void messagesToRecipientsAreToldOnceWhenTheyAreSentAndWhenTheyFail() {
    // Given
    hooks.make(receiver.url(), "row.delivered", "row.delivery_failed");
    String batch = batches.issued(3, "D" + UUID.randomUUID(), "medium", "EMAIL");
    Problem problem =
        Problem.of(
            ProblemType.MESSAGE_NOT_DELIVERED,
            "550 5.1.1 No Ada Example here, phone +49 170 5551234");
    // When
    publisher.publish(
        List.of(
            outcome(batch, 2, DeliveryStatus.SENDING, null),
            outcome(batch, 2, DeliveryStatus.SENT, null),
            outcome(batch, 3, DeliveryStatus.SENT, null),
            outcome(batch, 4, DeliveryStatus.FAILED, problem)));
    publisher.publish(
        List.of(
            outcome(batch, 2, DeliveryStatus.SENT, null),
            outcome(batch, 4, DeliveryStatus.FAILED, problem)));
    receiver.until(2);
    publisher.publish(
        List.of(
            outcome(batch, 2, DeliveryStatus.DELIVERED, null),
            outcome(batch, 3, DeliveryStatus.BOUNCED, null)));
    receiver.until(3);
    // Then
    JsonPath delivered = receiver.of("row.delivered").getFirst().json();
    assertThat(receiver.of("row.delivered")).hasSize(1);
    assertThat(delivered.getList("data.rows.row")).containsExactly(2, 3);
    assertThat(delivered.getList("data.rows.medium")).containsOnly("EMAIL");
    assertThat(delivered.getList("data.rows.status")).containsOnly("SENT");
    List<Received> failed = receiver.of("row.delivery_failed");
    assertThat(failed.getFirst().json().<Map<String, Object>>getList("data.rows"))
        .singleElement()
        .satisfies(
            row ->
                assertThat(row)
                    .containsEntry("row", 4)
                    .containsEntry("status", "FAILED")
                    .containsEntry("code", "550 5.1.1")
                    .containsKeys("reference", "credentialId"));
    assertThat(new String(failed.getFirst().body(), StandardCharsets.UTF_8))
        .doesNotContain("Ada", "5551234");
    assertThat(failed.getLast().json().getList("data.rows.row")).containsExactly(3);
    assertThat(failed.getLast().json().getList("data.rows.status")).containsExactly("BOUNCED");
  }

  @Test
  void claimsAndChangesOfStatusAreToldOnce() {
    // Given
    hooks.make(receiver.url(), "credential.claimed", "credential.revoked", "credential.suspended");
    String batch = batches.issued(2, "C" + UUID.randomUUID());
    Api.ACME.request().post("/v1/batches/" + batch + "/revoke").then().statusCode(202);
    List<ValidityChanged> answers;
    try (Topic<StatusRequested> changes =
        new Topic<>(StatusRequested.TOPIC, StatusRequested.class)) {
      answers =
          changes.of(batch, 2).stream()
              .map(asked -> new ValidityChanged(asked.row(), asked.change(), Validity.REVOKED, AT))
              .collect(toList());
    }
    // When
    RowId row = new RowId(BatchId.parse(batch).orElseThrow(), 2);
    for (int times = 0; times < 2; times++) {
      publisher.publish(
          List.of(
              new ClaimChanged(row, ClaimStatus.OFFERED, AT),
              new ClaimChanged(row, ClaimStatus.CLAIMED, AT.plusSeconds(1))));
      publisher.publish(answers);
    }
    receiver.until("credential.claimed", 1);
    receiver.until("credential.revoked", 1);
    Api.ACME.untilBatch(batch, _ -> nothingWaits());
    // Then
    assertThat(receiver.received()).hasSize(2);
    assertThat(receiver.of("credential.claimed").getFirst().json().getList("data.rows.row"))
        .containsExactly(2);
    assertThat(receiver.of("credential.revoked").getFirst().json().getList("data.rows.row"))
        .containsExactly(2, 3);
  }

  @Test
  void onlyWhatAWebhookHasChosenIsKeptAndNothingOfOrganizationsWithoutOne() throws SQLException {
    // Given
    hooks.make(Api.GLOBEX, receiver.url(), "row.issued", "batch.ready");
    Hook other = hooks.make(receiver.url(), "credential.claimed");
    Hook off = hooks.make(receiver.url(), "row.issued", "batch.completed");
    off.change("{\"status\": \"DISABLED\"}").statusCode(200);
    // When
    String batch = batches.issued(3, "Q" + UUID.randomUUID());
    // Then
    assertThat(count("select count(*) from webhook_event where batch_id = '" + batch + "'"))
        .isZero();
    assertThat(count("select count(*) from webhook_message where batch_id = '" + batch + "'"))
        .isZero();
    assertThat(Api.ACME.get(other.path() + "/deliveries").getList("items")).isEmpty();
    assertThat(receiver.received()).isEmpty();
  }

  @Test
  void everyWebhookThatHasChosenATypeHearsOfItUnderOneId() {
    // Given
    try (Receiver second = new Receiver()) {
      hooks.make(receiver.url(), "batch.ready");
      Hook hook = hooks.make(second.url(), "batch.ready");
      // When
      Api.ACME.accepted(Api.sheet(1), "definitionId", "diploma");
      // Then
      Received one = receiver.until(1).getFirst();
      Received other = second.until(1).getFirst();
      assertThat(one.id()).isEqualTo(other.id());
      assertThat(other.isSignedWith(hook.secret())).isTrue();
      assertThat(one.isSignedWith(hook.secret())).isFalse();
    }
  }

  /** What the receiver has heard of a batch; others that end meanwhile may be those of before. */
  private List<Received> of(String batch, int atLeast) {
    return receiver
        .until(all -> all.stream().filter(r -> r.isAbout(batch)).count() >= atLeast)
        .stream()
        .filter(r -> r.isAbout(batch))
        .toList();
  }

  private List<Map<String, Object>> told() {
    List<Map<String, Object>> rows = new ArrayList<>();
    receiver.received().forEach(r -> rows.addAll(r.json().getList("data.rows")));
    return Collections.unmodifiableList(rows);
  }

  private boolean nothingWaits() {
    await()
        .until(
            () ->
                count("select count(*) from webhook_event")
                        + count("select count(*) from webhook_delivery where due_at is not null")
                    == 0);
    return true;
  }

  private int count(String sql) throws SQLException {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getInt(1);
    }
  }

  private static CredentialOutcome refused(CredentialOutcome.Issued issued) {
    return new CredentialOutcome.Refused(
        issued.row(), issued.run(), Problem.of(ProblemType.ROW_NOT_ISSUABLE, "No"));
  }

  private static DeliveryOutcome outcome(
      String batch, int row, DeliveryStatus status, Problem problem) {
    return new DeliveryOutcome(
        new RowId(BatchId.parse(batch).orElseThrow(), row),
        Medium.EMAIL,
        Purpose.ISSUED,
        1,
        status,
        AT,
        problem);
  }
}
