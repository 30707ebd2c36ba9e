package dev.credmill.batch.correction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;

import dev.credmill.backing.BackingTestResource;
import dev.credmill.batch.Api;
import dev.credmill.batch.CatalogueTestResource;
import dev.credmill.batch.IssuedBatches;
import dev.credmill.batch.Topic;
import dev.credmill.contracts.event.CredentialChanged.ValidityChanged;
import dev.credmill.contracts.event.CredentialOutcome;
import dev.credmill.contracts.event.EventPublisher;
import dev.credmill.contracts.event.StatusAction;
import dev.credmill.contracts.event.StatusRequested;
import dev.credmill.contracts.event.Validity;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Credentials issued anew, with the test in the place of the issuance worker. */
@QuarkusTest
@QuarkusTestResource(BackingTestResource.class)
@QuarkusTestResource(CatalogueTestResource.class)
class ReplacementIT {
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
  void aCorrectedReportReplacesTheRowsThatDifferAndRevokesTheOldOnesWhenTheNewAreIssued() {
    // Given
    String old = issued(3);
    String report = report(old).replace("Example 1", "Lovelace");
    // When
    String anew = replaced(old, report);
    // Then
    Api.ACME.untilStatus(anew, "ISSUING");
    JsonPath batch = Api.ACME.batch(anew);
    assertThat(batch.getString("replaces")).isEqualTo(old);
    assertThat(batch.getInt("counts.total")).isEqualTo(1);
    assertThat(batch.getInt("duplicates.issued")).isZero();
    assertThat(row(old, 3).getString("validity")).isEqualTo("ACTIVE");
    assertThat(row(old, 3).getString("replacedBy.batchId")).isEqualTo(anew);
    // When
    List<CredentialOutcome.Issued> answers = batches.answers(anew, 1);
    publisher.publish(answers);
    publisher.publish(answers);
    // Then
    Api.ACME.untilStatus(anew, "COMPLETED");
    StatusRequested asked = changes.of(old, 1).getFirst();
    assertThat(asked.row().number()).isEqualTo(3);
    assertThat(asked.action()).isEqualTo(StatusAction.REVOKE);
    assertThat(asked.replacedBy()).hasToString(anew);
    revoked(asked);
    assertThat(changesOf(old)).hasSize(1);
    assertThat(row(old, 3).getString("validity")).isEqualTo("REVOKED");
    assertThat(row(old, 2).getString("validity")).isEqualTo("ACTIVE");
    assertThat(row(anew, 3).getString("replaces.batchId")).isEqualTo(old);
    assertThat(row(anew, 3).getInt("replaces.row")).isEqualTo(3);
    assertThat(row(anew, 3).getString("recipient.lastName")).isEqualTo("Lovelace");
  }

  @Test
  void oneCredentialIsReplacedByItsId() {
    // Given
    String old = issued(1);
    // When
    String anew =
        replaceOne(
                name(old), "{\"cells\": {\"Last Name\": \"Lovelace\"}, \"reason\": \"Misspelled\"}")
            .statusCode(202)
            .header("Location", containsString("/v1/batches/"))
            .body("replaces", equalTo(old))
            .extract()
            .path("id");
    publisher.publish(batches.answers(anew, 1));
    // Then
    revoked(changes.of(old, 1).getFirst());
    assertThat(changesOf(old).getFirst().get("reason")).isEqualTo("Misspelled");
    assertThat(changesOf(old).getFirst().get("replacedBy")).isEqualTo(anew);
    assertThat(row(anew, 2).getString("recipient.lastName")).isEqualTo("Lovelace");
  }

  @Test
  void aReplacementForReviewRevokesNothingUntilItIsIssued() {
    // Given
    String old = issued(1);
    // When
    String anew =
        replaceOne(name(old), "{\"mode\": \"REVIEW\"}")
            .statusCode(202)
            .body("status", equalTo("READY"))
            .extract()
            .path("id");
    Api.ACME.request().post("/v1/batches/" + anew + "/issue").then().statusCode(200);
    publisher.publish(batches.answers(anew, 1));
    // Then
    revoked(changes.of(old, 1).getFirst());
  }

  @Test
  void aCredentialIsReplacedOnceAndThenItsReplacementIs() {
    // Given
    String old = issued(1);
    String first = replaceOne(name(old), "{}").extract().path("id");
    // Then
    replaceOne(name(old), "{}")
        .statusCode(409)
        .body("detail", containsString("batch " + first + " already"));
    // When
    publisher.publish(batches.answers(first, 1));
    revoked(changes.of(old, 1).getFirst());
    // Then
    String second = replaceOne(name(first), "{}").statusCode(202).extract().path("id");
    publisher.publish(batches.answers(second, 1));
    assertThat(changes.of(first, 1).getFirst().replacedBy()).hasToString(second);
  }

  @Test
  void aCancelledReplacementGivesThePlaceBack() {
    // Given
    String old = issued(1);
    String first = replaceOne(name(old), "{\"mode\": \"REVIEW\"}").extract().path("id");
    // When
    Api.ACME.request().delete("/v1/batches/" + first + "/rows/2").then().statusCode(204);
    String second = replaceOne(name(old), "{}").statusCode(202).extract().path("id");
    // Then
    assertThat(row(old, 2).getString("replacedBy.batchId")).isEqualTo(second);
  }

  @Test
  void unchangedRowsAreIssuedAnewWhereThatIsAskedFor() {
    // Given
    String old = issued(2);
    // Then
    replace(old, report(old))
        .statusCode(422)
        .body("type", equalTo("urn:credmill:problem:replacement-empty"))
        .body("detail", containsString("unchangedRows=replace"));
    replace(old, report(old), "unchangedRows", "replace")
        .statusCode(202)
        .body("counts.total", equalTo(2));
  }

