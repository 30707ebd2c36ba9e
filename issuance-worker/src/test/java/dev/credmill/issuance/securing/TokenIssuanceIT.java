package dev.credmill.issuance.securing;

import static dev.credmill.issuance.RegistryTestResource.ACME_ADMIN_KEY;
import static dev.credmill.issuance.RegistryTestResource.DIPLOMA;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;

import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import dev.credmill.backing.BackingTestResource;
import dev.credmill.contracts.event.CredentialOutcome.Issued;
import dev.credmill.issuance.RegistryTestResource;
import dev.credmill.issuance.credential.CredentialStore;
import dev.credmill.issuance.page.Issuing;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/** The whole worker with its keys in a token. */
@EnabledIf(value = SoftHsm.THERE, disabledReason = SoftHsm.MISSING)
@QuarkusTest
@TestProfile(TokenIssuanceIT.InToken.class)
@WithTestResource(BackingTestResource.class)
@WithTestResource(RegistryTestResource.class)
@WithTestResource(TokenTestResource.class)
class TokenIssuanceIT {
  @Inject Issuing issuing;
  @Inject CredentialStore store;

  /** Another application than that of the other tests; the resource sets where the token is. */
  public static class InToken implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of("issuance.self-check-one-in", "1");
    }
  }

  @Test
  void aCredentialIsSignedByTheTokenAndAForeignLibraryVerifiesIt() throws Exception {
    // When
    Issued issued = issue();
    // Then
    JWSObject jws = JWSObject.parse(store.byToken(issued.linkToken()).orElseThrow().jwt());
    assertThat(jws.getHeader().getAlgorithm().getName()).isEqualTo("ES256");
    JWK key = published().getKeyByKeyId(jws.getHeader().getKeyID());
    assertThat(jws.verify(new ECDSAVerifier(key.toECKey()))).isTrue();
    given()
        .accept("text/html")
        .get("/c/" + issued.linkToken())
        .then()
        .body(containsString("<strong>Verified</strong>"))
        .body(containsString("The P-256 signature fits"));
  }

  /** The suites of Data Integrity that are known here need Ed25519. */
  @Test
  void aStatusListHasNoEmbeddedProofs() {
    // Given
    JsonPath credential = JsonPath.from(store.byToken(issue().linkToken()).orElseThrow().json());
    String list = credential.getString("credentialStatus[0].statusListCredential");
    // When
    String path = list.substring(list.indexOf("/status-lists/"));
    // Then
    given()
        .accept("application/vc, */*;q=0.1")
        .get(path)
        .then()
        .statusCode(200)
        .contentType("application/vc+jwt");
  }

  @Test
  void theTokensKeysAreRotated() throws Exception {
    // Given
    issue();
    // When
    JsonPath rotated = keys("/v1/keys/rotate");
    // Then
    assertThat(rotated.getList("items.custody")).containsOnly("PKCS11");
    JWSObject jws = JWSObject.parse(store.byToken(issue().linkToken()).orElseThrow().jwt());
    assertThat(rotated.getList("items.id")).contains(jws.getHeader().getKeyID());
  }

  @Test
  void anEd25519KeyIsRefusedWithTheReason() {
    given()
        .header("X-API-Key", ACME_ADMIN_KEY)
        .contentType("application/json")
        .body("{\"algorithm\": \"Ed25519\"}")
        .post("/v1/keys/rotate")
        .then()
        .statusCode(409)
        .body("detail", containsString("makes no keys of Ed25519"));
  }

  @Test
  void walletsAreToldWhatSigns() {
    given()
        .get("/.well-known/openid-credential-issuer/orgs/acme")
        .then()
        .statusCode(200)
        .body(
            "credential_configurations_supported.findAll { it.value.format == 'jwt_vc_json' }"
                + ".collect { it.value.credential_signing_alg_values_supported[0] }",
            everyItem(equalTo("ES256")));
  }

  private Issued issue() {
    return issuing.issue(
        DIPLOMA,
        Instant.parse("2026-11-22T10:00:00Z"),
        Instant.parse("2099-01-01T00:00:00Z"),
        "{\"fullName\":\"Ada\"}",
        null);
  }

  private static JsonPath keys(String path) {
    return given()
        .header("X-API-Key", ACME_ADMIN_KEY)
        .post(path)
        .then()
        .statusCode(200)
        .extract()
        .jsonPath();
  }

  private static JWKSet published() throws Exception {
    String metadata =
        given().get("/.well-known/jwt-vc-issuer/orgs/acme").then().extract().asString();
    return JWKSet.parse(
        com.nimbusds.jose.util.JSONObjectUtils.getJSONObject(
            com.nimbusds.jose.util.JSONObjectUtils.parse(metadata), "jwks"));
  }
}
