package dev.credmill.batch.revocation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;

import dev.credmill.backing.BackingTestResource;
import dev.credmill.batch.Api;
import dev.credmill.batch.CatalogueTestResource;
import dev.credmill.batch.IssuedBatches;
import dev.credmill.batch.Topic;
import dev.credmill.contracts.event.ClaimStatus;
import dev.credmill.contracts.event.CredentialChanged.ClaimChanged;
import dev.credmill.contracts.event.CredentialChanged.ValidityChanged;
import dev.credmill.contracts.event.EventPublisher;
import dev.credmill.contracts.event.StatusAction;
import dev.credmill.contracts.event.StatusRequested;
import dev.credmill.contracts.event.Validity;
import dev.credmill.contracts.id.BatchId;
import dev.credmill.contracts.id.RowId;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Changes of status, with the test in the place of the issuance worker. */
@QuarkusTest
@QuarkusTestResource(BackingTestResource.class)
@QuarkusTestResource(CatalogueTestResource.class)
class RevocationIT {
  @Inject EventPublisher publisher;
  private IssuedBatches batches;
  private Topic<StatusRequested> changes;

  @BeforeEach
  void open() {
    batches = new IssuedBatches(publisher);
    changes = new Topic<>(StatusRequested.TOPIC, StatusRequested.class);
  }

  @AfterEach
  void close() {
    batches.close();
    changes.close();
  }

  @Test
  void aWholeBatchIsRevokedAndEachRowSaysSo() {
    // Given
    String batch = issued(3);
    // When
    String change =
        Api.ACME
            .request()
            .contentType(ContentType.JSON)
            .body("{\"reason\": \"Awarded by mistake\"}")
            .post("/v1/batches/" + batch + "/revoke")
            .then()
            .statusCode(202)
            .header("Location", containsString("/v1/revocations/"))
            .body("counts.PENDING", equalTo(3))
            .extract()
            .path("id");
    List<StatusRequested> asked = changes.of(batch, 3);
    publisher.publish(answers(asked, Validity.REVOKED));
    // Then
    JsonPath done = finished(change);
    assertThat(done.getInt("counts.DONE")).isEqualTo(3);
    assertThat(done.getString("reason")).isEqualTo("Awarded by mistake");
    assertThat(asked).allSatisfy(one -> assertThat(one.action()).isEqualTo(StatusAction.REVOKE));
    JsonPath row = Api.ACME.get("/v1/batches/" + batch + "/rows/2");
    assertThat(row.getString("validity")).isEqualTo("REVOKED");
    assertThat(row.getList("timeline.event")).contains("REVOKED");
    assertThat(
            Api.ACME
                .request()
                .get("/v1/batches/" + batch + "/report.csv")
                .then()
                .statusCode(200)
                .extract()
                .asString())
        .contains("REVOKED");
  }

  @Test
  void aPreviewCountsAndChangesNothing() {
    // Given
    String batch = issued(2);
    String unknown = "urn:uuid:" + UUID.randomUUID();
    // When
    JsonPath preview =
        Api.ACME
            .request()
            .contentType(ContentType.JSON)
            .body(
                Map.of(
                    "action",
                    "SUSPEND",
                    "credentials",
                    List.of(link(batch, 2), link(batch, 2), unknown)))
            .post("/v1/revocations?preview=true")
            .then()
            .statusCode(200)
            .extract()
            .jsonPath();
    // Then
    assertThat(preview.getString("id")).isNull();
    assertThat(preview.getInt("total")).isEqualTo(3);
    assertThat(preview.getInt("counts.DONE")).isEqualTo(1);
    assertThat(preview.getInt("counts.REPEATED")).isEqualTo(1);
    assertThat(preview.getInt("counts.UNKNOWN")).isEqualTo(1);
    assertThat(
            Api.ACME
                .request()
                .get("/v1/revocations")
                .jsonPath()
                .<String>getList("items.id")
                .stream()
                .filter(
                    id ->
                        Api.ACME
                            .get("/v1/revocations/" + id + "/rows")
                            .getList("items.batchId")
                            .contains(batch)))
        .isEmpty();
  }

  @Test
  void aSheetNamesCredentialsByReferenceAndEachLineSaysWhatBecameOfIt() {
    // Given
    String mark = "R" + UUID.randomUUID();
    String batch = issued(3, mark);
    String sheet =
        "Reference,Why\n%1$s-0,x\n%1$s-1,y\n%1$s-0,again\nnobody-%1$s,z\n".formatted(mark);
    // When
    String change =
        Api.ACME
            .request()
            .multiPart("file", "revoke.csv", sheet.getBytes(StandardCharsets.UTF_8), "text/csv")
            .multiPart("reason", "Paid back")
            .post("/v1/revocations")
            .then()
            .statusCode(202)
            .body("total", equalTo(4))
            .extract()
            .path("id");
    publisher.publish(answers(changes.of(batch, 2), Validity.REVOKED));
    // Then
    finished(change);
    JsonPath lines = Api.ACME.get("/v1/revocations/" + change + "/rows");
    assertThat(lines.getList("items.outcome"))
        .containsExactly("DONE", "DONE", "REPEATED", "UNKNOWN");
    assertThat(lines.getList("items.line")).containsExactly(1, 2, 3, 4);
    assertThat(lines.getList("items.reference").getFirst()).isEqualTo(mark + "-0");
    assertThat(Api.ACME.get("/v1/batches/" + batch + "/rows/4").getString("validity"))
        .isEqualTo("ACTIVE");
    assertThat(
            Api.ACME
                .get("/v1/revocations/" + change + "/rows?outcome=UNKNOWN")
                .getList("items.line"))
        .containsExactly(4);
  }