  @Test
  void aWholeReportIsTakenThoughSomeOfItsRowsWereNeverIssued() {
    // Given
    String mark = "R" + UUID.randomUUID();
    String old =
        Api.ACME.accepted(
            IssuedBatches.HEADER
                + mark
                + "-0,Ada,Example 0,a@example.org,,BSc,10\n"
                + mark
                + "-1,Bob,Example 1,b@example.org,,BSc,ten\n",
            "definitionId",
            "diploma",
            "mode",
            "ISSUE",
            "onInvalidRows",
            "skip");
    publisher.publish(batches.answers(old, 1));
    Api.ACME.untilStatus(old, "COMPLETED_WITH_ERRORS");
    // Then
    replace(old, report(old).replace("Example 1", "Byron"))
        .statusCode(409)
        .body("detail", containsString("Row 3 is INVALID"));
    replace(old, report(old).replace("Example 0", "Lovelace"))
        .statusCode(202)
        .body("counts.total", equalTo(1));
  }

  @Test
  void anInvalidRowKeepsAllFromBeingReplacedAndSaysWhy() {
    // Given
    String old = issued(2);
    String report = report(old).replace("Example 0", "Lovelace").replace("ada1@example.org", "ada");
    // Then
    replace(old, report, "medium", "EMAIL").statusCode(400);
    replace(old, report.replace(",BSc,10", ",BSc,ten"))
        .statusCode(422)
        .body("type", equalTo("urn:credmill:problem:replacement-invalid"))
        .body("errors.field", hasItem("row 2, Hours"))
        .body("errors.field", hasItem("row 3, Hours"));
    assertThat(row(old, 2).getString("replacedBy")).isNull();
  }

  @Test
  void whatIsNotIssuedIsCorrectedInsteadAndNothingHappens() {
    // Given
    String ready =
        Api.ACME.accepted(
            IssuedBatches.HEADER + "R,Ada,Example,ada@example.org,,BSc,10\n",
            "definitionId",
            "diploma");
    Api.ACME.untilStatus(ready, "READY");
    // Then
    replace(ready, "Row,Last Name\n2,Lovelace\n")
        .statusCode(409)
        .body("detail", containsString("Row 2 is READY"));
    replace(ready, "Row,Last Name\n9,Lovelace\n").statusCode(422);
    replace(ready, "Row,Surname\n2,Lovelace\n").statusCode(422);
    replace(ready, "Last Name\nLovelace\n").statusCode(422);
  }

  @Test
  void nobodyReplacesWhatIsNotTheirs() {
    // Given
    String old = issued(1);
    // Then
    for (Api stranger : List.of(Api.GLOBEX, Api.OTHER_ISSUER)) {
      stranger
          .request()
          .multiPart("file", "a.csv", bytes("Row,Last Name\n2,Lovelace\n"), "text/csv")
          .post("/v1/batches/" + old + "/replacements")
          .then()
          .statusCode(404);
      stranger
          .request()
          .contentType(ContentType.JSON)
          .body("{}")
          .post("/v1/credentials/{id}/replace", name(old))
          .then()
          .statusCode(404);
    }
    replaceOne("urn:uuid:" + UUID.randomUUID(), "{}").statusCode(404);
    replaceOne(name(old), "{\"cells\": {\"Surname\": \"x\"}}")
        .statusCode(400)
        .body("detail", containsString("no column \"Surname\""));
    replaceOne(name(old), "{\"cells\": {\"Degree\": null}}").statusCode(400);
  }

  private String issued(int rows) {
    return batches.issued(rows, "R" + UUID.randomUUID());
  }

  /** Names the credential of row 2 by its reference. */
  private static String name(String batch) {
    return row(batch, 2).getString("reference");
  }

  private static String report(String batch) {
    return Api.ACME.request().get("/v1/batches/" + batch + "/report.csv").asString();
  }

  private static JsonPath row(String batch, int number) {
    return Api.ACME.get("/v1/batches/" + batch + "/rows/" + number);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static ValidatableResponse replace(String batch, String sheet, String... parts) {
    var request = Api.ACME.request().multiPart("file", "report.csv", bytes(sheet), "text/csv");
    for (int i = 0; i < parts.length; i += 2) {
      request.multiPart(parts[i], parts[i + 1]);
    }
    return request.post("/v1/batches/" + batch + "/replacements").then();
  }

  private static String replaced(String batch, String sheet) {
    return replace(batch, sheet).statusCode(202).extract().path("id");
  }

  private static ValidatableResponse replaceOne(String credential, String body) {
    return Api.ACME
        .request()
        .contentType(ContentType.JSON)
        .body(body)
        .post("/v1/credentials/{id}/replace", credential)
        .then();
  }

  private void revoked(StatusRequested asked) {
    publisher.publish(
        List.of(
            new ValidityChanged(
                asked.row(),
                asked.change(),
                Validity.REVOKED,
                Instant.parse("2026-11-23T09:00:00Z"))));
    String batch = asked.row().batch().toString();
    String change = (String) changesOf(batch).getFirst().get("id");
    assertThat(Api.ACME.get("/v1/revocations/" + change + "?wait=30").getInt("counts.DONE"))
        .isEqualTo(1);
  }

  /** The changes that touch a batch. */
  private static List<Map<String, Object>> changesOf(String batch) {
    return Api.ACME.get("/v1/revocations").<Map<String, Object>>getList("items").stream()
        .filter(
            change ->
                Api.ACME
                    .get("/v1/revocations/" + change.get("id") + "/rows")
                    .getList("items.batchId")
                    .contains(batch))
        .toList();
  }
}
