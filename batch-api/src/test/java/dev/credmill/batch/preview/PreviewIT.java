package dev.credmill.batch.preview;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.credmill.backing.BackingTestResource;
import dev.credmill.batch.Api;
import dev.credmill.batch.CatalogueTestResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a row would become, asked of stand-ins that repeat what they were asked. */
@QuarkusTest
@QuarkusTestResource(BackingTestResource.class)
@QuarkusTestResource(CatalogueTestResource.class)
@QuarkusTestResource(MakersTestResource.class)
class PreviewIT {
  private static final String SHEET =
      "First Name,Last Name,Email,Phone,Language,Expiration,Degree,Hours\n";
  private static final String ADA = "Ada,<b>Example</b>,ada@example.org,030 901820,de,%s,%s,10\n";

  @Test
  void theCertificateIsDrawnFromWhatTheRowWouldBeIssuedWith() throws IOException {
    // Given
    String id = validated(SHEET + ADA.formatted("2040-12-31", "BSc"), "definitionId", "diploma");
    // When
    String answer =
        preview(id, 2, "preview.png")
            .then()
            .statusCode(200)
            .contentType("image/png")
            .header("Cache-Control", containsString("no-store"))
            .header("Content-Disposition", "inline; filename=\"preview-2.png\"")
            .extract()
            .asString();
    // Then
    List<String> lines = answer.lines().toList();
    assertThat(lines.getFirst()).isEqualTo("/internal/certificate-templates/diploma/preview.png");
    JsonNode asked = new ObjectMapper().readTree(lines.get(1));
    assertThat(asked.path("organization").asText()).isEqualTo("acme");
    assertThat(asked.path("definitionId").asText()).isEqualTo("diploma");
    assertThat(asked.at("/claims/fullName").asText()).isEqualTo("Ada <b>Example</b>");
    assertThat(asked.at("/claims/hours").asInt()).isEqualTo(10);
    assertThat(asked.path("link").asText()).isEqualTo("https://issuer.example/c/preview");
    assertThat(asked.path("validUntil").asText()).isEqualTo("2040-12-31T23:59:59Z");
    assertThat(Instant.parse(asked.path("validFrom").asText())).isBefore(Instant.now());
  }

  @Test
  void aRowIsPreviewedBeforeAndAfterItWentOut() {
    // Given
    String id = validated(SHEET + ADA.formatted("", "BSc"), "definitionId", "diploma");
    preview(id, 2, "preview.pdf").then().statusCode(200).contentType("application/pdf");
    // When
    Api.ACME.request().post("/v1/batches/" + id + "/issue").then().statusCode(200);
    // Then
    preview(id, 2, "preview.pdf").then().statusCode(200);
    Api.ACME.request().post("/v1/batches/" + id + "/cancel").then().statusCode(200);
    preview(id, 2, "preview.pdf").then().statusCode(200);
  }

  @Test
  void theMessagesAreThoseOfTheBatchsMedia() throws IOException {
    // Given
    String id =
        validated(
            SHEET + ADA.formatted("", "BSc"),
            "definitionId",
            "diploma",
            "medium",
            "EMAIL",
            "medium",
            "SMS");
    // When
    JsonPath messages = Api.ACME.get(path(id, 2, "message"));
    // Then
    assertThat(messages.getString("EMAIL.to")).isEqualTo("ada@example.org");
    assertThat(messages.getString("SMS.to")).isEqualTo("+4930901820");
    JsonNode asked = new ObjectMapper().readTree(messages.getString("EMAIL.text"));
    assertThat(asked.path("medium").asText()).isEqualTo("EMAIL");
    assertThat(asked.path("name").asText()).isEqualTo("Ada <b>Example</b>");
    assertThat(asked.path("language").asText()).isEqualTo("de");
    assertThat(asked.path("link").asText()).isEqualTo("https://issuer.example/c/preview");
    assertThat(asked.path("definitionId").asText()).isEqualTo("diploma");
    assertThat(messages.getMap("")).containsOnlyKeys("EMAIL", "SMS");
  }

  @ParameterizedTest
  @ValueSource(strings = {"preview.png", "preview.pdf", "message"})
  void aRowWithErrorsIsToBeCorrectedFirst(String what) {
    // Given
    String id =
        Api.ACME.accepted(
            SHEET + ADA.formatted("tomorrow", "BSc"), "definitionId", "diploma", "medium", "EMAIL");
    Api.ACME.untilStatus(id, "NEEDS_FIXES");
    // Then
    preview(id, 2, what)
        .then()
        .statusCode(409)
        .contentType("application/problem+json")
        .body("detail", containsString("correct the row first"));
  }

  @Test
  void whatThereIsNoneOfIsSaid() {
    // Given
    String id =
        validated(
            "First Name,Email,Club\nAda,ada@example.org,Chess\n", "definitionId", "membership");
    // Then
    preview(id, 2, "preview.png")
        .then()
        .statusCode(409)
        .body("detail", containsString("without a certificate"));
    preview(id, 2, "message")
        .then()
        .statusCode(409)
        .body("detail", containsString("sends no messages"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"preview.png", "preview.pdf", "message"})
  void nobodySeesWhatIsNotTheirs(String what) {
    // Given
    String id =
        validated(SHEET + ADA.formatted("", "BSc"), "definitionId", "diploma", "medium", "EMAIL");
    // Then
    Api.GLOBEX.request().get(path(id, 2, what)).then().statusCode(404);
    Api.ISSUER.request().get(path(id, 2, what)).then().statusCode(404);
    preview(id, 3, what).then().statusCode(404);
    preview(id, 1, what).then().statusCode(404);
    Api.ACME.request().get("/v1/batches/" + id + "/rows/x/" + what).then().statusCode(400);
  }

  @Test
  void aServiceThatIsAwayOrBusyIsToBeAskedAgain() {
    // Given
    String id =
        validated(
            SHEET
                + ADA.formatted("", "silent")
                + ADA.formatted("", "busy")
                + ADA.formatted("", "undrawable")
                + ADA.formatted("", "BSc").replace("Ada", "silent"),
            "definitionId",
            "diploma",
            "medium",
            "EMAIL");
    // Then
    preview(id, 2, "preview.png")
        .then()
        .statusCode(503)
        .header("Retry-After", "5")
        .contentType("application/problem+json");
    preview(id, 3, "preview.png")
        .then()
        .statusCode(503)
        .header("Retry-After", "5")
        .body("detail", equalTo("Too much is being drawn"));
    preview(id, 4, "preview.pdf")
        .then()
        .statusCode(422)
        .body("type", equalTo("urn:credmill:problem:certificate-template-invalid"));
    preview(id, 5, "message").then().statusCode(503).header("Retry-After", "5");
  }

  private static String validated(String sheet, String... parts) {
    String id = Api.ACME.accepted(sheet, parts);
    Api.ACME.untilStatus(id, "READY");
    return id;
  }

  private static Response preview(String batch, int number, String what) {
    return Api.ACME.request().get(path(batch, number, what));
  }

  private static String path(String batch, int number, String what) {
    return "/v1/batches/%s/rows/%d/%s".formatted(batch, number, what);
  }
}