  @Test
  void aReferenceOfSeveralCredentialsIsAmbiguousUntilOneOfThemCounts() {
    // Given
    String mark = "A" + UUID.randomUUID();
    String first = issued(1, mark);
    String second = issued(1, mark);
    // When
    Map<String, Object> both = Map.of("credentials", List.of(mark + "-0"));
    Api.ACME
        .request()
        .contentType(ContentType.JSON)
        .body(both)
        .post("/v1/revocations?preview=true")
        .then()
        .body("counts.AMBIGUOUS", equalTo(1));
    revoke(first);
    // Then
    Api.ACME
        .request()
        .contentType(ContentType.JSON)
        .body(both)
        .post("/v1/revocations?preview=true")
        .then()
        .body("counts.DONE", equalTo(1));
    assertThat(Api.ACME.get("/v1/batches/" + second + "/rows/2").getString("validity"))
        .isEqualTo("ACTIVE");
  }

  @Test
  void theLaterChangeCountsWhateverComesLast() {
    // Given
    String batch = issued(1);
    String suspend = begin(batch, "suspend");
    String reinstate = begin(batch, "reinstate");
    List<StatusRequested> asked = changes.of(batch, 2);
    // When
    publisher.publish(answers(List.of(one(asked, StatusAction.REINSTATE)), Validity.ACTIVE));
    finished(reinstate);
    publisher.publish(answers(List.of(one(asked, StatusAction.SUSPEND)), Validity.SUSPENDED));
    finished(suspend);
    // Then
    assertThat(Api.ACME.get("/v1/batches/" + batch + "/rows/2").getString("validity"))
        .isEqualTo("ACTIVE");
  }

  @Test
  void whatTheWorkerCannotDoIsToldAsNotPossible() {
    // Given
    String batch = issued(1);
    String change = begin(batch, "suspend");
    // When
    publisher.publish(answers(changes.of(batch, 1), Validity.ACTIVE));
    // Then
    assertThat(finished(change).getInt("counts.NOT_POSSIBLE")).isEqualTo(1);
    assertThat(Api.ACME.get("/v1/batches/" + batch + "/rows/2").getString("validity"))
        .isEqualTo("ACTIVE");
  }

  @Test
  void anAnswerThatComesTwiceChangesNothing() {
    // Given
    String batch = issued(1);
    String change = begin(batch, "revoke");
    List<StatusRequested> asked = changes.of(batch, 1);
    // When
    publisher.publish(answers(asked, Validity.REVOKED));
    finished(change);
    publisher.publish(answers(asked, Validity.REVOKED));
    String again = begin(batch, "revoke");
    publisher.publish(answers(List.of(latest(changes.of(batch, 2))), Validity.REVOKED));
    // Then
    assertThat(finished(again).getInt("counts.UNCHANGED")).isEqualTo(1);
    assertThat(Api.ACME.get("/v1/revocations/" + change).getInt("counts.DONE")).isEqualTo(1);
  }

  @Test
  void nobodyChangesWhatIsNotTheirs() {
    // Given
    String batch = issued(1);
    String change = begin(batch, "suspend");
    // Then
    for (Api stranger : List.of(Api.GLOBEX, Api.OTHER_ISSUER)) {
      stranger.request().post("/v1/batches/" + batch + "/revoke").then().statusCode(404);
      stranger.request().get("/v1/revocations/" + change).then().statusCode(404);
      stranger.request().get("/v1/revocations/" + change + "/rows").then().statusCode(404);
      stranger
          .request()
          .contentType(ContentType.JSON)
          .body(Map.of("credentials", List.of(link(batch, 2))))
          .post("/v1/revocations?preview=true")
          .then()
          .body("counts.UNKNOWN", equalTo(1));
      assertThat(stranger.get("/v1/revocations").getList("items.id")).doesNotContain(change);
    }
  }

