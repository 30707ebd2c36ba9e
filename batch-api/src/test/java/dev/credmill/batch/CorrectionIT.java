package dev.credmill.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import dev.credmill.backing.BackingTestResource;
import dev.credmill.contracts.event.CredentialOutcome;
import dev.credmill.contracts.event.CredentialRequested;
import dev.credmill.contracts.event.EventPublisher;
import dev.credmill.contracts.problem.Problem;
import dev.credmill.contracts.problem.ProblemType;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Rows put right after the upload. */
@QuarkusTest
@QuarkusTestResource(BackingTestResource.class)
@QuarkusTestResource(CatalogueTestResource.class)
class CorrectionIT {
  private static final String HEADER = "Reference,First Name,Phone,Email,Degree\n";
  private static final String SHEET =
      HEADER
          + "a,Ada,+49 30 901820,ada@example.org,BSc\n"
          + "b,Bo,+49 30 901821,nobody,BSc\n"
          + "c,Cy,+49 30 901822,cy@example.org,\n"
          + "d,Di,+49 30 901823,di@example.org,BSc\n";

  @Inject EventPublisher publisher;
  private Topic<CredentialRequested> requests;

  @BeforeEach
  void open() {
    requests = new Topic<>(CredentialRequested.TOPIC, CredentialRequested.class);
  }

  @AfterEach
  void close() {
    requests.close();
  }

  @Test
  void theErrorFileComesBackCorrectedAndTheBatchIsReady() {
    // Given
    String id = needingFixes();
    String errors = Api.ACME.request().get("/v1/batches/" + id + "/errors.csv").asString();
    assertThat(errors).contains("'+49 30 901821").contains("Row,Error");
    String fixed =
        errors.replace("nobody", "bo@example.org").replace("cy@example.org,", "cy@example.org,MSc");
    // When
    Response answer = correct(id, fixed);
    // Then
    answer.then().statusCode(200).body("corrected", equalTo(2)).body("invalid", equalTo(0));
    JsonPath batch = Api.ACME.batch(id);
    assertThat(batch.getString("status")).isEqualTo("READY");
    assertThat(batch.getInt("counts.ready")).isEqualTo(4);
    assertThat(Api.ACME.get("/v1/batches/" + id + "/errors").getList("items")).isEmpty();
    JsonPath row = Api.ACME.get("/v1/batches/" + id + "/rows/3");
    assertThat(row.getString("recipient.email")).isEqualTo("bo@example.org");
    assertThat(row.getString("recipient.phone")).isEqualTo("+4930901821");
  }

  @Test
  void rowsAreFoundByReferenceAndOtherColumnsStay() {
    // Given
    String id = needingFixes();
    // When
    correct(id, "email;reference\nbo@example.org;b\n")
        .then()
        .statusCode(200)
        .body("corrected", equalTo(1));
    // Then
    JsonPath row = Api.ACME.get("/v1/batches/" + id + "/rows/3");
    assertThat(row.getString("issue")).isEqualTo("READY");
    assertThat(row.getString("recipient.firstName")).isEqualTo("Bo");
    assertThat(Api.ACME.batch(id).getInt("counts.invalid")).isEqualTo(1);
  }

  @Test
  void whatIsStillWrongIsToldAnew() {
    // Given
    String id = needingFixes();
    // When
    correct(id, "Row,Email,Degree\n3,still nobody,\n")
        .then()
        .statusCode(200)
        .body("invalid", equalTo(1));
    // Then
    JsonPath errors = Api.ACME.get("/v1/batches/" + id + "/errors");
    assertThat(errors.getList("items.row")).containsExactly(3, 3, 4);
    assertThat(Api.ACME.batch(id).getInt("counts.invalid")).isEqualTo(2);
  }

  @Test
  void aSheetWithOneWrongRowChangesNothing() {
    // Given
    String id = needingFixes();
    List<String> sheets =
        List.of(
            "Row,Email\n3,bo@example.org\n99,x@example.org\n",
            "Row,Email\n3,bo@example.org\n3,x@example.org\n",
            "Row,Email\n3,bo@example.org\n03,x@example.org\n",
            "Row,Reference,Email\n3,b,bo@example.org\n,b,x@example.org\n",
            "Row,Email,email\n3,bo@example.org,x@example.org\n",
            "Row,Email\n3,bo@example.org\nthree,x@example.org\n",
            "Row,Email\n3,bo@example.org\n,x@example.org\n",
            "Reference,Email\nb,bo@example.org\nz,x@example.org\n",
            "Row,E-Mail\n3,bo@example.org\n",
            "Email\nbo@example.org\n");
    for (String sheet : sheets) {
      // When
      Response answer = correct(id, sheet);
      // Then
      answer.then().statusCode(422).body("detail.length()", org.hamcrest.Matchers.greaterThan(20));
      assertThat(Api.ACME.batch(id).getInt("counts.invalid")).as(sheet).isEqualTo(2);
    }
  }

