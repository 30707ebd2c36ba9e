package dev.credmill.issuance.vcapi;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.credmill.backing.BackingTestResource;
import dev.credmill.issuance.RegistryTestResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(BackingTestResource.class)
@WithTestResource(RegistryTestResource.class)
class VcApiIT {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String ACME = "did:web:issuer.example:orgs:acme";

  @ParameterizedTest
  @ValueSource(strings = {"eddsa-rdfc-2022", "eddsa-jcs-2022"})
  void whatIsIssuedVerifiesUntilItIsAltered(String suite) throws Exception {
    // When
    JsonNode secured = issued(credential(), suite);
    // Then
    assertThat(secured.at("/proof/cryptosuite").asText()).isEqualTo(suite);
    verify(secured).statusCode(200).body("verified", equalTo(true));
    ((ObjectNode) secured.path("credentialSubject")).put("name", "Another");
    verify(secured)
        .statusCode(400)
        .body("verified", equalTo(false))
        .body("problemDetails.detail", not(equalTo(null)));
  }

  @Test
  void anOrganizationMayCallItselfByItsKey() throws Exception {
    // Given
    String multibase =
        given()
            .get("/orgs/acme/did.json")
            .jsonPath()
            .getString("verificationMethod.find { it.type == 'Multikey' }.publicKeyMultibase");
    ObjectNode credential = credential();
    credential.put("issuer", "did:key:" + multibase);
    // When
    JsonNode secured = issued(credential, "eddsa-rdfc-2022");
    // Then
    assertThat(secured.at("/proof/verificationMethod").asText())
        .isEqualTo("did:key:%1$s#%1$s".formatted(multibase));
    verify(secured).statusCode(200);
  }

