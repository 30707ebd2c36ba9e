package dev.credmill.batch;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.credmill.backing.BackingTestResource;
import dev.credmill.contracts.event.CredentialOutcome;
import dev.credmill.contracts.event.CredentialRequested;
import dev.credmill.contracts.event.DeliveryOutcome;
import dev.credmill.contracts.event.DeliveryRequested;
import dev.credmill.contracts.event.DeliveryStatus;
import dev.credmill.contracts.event.EventPublisher;
import dev.credmill.contracts.event.Medium;
import dev.credmill.contracts.problem.Problem;
import dev.credmill.contracts.problem.ProblemType;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What happens to a batch from its start on, with the test in the place of the workers. */
@QuarkusTest
@QuarkusTestResource(BackingTestResource.class)
@QuarkusTestResource(CatalogueTestResource.class)
class IssuingIT {
  @Inject EventPublisher publisher;
  private Topic<CredentialRequested> requests;
  private Topic<DeliveryRequested> messages;

  @BeforeEach
  void open() {
    requests = new Topic<>(CredentialRequested.TOPIC, CredentialRequested.class);
    messages = new Topic<>(DeliveryRequested.TOPIC, DeliveryRequested.class);
  }

  @AfterEach
  void close() {
    requests.close();
    messages.close();
  }

  @Test
  void aReviewedBatchGoesOutAndItsAnswersAreCounted() {
    // Given
    String id = Api.ACME.accepted(Api.sheet(1_500), "definitionId", "diploma", "medium", "EMAIL");
    Api.ACME.untilStatus(id, "READY");
    // When
    Api.ACME.request().post("/v1/batches/" + id + "/issue").then().statusCode(200);
    List<CredentialRequested> asked = requests.of(id, 1_500);
    publisher.publish(asked.stream().map(IssuingIT::issued).toList());
    List<DeliveryRequested> wanted = messages.of(id, 1_500);
    publisher.publish(wanted.stream().map(w -> delivered(w, DeliveryStatus.SENT)).toList());
    // Then
    JsonPath batch = Api.ACME.untilBatch(id, b -> b.get("delivery.settledAt") != null);
    assertThat(batch.getString("status")).isEqualTo("COMPLETED");
    assertThat(batch.getInt("counts.issued")).isEqualTo(1_500);
    assertThat(batch.getInt("counts.queued")).isZero();
    assertThat(batch.getInt("delivery.EMAIL.sent")).isEqualTo(1_500);
    assertThat(asked).extracting(e -> e.row().number()).doesNotHaveDuplicates();
    assertThat(asked).allSatisfy(e -> assertThat(e.batchSize()).isEqualTo(1_500));
    JsonPath row = Api.ACME.get("/v1/batches/" + id + "/rows/2");
    assertThat(row.getString("credUrl")).isEqualTo("https://issuer.example/c/token-2");
    assertThat(row.getString("delivery.EMAIL")).isEqualTo("SENT");
    assertThat(row.getList("timeline.event"))
        .containsExactly("UPLOADED", "VALIDATED", "STARTED", "RELAYED", "ISSUED", "EMAIL_SENT");
  }