  @Test
  void correctedRowsGoOutAsANewRunWhenTheOthersAreUnderWay() {
    // Given
    String id = needingFixes();
    issueWithoutTheInvalid(id);
    List<CredentialRequested> first = requests.of(id, 2);
    publisher.publish(first.stream().map(CorrectionIT::issued).toList());
    Api.ACME.untilStatus(id, "COMPLETED_WITH_ERRORS");
    // When
    Response answer =
        correct(
            id,
            "Row,First Name,Email,Degree\n2,Eve,eve@example.org,BSc\n3,Bo,bo@example.org,BSc\n4,Cy,cy@example.org,MSc\n");
    // Then
    answer
        .then()
        .statusCode(200)
        .body("corrected", equalTo(2))
        .body("untouchedRows", equalTo(1))
        .body("untouched[0].row", equalTo(2))
        .body("untouched[0].issue", equalTo("ISSUED"));
    List<CredentialRequested> all = requests.of(id, 4);
    List<CredentialRequested> second = all.stream().filter(e -> !first.contains(e)).toList();
    assertThat(second).extracting(e -> e.row().number()).containsExactly(3, 4);
    assertThat(second).extracting(CredentialRequested::run).containsOnly(2);
    // A late answer to a run that these rows were never in changes nothing.
    publisher.publish(
        List.of(
            new CredentialOutcome.Issued(
                second.getFirst().row(), 1, "urn:uuid:late", "late", Instant.now())));
    publisher.publish(second.stream().map(CorrectionIT::issued).toList());
    JsonPath batch = Api.ACME.untilStatus(id, "COMPLETED");
    assertThat(batch.getInt("counts.issued")).isEqualTo(4);
    assertThat(Api.ACME.get("/v1/batches/" + id + "/rows/3").getString("credentialId"))
        .isEqualTo("urn:uuid:3");
    assertThat(Api.ACME.get("/v1/batches/" + id + "/rows/2").getString("recipient.firstName"))
        .isEqualTo("Ada");
  }

  @Test
  void aBatchThatWasToGoOutByItselfGoesOutOnceItIsRight() {
    // Given
    String id =
        Api.ACME.accepted(SHEET, "definitionId", "diploma", "medium", "EMAIL", "mode", "ISSUE");
    Api.ACME.untilStatus(id, "NEEDS_FIXES");
    // When
    correct(id, "Row,Email,Degree\n3,bo@example.org,BSc\n4,cy@example.org,MSc\n")
        .then()
        .statusCode(200);
    // Then
    assertThat(requests.of(id, 4)).hasSize(4);
  }

  @Test
  void aCorrectionSendsNothingOutThatNobodyHasStarted() {
    // Given a first row that was sent ahead, and others that wait for somebody's look
    String id = Api.ACME.accepted(Api.sheet(3), "definitionId", "diploma", "medium", "EMAIL");
    Api.ACME.untilStatus(id, "READY");
    Api.ACME
        .request()
        .contentType("application/json")
        .body("{\"rows\": [2]}")
        .post("/v1/batches/" + id + "/issue")
        .then()
        .statusCode(200);
    publisher.publish(requests.of(id, 1).stream().map(CorrectionIT::issued).toList());
    Api.ACME.untilBatch(id, b -> b.getInt("counts.issued") == 1);
    // When
    patch(id, 3, Map.of("Degree", "MSc")).then().statusCode(200).body("issue", equalTo("READY"));
    // Then
    JsonPath batch = Api.ACME.batch(id);
    assertThat(batch.getString("status")).isEqualTo("READY");
    assertThat(batch.getInt("counts.ready")).isEqualTo(2);
    Api.ACME.request().post("/v1/batches/" + id + "/issue").then().statusCode(200);
    assertThat(requests.of(id, 3)).extracting(e -> e.row().number()).containsExactly(2, 3, 4);
  }

