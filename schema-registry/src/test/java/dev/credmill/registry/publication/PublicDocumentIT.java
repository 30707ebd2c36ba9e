package dev.credmill.registry.publication;

import static dev.credmill.registry.Calls.acmeAdmin;
import static dev.credmill.registry.Calls.fresh;
import static dev.credmill.registry.Calls.service;
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
import dev.credmill.contracts.registry.TypeMetadata;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
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

  @Test
  void theTypePinsTheCertificateThatWalletsDraw() throws IOException {
    // When
    JsonNode type = JSON.readTree(given().get("/vct/diploma").asByteArray());
    JsonNode picture = type.at("/display/0/rendering/svg_templates/0");
    // Then
    assertThat(picture.path("uri").asText())
        .isEqualTo("http://localhost:8080/vct/diploma/certificate.svg");
    assertThat(picture.at("/properties/orientation").asText()).isEqualTo("landscape");
    byte[] svg =
        given()
            .header("Origin", "https://wallet.example")
            .get("/vct/diploma/certificate.svg")
            .then()
            .statusCode(200)
            .contentType("image/svg+xml")
            .header("Access-Control-Allow-Origin", "*")
            .header("Cache-Control", equalTo("public, max-age=31536000, immutable"))
            .header("X-Content-Type-Options", "nosniff")
            .header("Content-Security-Policy", containsString("sandbox"))
            .extract()
            .asByteArray();
    assertThat(picture.path("uri#integrity").asText()).isEqualTo(integrity(svg));
    Set<String> ids = new HashSet<>();
    type.path("claims").forEach(claim -> ids.add(claim.path("svg_id").asText()));
    assertThat(
            Pattern.compile("\\{\\{(.*?)}}")
                .matcher(new String(svg, StandardCharsets.UTF_8))
                .results())
        .isNotEmpty()
        .extracting(placeholder -> placeholder.group(1))
        .isSubsetOf(ids);
  }

  @Test
  void whoSignsIsToldTheHashOfThePublishedType() throws IOException {
    service()
        .get("/internal/credential-definitions/diploma")
        .then()
        .statusCode(200)
        .body("typeIntegrity", equalTo(integrity(given().get("/vct/diploma").asByteArray())));
    service()
        .get("/internal/credential-definitions/globex-membership")
        .then()
        .statusCode(200)
        .body("typeIntegrity", nullValue());
    given().get("/vct/globex-membership/certificate.svg").then().statusCode(404);
  }

  @Test
  void aDefinitionSaysHowWalletsShowIt() {
    // Given
    String id = fresh("looks");
    acmeAdmin()
        .body(
            Map.of(
                "id",
                id,
                "name",
                "With looks {{x}}",
                "schemaId",
                "diploma",
                "certificateTemplateId",
                "diploma",
                "formats",
                List.of("dc+sd-jwt"),
                "display",
                Map.of(
                    "logo", "https://acme.example/logo.png",
                    "backgroundColor", "#1b2a49",
                    "textColor", "#ffffff")))
        .post("/v1/credential-definitions")
        .then()
        .statusCode(201);
    given().get("/vct/" + id + "/certificate.svg").then().statusCode(404);
    // When
    acmeAdmin().post("/v1/credential-definitions/" + id + "/publish").then().statusCode(200);
    // Then
    given()
        .get("/vct/" + id)
        .then()
        .statusCode(200)
        .body("display[0].rendering.simple.logo.uri", equalTo("https://acme.example/logo.png"))
        .body("display[0].rendering.simple.background_color", equalTo("#1b2a49"))
        .body("display[0].rendering.simple.text_color", equalTo("#ffffff"));
    String first = given().get("/vct/" + id).asString();
    acmeAdmin().post("/v1/credential-definitions/" + id + "/publish").then().statusCode(200);
    assertThat(given().get("/vct/" + id).asString()).isEqualTo(first);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"logo\":\"http://acme.example/logo.png\"}",
        "{\"logo\":\"javascript:alert(1)\"}",
        "{\"logo\":\"https://acme.example/\\\"><script>\"}",
        "{\"backgroundColor\":\"red\"}",
        "{\"textColor\":\"#fff; x\"}"
      })
  void looksThatCouldBeMisreadAreRefused(String display) {
    acmeAdmin()
        .body(
            "{\"name\":\"Hostile\",\"schemaId\":\"diploma\",\"certificateTemplateId\":\"diploma\",\"display\":"
                + display
                + "}")
        .post("/v1/credential-definitions")
        .then()
        .statusCode(400)
        .contentType("application/problem+json");
  }

  private static String integrity(byte[] bytes) {
    return TypeMetadata.integrity(new String(bytes, StandardCharsets.UTF_8));
  }
}