  @Test
  void repeatedAnswersChangeNothing() {
    // Given
    String id = issuing(3, "medium", "EMAIL");
    List<CredentialRequested> asked = requests.of(id, 3);
    publisher.publish(asked.stream().map(IssuingIT::issued).toList());
    List<DeliveryRequested> wanted = messages.of(id, 3);
    DeliveryRequested first = wanted.getFirst();
    publisher.publish(List.of(delivered(first, DeliveryStatus.SENT)));
    publisher.publish(List.of(delivered(first, DeliveryStatus.DELIVERED)));
    Api.ACME.untilBatch(id, b -> b.getInt("delivery.EMAIL.delivered") == 1);
    // When
    publisher.publish(asked.stream().map(IssuingIT::refused).toList());
    publisher.publish(asked.stream().map(IssuingIT::issued).toList());
    publisher.publish(List.of(delivered(first, DeliveryStatus.SENT)));
    publisher.publish(List.of(delivered(first, DeliveryStatus.FAILED)));
    publisher.publish(List.of(delivered(first, DeliveryStatus.DELIVERED)));
    publisher.publish(List.of(delivered(wanted.getLast(), DeliveryStatus.SENT)));
    // Then, once the last of them is read
    JsonPath batch = Api.ACME.untilBatch(id, b -> b.getInt("delivery.EMAIL.sent") == 1);
    assertThat(batch.getInt("counts.issued")).isEqualTo(3);
    assertThat(batch.getInt("counts.failed")).isZero();
    assertThat(batch.getInt("delivery.EMAIL.delivered")).isEqualTo(1);
    assertThat(batch.getInt("delivery.EMAIL.failed")).isZero();
    assertThat(batch.getInt("delivery.EMAIL.pending")).isEqualTo(1);
  }

  @Test
  void refusedRowsFailAndARetrySendsOnlyThemOutAgain() {
    // Given
    String id = issuing(4);
    List<CredentialRequested> asked = requests.of(id, 4);
    publisher.publish(List.of(refused(asked.get(0)), refused(asked.get(1))));
    publisher.publish(List.of(issued(asked.get(2)), issued(asked.get(3))));
    Api.ACME.untilStatus(id, "COMPLETED_WITH_ERRORS");
    // When
    for (int press = 0; press < 10; press++) {
      Api.ACME.request().post("/v1/batches/" + id + "/retry").then().statusCode(200);
    }
    List<CredentialRequested> again = requests.of(id, 6).stream().filter(e -> e.run() > 1).toList();
    publisher.publish(asked.stream().limit(2).map(IssuingIT::refused).toList());
    publisher.publish(again.stream().map(IssuingIT::issued).toList());
    // Then
    JsonPath batch = Api.ACME.untilStatus(id, "COMPLETED");
    assertThat(again).extracting(e -> e.row().number()).containsOnly(2, 3);
    assertThat(again).extracting(CredentialRequested::run).containsOnly(again.getFirst().run());
    assertThat(batch.getInt("counts.issued")).isEqualTo(4);
    assertThat(batch.getInt("counts.failed")).isZero();
  }

  @Test
  void aCancelledBatchCancelsWhatIsNotQueued() {
    // Given
    String id = Api.ACME.accepted(Api.sheet(50), "definitionId", "diploma");
    Api.ACME.untilStatus(id, "READY");
    assertThat(issueOnly(id, "2, 3")).isEqualTo(200);
    List<CredentialRequested> asked = requests.of(id, 2);
    // When
    Api.ACME.request().post("/v1/batches/" + id + "/cancel").then().statusCode(200);
    publisher.publish(asked.stream().map(IssuingIT::issued).toList());
    // Then
    JsonPath batch = Api.ACME.untilBatch(id, b -> b.getInt("counts.issued") == 2);
    assertThat(batch.getString("status")).isEqualTo("CANCELLED");
    assertThat(batch.getInt("counts.cancelled")).isEqualTo(48);
    assertThat(batch.getInt("counts.queued")).isZero();
    assertThat(asked).extracting(e -> e.row().number()).containsExactly(2, 3);
    Api.ACME.request().post("/v1/batches/" + id + "/issue").then().statusCode(409);
  }

  @Test
  void rowsFarApartGoOut() {
    // Given
    String id = Api.ACME.accepted(Api.sheet(6_000), "definitionId", "diploma");
    Api.ACME.untilStatus(id, "READY");
    // When
    assertThat(issueOnly(id, "3, 1500, 6001")).isEqualTo(200);
    // Then
    assertThat(requests.of(id, 3))
        .extracting(e -> e.row().number())
        .containsExactlyInAnyOrder(3, 1500, 6001);
  }