  @Test
  void aFailedRowIsCorrectedAndIssued() {
    // Given
    String id = Api.ACME.accepted(Api.sheet(1), "definitionId", "diploma", "mode", "ISSUE");
    CredentialRequested request = requests.of(id, 1).getFirst();
    publisher.publish(
        List.of(
            new CredentialOutcome.Refused(
                request.row(), request.run(), Problem.of(ProblemType.ROW_NOT_ISSUABLE, "no"))));
    Api.ACME.untilStatus(id, "COMPLETED_WITH_ERRORS");
    // When
    patch(id, 2, Map.of("Degree", "MSc")).then().statusCode(200);
    // Then
    List<CredentialRequested> again = requests.of(id, 2);
    assertThat(again.getLast().claims()).contains("MSc");
    publisher.publish(List.of(issued(again.getLast())));
    assertThat(Api.ACME.untilStatus(id, "COMPLETED").getInt("counts.failed")).isZero();
  }

  @Test
  void oneCellIsCorrectedByItsHeading() {
    // Given
    String id = needingFixes();
    // When
    patch(id, 3, Map.of(" email ", "bo@example.org"))
        .then()
        .statusCode(200)
        .body("issue", equalTo("READY"))
        .body("recipient.email", equalTo("bo@example.org"));
    // Then
    patch(id, 3, Map.of("Degree", "BSc ... [cut]")).then().statusCode(200);
    assertThat(Api.ACME.request().get("/v1/batches/" + id + "/report.csv").asString())
        .contains("BSc ... [cut]");
    patch(id, 3, Map.of("Degree", "BSc", "degree", "MSc")).then().statusCode(422);
    patch(id, 3, Map.of("E-Post", "x"))
        .then()
        .statusCode(400)
        .body("detail", containsString("Email"));
    patch(id, 99, Map.of("Email", "x")).then().statusCode(404);
    Api.ACME
        .request()
        .contentType("application/json")
        .body("{}")
        .patch("/v1/batches/" + id + "/rows/3")
        .then()
        .statusCode(400);
    Api.GLOBEX
        .request()
        .contentType("application/json")
        .body("{\"cells\": {\"Email\": \"x\"}}")
        .patch("/v1/batches/" + id + "/rows/3")
        .then()
        .statusCode(404);
  }

  @Test
  void aDroppedRowNoLongerStopsTheOthers() {
    // Given
    String id = needingFixes();
    // When
    for (int row : new int[] {3, 3, 4}) {
      Api.ACME.request().delete("/v1/batches/" + id + "/rows/" + row).then().statusCode(204);
    }
    // Then
    JsonPath batch = Api.ACME.batch(id);
    assertThat(batch.getString("status")).isEqualTo("READY");
    assertThat(batch.getInt("counts.cancelled")).isEqualTo(2);
    assertThat(batch.getInt("counts.invalid")).isZero();
    Api.ACME.request().post("/v1/batches/" + id + "/issue").then().statusCode(200);
    assertThat(requests.of(id, 2)).extracting(e -> e.row().number()).containsExactly(2, 5);
    Api.ACME.request().delete("/v1/batches/" + id + "/rows/2").then().statusCode(409);
    patch(id, 5, Map.of("Degree", "MSc")).then().statusCode(409);
  }

  private static String needingFixes() {
    String id = Api.ACME.accepted(SHEET, "definitionId", "diploma", "medium", "EMAIL");
    Api.ACME.untilStatus(id, "NEEDS_FIXES");
    return id;
  }

  private static void issueWithoutTheInvalid(String id) {
    Api.ACME
        .request()
        .contentType("application/json")
        .body("{\"onInvalidRows\": \"skip\"}")
        .post("/v1/batches/" + id + "/issue")
        .then()
        .statusCode(200);
  }

  private static Response correct(String id, String sheet) {
    return Api.ACME
        .request()
        .multiPart("file", "fixed.csv", sheet.getBytes(StandardCharsets.UTF_8), "text/csv")
        .post("/v1/batches/" + id + "/corrections");
  }

  private static Response patch(String id, int row, Map<String, String> cells) {
    return Api.ACME
        .request()
        .contentType("application/json")
        .body(Map.of("cells", cells))
        .patch("/v1/batches/" + id + "/rows/" + row);
  }

  private static CredentialOutcome issued(CredentialRequested request) {
    int number = request.row().number();
    return new CredentialOutcome.Issued(
        request.row(), request.run(), "urn:uuid:" + number, "token-" + number, Instant.now());
  }
}