  @Test
  void aSecondProofStandsBesideTheFirst() throws Exception {
    // When
    JsonNode secured =
        issued((ObjectNode) issued(credential(), "eddsa-rdfc-2022"), "eddsa-jcs-2022");
    // Then
    assertThat(secured.path("proof").findValuesAsText("cryptosuite"))
        .containsExactly("eddsa-rdfc-2022", "eddsa-jcs-2022");
    verify(secured).statusCode(200);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "/issuer | `\"did:web:issuer.example:orgs:globex\"` | nothing is signed in another's name",
        "/issuer | null | issuer is a URL",
        "/@context | `[\"https://example.org/x\", \"https://www.w3.org/ns/credentials/v2\"]` | begins with",
        "/@context | `[\"https://www.w3.org/ns/credentials/v2\", \"https://example.org/x\"]` | not known here",
        "/@context | `[\"https://www.w3.org/ns/credentials/v2\", 5]` | URLs and objects",
        "/type | `[\"Diploma\"]` | type has VerifiableCredential",
        "/type | `[\"VerifiableCredential\", \"Undefined\"]` | not defined",
        "/id | `\"no url\"` | id is one URL",
        "/id | `[\"urn:a:b\", \"urn:c:d\"]` | id is one URL",
        "/credentialSubject | `[]` | credentialSubject is",
        "/credentialSubject | `{}` | credentialSubject is",
        "/credentialSubject | `{\"undefinedTerm\": 1}` | UNDEFINED_TERM",
        "/validFrom | `\"2026-11-23\"` | validFrom is a time",
        "/validUntil | `\"1999-01-01T00:00:00Z\"` | not before validFrom",
        "/name | `{\"@value\": \"a\", \"url\": \"b\"}` | name is a text",
        "/credentialStatus | `{\"id\": \"urn:a:b\"}` | with a type",
        "/credentialSchema | `{\"type\": \"JsonSchema\"}` | credentialSchema.id",
        "/evidence | `\"text\"` | each evidence is",
        "/relatedResource | `[{\"id\": \"urn:a:b\"}]` | digestSRI"
      })
  void whatIsNoCredentialOfTheOrganizationIsRefusedAndSaysWhy(
      String member, String value, String says) throws Exception {
    // Given
    ObjectNode credential = credential();
    credential.put("validFrom", "2000-01-01T00:00:00Z");
    credential.set(member.substring(1), JSON.readTree(value));
    // Then
    for (String suite : new String[] {"eddsa-rdfc-2022", "eddsa-jcs-2022"}) {
      assertThat(issue(credential, suite).statusCode(400).extract().asString()).contains(says);
    }
  }

  @Test
  void whatHasAStatusIsSuspendedReinstatedAndRevokedForGood() throws Exception {
    // Given
    JsonNode secured =
        issuedWithStatus(
            "{\"type\": \"BitstringStatusListEntry\", \"statusPurpose\": \"revocation\"}, {\"type\": \"BitstringStatusListEntry\", \"statusPurpose\": \"suspension\"}");
    JsonNode revocation = secured.at("/credentialStatus/0");
    JsonNode suspension = secured.at("/credentialStatus/1");
    verify(secured).statusCode(200);
    // Then
    change(suspension, true, "acme-issuer-key").statusCode(204);
    verify(secured).statusCode(400);
    change(suspension, false, "acme-issuer-key").statusCode(204);
    verify(secured).statusCode(200);
    change(revocation, true, "globex-admin-key").statusCode(404);
    change(revocation, true, "acme-issuer-key").statusCode(204);
    verify(secured).statusCode(400);
    change(revocation, false, "acme-issuer-key").statusCode(409);
    ObjectNode another = revocation.deepCopy();
    another.put(
        "statusListIndex", Integer.toString(revocation.path("statusListIndex").asInt() ^ 1));
    change(another, true, "acme-issuer-key").statusCode(404);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"type\": \"BitstringStatusListEntry\", \"statusPurpose\": \"message\"}",
        "{\"type\": \"StatusList2021Entry\", \"statusPurpose\": \"revocation\"}",
        "5"
      })
  void aStatusOfAnotherKindIsRefused(String wanted) throws Exception {
    issueWithStatus(wanted).statusCode(400).body("detail", containsString("statusPurpose"));
  }

  private static JsonNode issuedWithStatus(String wanted) throws Exception {
    return JSON.readTree(issueWithStatus(wanted).statusCode(201).extract().asString());
  }

  private static ValidatableResponse issueWithStatus(String wanted) throws Exception {
    return given()
        .header("X-API-Key", "acme-issuer-key")
        .contentType("application/json")
        .body(
            "{\"credential\": %s, \"options\": {\"cryptosuite\": \"eddsa-jcs-2022\", \"credentialStatus\": [%s]}}"
                .formatted(credential(), wanted))
        .post("/credentials/issue")
        .then();
  }

  private static ValidatableResponse change(JsonNode entry, boolean set, String key) {
    return given()
        .header("X-API-Key", key)
        .contentType("application/json")
        .body("{\"credentialStatus\": %s, \"status\": %s}".formatted(entry, set))
        .post("/credentials/status")
        .then();
  }

  @Test
  void aTextWithADirectionIsCoveredByTheJsonAndNotByRdf() throws Exception {
    // Given
    ObjectNode credential = credential();
    credential.putObject("name").put("@value", "a").put("@language", "ar").put("@direction", "rtl");
    // Then
    issue(credential, "eddsa-rdfc-2022").statusCode(400);
    verify(issued(credential, "eddsa-jcs-2022")).statusCode(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{}",
        "not json",
        "{\"credential\": \"text\"}",
        "{\"credential\": {}, \"credential\": {}}",
        "{\"credential\": {}, \"options\": []}",
        "{\"credential\": {}, \"options\": {\"cryptosuite\": 1}}",
        "{\"credential\": {}, \"options\": {\"cryptosuite\": \"rsa\"}}"
      })
  void aBodyThatIsNoneIsRefused(String body) {
    for (String path :
        new String[] {"/credentials/issue", "/credentials/verify", "/presentations/verify"}) {
      given()
          .header("X-API-Key", RegistryTestResource.ACME_ISSUER_KEY)
          .contentType("application/json")
          .body(body)
          .post(path)
          .then()
          .statusCode(400);
    }
  }

  @Test
  void whatIsNestedDeeplyOrEndlessIsRefused() {
    given()
        .contentType("application/json")
        .body("{\"verifiableCredential\": " + "[".repeat(5_000) + "]".repeat(5_000) + "}")
        .post("/credentials/verify")
        .then()
        .statusCode(400);
    given()
        .contentType("application/json")
        .body("{\"verifiableCredential\": \"" + "x".repeat(300_000) + "\"}")
        .post("/credentials/verify")
        .then()
        .statusCode(413);
  }

  @Test
  void onlyAnIssuerHasCredentialsSigned() {
    given()
        .contentType("application/json")
        .body("{\"credential\": {}}")
        .post("/credentials/issue")
        .then()
        .statusCode(401);
  }

  @Test
  void aPresentationIsAsGoodAsItsProofAndItsCredentials() throws Exception {
    // Given
    ObjectNode presentation = JSON.createObjectNode();
    presentation.putArray("@context").add("https://www.w3.org/ns/credentials/v2");
    presentation.putArray("type").add("VerifiablePresentation");
    presentation.putArray("verifiableCredential").add(issued(credential(), "eddsa-jcs-2022"));
    // Then
    presentation(presentation)
        .statusCode(400)
        .body("problemDetails.detail", hasItem(containsString("no Data Integrity proof")));
    presentation.putArray("verifiableCredential").add("text");
    presentation(presentation)
        .statusCode(400)
        .body("problemDetails.detail", hasItem(containsString("objects only")));
  }

  private static ObjectNode credential() throws Exception {
    return (ObjectNode)
        JSON.readTree(
            """
            {"@context": ["https://www.w3.org/ns/credentials/v2"], "type": ["VerifiableCredential"],
             "issuer": "%s", "credentialSubject": {"id": "did:example:ada", "name": "Ada"}}
            """
                .formatted(ACME));
  }

  private static JsonNode issued(ObjectNode credential, String suite) throws Exception {
    return JSON.readTree(issue(credential, suite).statusCode(201).extract().asString());
  }

  private static ValidatableResponse issue(ObjectNode credential, String suite) {
    ObjectNode body = JSON.createObjectNode();
    body.set("credential", credential);
    body.putObject("options").put("cryptosuite", suite);
    return given()
        .header("X-API-Key", RegistryTestResource.ACME_ISSUER_KEY)
        .contentType("application/json")
        .body(body.toString())
        .post("/credentials/issue")
        .then();
  }

  private static ValidatableResponse verify(JsonNode credential) {
    return given()
        .contentType("application/json")
        .body(JSON.createObjectNode().set("verifiableCredential", credential).toString())
        .post("/credentials/verify")
        .then();
  }

  private static ValidatableResponse presentation(JsonNode presentation) {
    return given()
        .contentType("application/json")
        .body(JSON.createObjectNode().set("verifiablePresentation", presentation).toString())
        .post("/presentations/verify")
        .then();
  }
}