  @Test
  void whatIsIssuedStaysSoWhateverIsCancelledCorrectedOrDroppedAfterwards() {
    // Given
    String id = Api.ACME.accepted(Api.sheet(50), "definitionId", "diploma");
    Api.ACME.untilStatus(id, "READY");
    assertThat(issueOnly(id, "2, 3")).isEqualTo(200);
    publisher.publish(requests.of(id, 2).stream().map(IssuingIT::issued).toList());
    Api.ACME.untilBatch(id, b -> b.getInt("counts.issued") == 2);
    // When
    Api.ACME.request().delete("/v1/batches/" + id + "/rows/2").then().statusCode(409);
    assertThat(issueOnly(id, "3")).isEqualTo(409);
    Api.ACME.request().post("/v1/batches/" + id + "/cancel").then().statusCode(200);
    // Then
    JsonPath batch = Api.ACME.untilBatch(id, b -> b.getInt("counts.cancelled") == 48);
    assertThat(batch.getInt("counts.issued")).isEqualTo(2);
    assertThat(Api.ACME.get("/v1/batches/" + id + "/rows?issue=ISSUED").getList("items.number"))
        .containsExactly(2, 3);
    assertThat(
            Api.ACME
                .get("/v1/batches/" + id + "/rows?validity=ACTIVE&limit=1")
                .getInt("items[0].number"))
        .isEqualTo(2);
    assertThat(
            Api.ACME
                .get("/v1/batches/" + id + "/rows?issue=CANCELLED&limit=100")
                .getList("items.number"))
        .hasSize(48)
        .doesNotContain(2, 3);
  }

  @Test
  void aPausedBatchQueuesNothingMoreUntilItIsResumed() {
    // Given
    String id = Api.ACME.accepted(Api.sheet(5), "definitionId", "diploma");
    Api.ACME.untilStatus(id, "READY");
    assertThat(issueOnly(id, "2")).isEqualTo(200);
    requests.of(id, 1);
    // When
    Api.ACME.request().post("/v1/batches/" + id + "/pause").then().statusCode(200);
    Api.ACME.request().post("/v1/batches/" + id + "/issue").then().statusCode(200);
    assertThat(Api.ACME.batch(id).getString("status")).isEqualTo("PAUSED");
    Api.ACME.request().post("/v1/batches/" + id + "/resume").then().statusCode(200);
    // Then
    List<CredentialRequested> asked = requests.of(id, 5);
    assertThat(new HashSet<>(asked.stream().map(e -> e.row().number()).toList())).hasSize(5);
  }

  @Test
  void rowsChosenWhileTheRelayReservesGoOutInOneRunOnly() {
    // Given
    String id = Api.ACME.accepted(Api.sheet(6_000), "definitionId", "diploma");
    Api.ACME.untilStatus(id, "READY");
    // When
    Api.ACME.request().post("/v1/batches/" + id + "/issue").then().statusCode(200);
    for (int number = 6_001; number > 1; number -= 300) {
      int status = issueOnly(id, Integer.toString(number));
      assertThat(status).as("READY rows can be chosen, others not").isIn(200, 409);
    }
    // Then
    Api.ACME.untilBatch(id, b -> b.getInt("counts.ready") == 0);
    List<CredentialRequested> asked = requests.of(id, 6_000);
    Map<Integer, Set<Integer>> runsOfRow =
        asked.stream()
            .collect(groupingBy(e -> e.row().number(), mapping(CredentialRequested::run, toSet())));
    assertThat(runsOfRow).hasSize(6_000);
    assertThat(runsOfRow.values()).allSatisfy(runs -> assertThat(runs).hasSize(1));
    publisher.publish(asked.stream().map(IssuingIT::issued).toList());
    JsonPath batch = Api.ACME.untilStatus(id, "COMPLETED");
    assertThat(batch.getInt("counts.issued")).isEqualTo(6_000);
    assertThat(batch.getInt("counts.queued")).isZero();
  }

