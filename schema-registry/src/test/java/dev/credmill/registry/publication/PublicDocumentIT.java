package dev.credmill.registry.publication;

import static dev.credmill.registry.Calls.acmeAdmin;
import static dev.credmill.registry.Calls.fresh;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.credmill.backing.BackingTestResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(BackingTestResource.class)
class PublicDocumentIT {
  private static final ObjectMapper JSON = new ObjectMapper();

  @Test
  void theSchemaDescribesTheWholeCredentialAtItsOwnAddress() throws IOException {
    // When
    JsonNode document =
        JSON.readTree(
            given()
                .get("/schemas/diploma")
                .then()
                .statusCode(200)
                .contentType("application/schema+json")
                .extract()
                .asString());
    // Then
    assertThat(document.path("$schema").asText())
        .isEqualTo("https://json-schema.org/draft/2020-12/schema");
    assertThat(document.path("$id").asText()).isEqualTo("http://localhost:8080/schemas/diploma");
    assertThat(document.at("/properties/credentialSubject/$schema").isMissingNode()).isTrue();
    Schema schema =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12).getSchema(document);
    assertThat(schema.validate(credential("2026-06-26"))).isEmpty();
    assertThat(schema.validate(credential(null))).isNotEmpty();
  }

  @Test
  void theContextDefinesTheTypeAndEveryClaim() throws IOException {
    // When
    JsonNode context =
        JSON.readTree(
                given()
                    .get("/contexts/diploma")
                    .then()
                    .statusCode(200)
                    .contentType("application/ld+json")
                    .extract()
                    .asString())
            .path("@context");
    // Then
    assertThat(context.path("@protected").asBoolean()).isTrue();
    assertThat(context.path("DiplomaCredential").asText())
        .isEqualTo("http://localhost:8080/contexts/diploma#DiplomaCredential");
    for (String claim :
        new String[] {
          "fullName", "degree", "fieldOfStudy", "graduationDate", "honours", "Cred_URL"
        }) {
      assertThat(context.at("/" + claim + "/@id").asText())
          .isEqualTo("http://localhost:8080/contexts/diploma#" + claim);
    }
    assertThat(context.at("/graduationDate/@type").asText())
        .isEqualTo("http://www.w3.org/2001/XMLSchema#date");
    assertThat(context.path("Cred_URL").has("@type")).isFalse();
    assertThat(context.size()).isEqualTo(3 + 6);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/schemas/diploma", "/contexts/diploma", "/vct/diploma"})
  void everyWebPageMayReadItAndKeepItForEver(String path) {
    given()
        .header("Origin", "https://verifier.example")
        .get(path)
        .then()
        .statusCode(200)
        .header("Access-Control-Allow-Origin", "*")
        .header("Cache-Control", equalTo("public, max-age=31536000, immutable"));
    given().head(path).then().statusCode(200).header("Access-Control-Allow-Origin", "*");
    given()
        .header("Origin", "https://verifier.example")
        .header("Access-Control-Request-Method", "GET")
        .options(path)
        .then()
        .statusCode(204)
        .header("Access-Control-Allow-Origin", "*")
        .header("Access-Control-Allow-Methods", containsString("GET"));
    given()
        .accept("application/json")
        .get(path)
        .then()
        .statusCode(200)
        .contentType(startsWith("application/json"));
  }

  @Test
  void otherWebPagesMayNotReadTheRest() {
    acmeAdmin()
        .header("Origin", "https://verifier.example")
        .get("/v1/credential-definitions")
        .then()
        .statusCode(200)
        .header("Access-Control-Allow-Origin", nullValue());
  }

  @Test
  void aDraftIsNotPublicUntilItsDefinitionIsPublished() {
    // Given
    String id = fresh("draft");
    acmeAdmin()
        .body(
            """
            {"id": "%s", "name": "Draft", "claims": {"type": "object", "properties": {"a": {"type": "string"}}}}
            """
                .formatted(id))
        .post("/v1/schemas")
        .then()
        .statusCode(201);
    acmeAdmin()
        .body(Map.of("id", id, "name", "Draft", "schemaId", id))
        .post("/v1/credential-definitions")
        .then()
        .statusCode(201);
    for (String path : new String[] {"/schemas/" + id, "/contexts/" + id}) {
      given()
          .get(path)
          .then()
          .statusCode(404)
          .contentType("application/problem+json")
          .header("Access-Control-Allow-Origin", "*")
          .header("Cache-Control", "no-store");
    }
    // When
    acmeAdmin().post("/v1/credential-definitions/" + id + "/publish").then().statusCode(200);
    // Then
    given().get("/schemas/" + id).then().statusCode(200);
    given().get("/contexts/" + id).then().statusCode(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/schemas/none",
        "/contexts/%00",
        "/contexts/..%2f..",
        "/schemas/A",
        "/vct/none",
        "/vct/globex-membership"
      })
  void whatIsNotPublishedIs404(String path) {
    given().urlEncodingEnabled(false).get(path).then().statusCode(404);
  }

  private static JsonNode credential(String graduationDate) throws IOException {
    return JSON.readTree(
        """
        {"@context": ["https://www.w3.org/ns/credentials/v2", "http://localhost:8080/contexts/diploma"],
         "type": ["VerifiableCredential", "DiplomaCredential"],
         "issuer": {"id": "did:web:localhost%%3A8080:orgs:acme", "name": "Acme University"},
         "validFrom": "2026-11-22T09:00:00Z",
         "credentialSubject": {"fullName": "A B", "degree": "MSc", "fieldOfStudy": "Physics",
           %s "Cred_URL": "http://localhost:8080/c/x"}}
        """
            .formatted(
                graduationDate == null ? "" : "\"graduationDate\": \"" + graduationDate + "\","));
  }

  @Test
  void theTypeOfAnSdJwtVcNamesItsClaimsForWallets() {
    given()
        .get("/vct/diploma")
        .then()
        .statusCode(200)
        .body("vct", org.hamcrest.Matchers.equalTo("http://localhost:8080/vct/diploma"))
        .body("display[0].name", org.hamcrest.Matchers.equalTo("Your diploma"))
        .body("claims.path.flatten()", org.hamcrest.Matchers.hasItem("Cred_URL"))
        .body(
            "claims.sd", org.hamcrest.Matchers.everyItem(org.hamcrest.Matchers.equalTo("always")));
  }
}