  @Test
  void aFilterFindsAllThatFit() {
    // Given
    String label = "Summer " + UUID.randomUUID();
    String batch = issued(2, "F" + UUID.randomUUID(), "label", label);
    issued(1);
    // When
    JsonPath preview =
        Api.ACME
            .request()
            .contentType(ContentType.JSON)
            .body(Map.of("filter", Map.of("label", label, "definitionId", "diploma")))
            .post("/v1/revocations?preview=true")
            .then()
            .statusCode(200)
            .extract()
            .jsonPath();
    // Then
    assertThat(preview.getInt("total")).isEqualTo(2);
    assertThat(Api.ACME.batch(batch).getInt("counts.issued")).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "[]",
        "{\"credentials\": []}",
        "{\"credentials\": [null]}",
        "{\"credentials\": [\"a\"], \"filter\": {\"label\": \"x\"}}",
        "{\"filter\": {}}",
        "{\"action\": \"DELETE\", \"credentials\": [\"a\"]}",
        "not json"
      })
  void aRequestThatSaysTooLittleIsRefused(String body) {
    Api.ACME
        .request()
        .contentType(ContentType.JSON)
        .body(body)
        .post("/v1/revocations")
        .then()
        .statusCode(400)
        .contentType("application/problem+json");
  }

  @Test
  void aRequestThatNamesNothingIsToldWhatToSend() {
    Api.ACME
        .request()
        .contentType(ContentType.JSON)
        .body("{}")
        .post("/v1/revocations")
        .then()
        .statusCode(400)
        .body("detail", containsString("Name the credentials in credentials"));
  }

  @Test
  void aSheetWithoutNamesIsRefused() {
    Api.ACME
        .request()
        .multiPart(
            "file",
            "a.csv",
            "Name,Email\nAda,a@example.org\n".getBytes(StandardCharsets.UTF_8),
            "text/csv")
        .post("/v1/revocations")
        .then()
        .statusCode(422)
        .body("detail", containsString("Credential ID, Cred_URL or Reference"));
    Api.ACME
        .request()
        .multiPart("file", "a.csv", "Reference\n".getBytes(StandardCharsets.UTF_8), "text/csv")
        .post("/v1/revocations")
        .then()
        .statusCode(422);
  }

  @Test
  void aCredentialThatIsUnknownIsNotFound() {
    Api.ACME
        .request()
        .post("/v1/credentials/urn:uuid:" + UUID.randomUUID() + "/revoke")
        .then()
        .statusCode(404)
        .contentType("application/problem+json");
  }

  @Test
  void claimsOfTheRecipientAreShownTheLatestInTime() {
    // Given
    String batch = issued(1);
    RowId row = new RowId(BatchId.parse(batch).orElseThrow(), 2);
    Instant at = Instant.parse("2026-11-23T10:00:00Z");
    // When
    publisher.publish(List.of(new ClaimChanged(row, ClaimStatus.CLAIMED, at.plusSeconds(60))));
    publisher.publish(List.of(new ClaimChanged(row, ClaimStatus.OFFERED, at)));
    revoke(batch);
    // Then
    JsonPath shown = Api.ACME.get("/v1/batches/" + batch + "/rows/2");
    assertThat(shown.getString("claim")).isEqualTo("CLAIMED");
    assertThat(shown.getList("timeline.event")).contains("CLAIMED");
  }

  @Test
  void aChangeIsListedForItsMaker() {
    // Given
    String change = begin(issued(1), "suspend");
    // Then
    Api.ACME.request().get("/v1/revocations").then().body("items.id", hasItem(change));
  }

  private void revoke(String batch) {
    String change = begin(batch, "revoke");
    publisher.publish(
        answers(
            changes.of(batch, 1).stream()
                .filter(one -> one.action() == StatusAction.REVOKE)
                .toList(),
            Validity.REVOKED));
    finished(change);
  }

  private static String begin(String batch, String action) {
    return Api.ACME
        .request()
        .post("/v1/batches/" + batch + "/" + action)
        .then()
        .statusCode(202)
        .extract()
        .path("id");
  }

  private static JsonPath finished(String change) {
    JsonPath view = Api.ACME.get("/v1/revocations/" + change + "?wait=30");
    assertThat(view.getString("finishedAt")).isNotNull();
    return view;
  }

  private static StatusRequested one(List<StatusRequested> asked, StatusAction action) {
    return asked.stream().filter(request -> request.action() == action).findFirst().orElseThrow();
  }

  private static StatusRequested latest(List<StatusRequested> asked) {
    return asked.stream()
        .max(java.util.Comparator.comparingLong(StatusRequested::change))
        .orElseThrow();
  }

  private static List<ValidityChanged> answers(List<StatusRequested> asked, Validity validity) {
    return asked.stream()
        .map(
            one ->
                new ValidityChanged(
                    one.row(), one.change(), validity, Instant.parse("2026-11-23T09:00:00Z")))
        .toList();
  }

  private static String link(String batch, int row) {
    return IssuedBatches.link(batch, row);
  }

  private String issued(int rows) {
    return batches.issued(rows, "R" + UUID.randomUUID());
  }

  private String issued(int rows, String references, String... parts) {
    return batches.issued(rows, references, parts);
  }
}