  @Test
  void rowsWithoutAnAnswerAreRelayedAgain() {
    // Given
    String id = issuing(3);
    List<CredentialRequested> asked = requests.of(id, 3);
    publisher.publish(List.of(issued(asked.getFirst())));
    Api.ACME.untilBatch(id, b -> b.getInt("counts.issued") == 1);
    int before = requests.withRepetitions(id, 3).size();
    String relayed = relayedAt(id, 4);
    // When
    List<CredentialRequested> again = requests.withRepetitions(id, before + 4);
    // Then the last of them, at least, know of the answer
    assertThat(again.subList(again.size() - 2, again.size()))
        .extracting(e -> e.row().number())
        .containsExactlyInAnyOrder(3, 4);
    publisher.publish(again.stream().map(IssuingIT::issued).toList());
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(
            () -> assertThat(Api.ACME.batch(id).getString("status")).isEqualTo("COMPLETED"));
    assertThat(Api.ACME.batch(id).getInt("counts.issued")).isEqualTo(3);
    assertThat(relayedAt(id, 4)).as("the first time counts").isEqualTo(relayed);
  }

  private static String relayedAt(String batch, int row) {
    return Api.ACME
        .get("/v1/batches/" + batch + "/rows/" + row)
        .getString("timeline.find { it.event == 'RELAYED' }.at");
  }

  @Test
  void messagesThatNobodyReportsOnAreAskedForAgain() {
    // Given
    String id = issuing(3, "medium", "EMAIL");
    publisher.publish(requests.of(id, 3).stream().map(IssuingIT::issued).toList());
    DeliveryRequested told = messages.of(id, 3).getFirst();
    publisher.publish(List.of(delivered(told, DeliveryStatus.SENT)));
    Api.ACME.untilBatch(id, b -> b.getInt("delivery.EMAIL.sent") == 1);
    int before = messages.withRepetitions(id, 3).size();
    // When
    List<DeliveryRequested> again = messages.withRepetitions(id, before + 4);
    // Then the last of them, at least, know of the answer
    assertThat(again.subList(again.size() - 2, again.size()))
        .hasSize(2)
        .doesNotContain(told)
        .doesNotHaveDuplicates();
    publisher.publish(again.stream().map(w -> delivered(w, DeliveryStatus.SENT)).toList());
    Api.ACME.untilBatch(id, b -> b.get("delivery.settledAt") != null);
    assertThat(Api.ACME.batch(id).getInt("delivery.EMAIL.sent")).isEqualTo(3);
  }

  /** The status of the answer to starting these rows alone. */
  private static int issueOnly(String id, String rows) {
    return Api.ACME
        .request()
        .contentType("application/json")
        .body("{\"rows\": [%s]}".formatted(rows))
        .post("/v1/batches/" + id + "/issue")
        .statusCode();
  }

  private String issuing(int rows, String... parts) {
    String[] all = java.util.Arrays.copyOf(parts, parts.length + 4);
    System.arraycopy(
        new String[] {"definitionId", "diploma", "mode", "ISSUE"}, 0, all, parts.length, 4);
    return Api.ACME.accepted(Api.sheet(rows), all);
  }

  private static CredentialOutcome issued(CredentialRequested asked) {
    return new CredentialOutcome.Issued(
        asked.row(),
        asked.run(),
        "urn:uuid:"
            + new java.util.UUID(
                asked.row().batch().value().getLeastSignificantBits(), asked.row().number()),
        "token-" + asked.row().number(),
        Instant.parse("2026-11-22T10:00:00Z"));
  }

  private static CredentialOutcome refused(CredentialRequested asked) {
    return new CredentialOutcome.Refused(
        asked.row(), asked.run(), Problem.of(ProblemType.ROW_NOT_ISSUABLE, "not today"));
  }

  private static DeliveryOutcome delivered(DeliveryRequested wanted, DeliveryStatus status) {
    return new DeliveryOutcome(
        wanted.row(),
        Medium.EMAIL,
        wanted.purpose(),
        wanted.generation(),
        status,
        Instant.parse("2026-11-22T10:01:00Z"),
        null);
  }
}
