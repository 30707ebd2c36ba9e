package dev.credmill.issuance.request;

import static dev.credmill.issuance.RegistryTestResource.ACME_ADMIN_KEY;
import static dev.credmill.issuance.RegistryTestResource.ACME_ISSUER_KEY;
import static dev.credmill.issuance.RegistryTestResource.GLOBEX;
import static dev.credmill.issuance.RegistryTestResource.GLOBEX_ADMIN_KEY;
import static dev.credmill.issuance.RegistryTestResource.MEMBERSHIP;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.nimbusds.jose.JWSObject;
import dev.credmill.backing.BackingTestResource;
import dev.credmill.contracts.event.CredentialOutcome;
import dev.credmill.contracts.event.CredentialOutcome.Issued;
import dev.credmill.contracts.event.CredentialOutcome.Refused;
import dev.credmill.contracts.event.CredentialRequested;
import dev.credmill.contracts.id.BatchId;
import dev.credmill.contracts.id.RowId;
import dev.credmill.issuance.RegistryTestResource;
import dev.credmill.issuance.credential.CredentialStore;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(BackingTestResource.class)
@WithTestResource(RegistryTestResource.class)
class KeyChangesIT {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();
  private static final Instant FROM = Instant.parse("2026-11-22T10:00:00Z");
  @Inject Issuance issuance;
  @Inject CredentialStore store;

  @Test
  void aBatchEndsWithTheKeyThatItBeganWithAndTheNextHasTheNewOne() throws Exception {
    // Given
    BatchId running = BatchId.at(Instant.now());
    String old = kid(issued(running, 2));
    // When
    String current =
        admin()
            .contentType("application/json")
            .body("{\"algorithm\": \"Ed25519\"}")
            .post("/v1/keys/rotate")
            .then()
            .statusCode(200)
            .body("items.status", everyItem(equalTo("CURRENT")))
            .extract()
            .path("items.find { it.algorithm == 'Ed25519' }.id");
    Issued later = issued(running, 3);
    Issued next = issued(BatchId.at(Instant.now()), 2);
    // Then
    assertThat(current).isNotEqualTo(old);
    assertThat(kid(later)).isEqualTo(old);
    assertThat(kid(next)).isEqualTo(current);
    given()
        .get("/orgs/globex/did.json")
        .then()
        .body("assertionMethod", hasItem(old))
        .body("assertionMethod", hasItem(current));
    page(later).statusCode(200).body(containsString("<strong>Verified</strong>"));
    page(next).statusCode(200).body(containsString("<strong>Verified</strong>"));
    admin()
        .get("/v1/keys")
        .then()
        .statusCode(200)
        .body("items.find { it.id == '%s' }.status".formatted(old), equalTo("RETIRED"))
        .body("items.find { it.id == '%s' }.custody".formatted(current), equalTo("DATABASE"));
  }

  @Test
  void whatARevokedKeySignedIsNotValidAndItsBatchGoesNoFurther() throws Exception {
    // Given
    BatchId batch = BatchId.at(Instant.now());
    Issued first = issued(batch, 2);
    String id = kid(first);
    page(first).body(containsString("<strong>Verified</strong>"));
    // When
    revoke(id, "a backup was stolen")
        .statusCode(200)
        .body("status", equalTo("REVOKED"))
        .body("revocationReason", equalTo("a backup was stolen"));
    // Then
    page(first)
        .statusCode(200)
        .body(containsString("<strong>Not valid</strong>"))
        .body(containsString("The issuer has revoked the key that signed it"))
        .body(not(containsString("a backup was stolen")));
    CredentialOutcome second = answer(batch, 3);
    assertThat(second)
        .isInstanceOfSatisfying(
            Refused.class,
            refused -> {
              assertThat(refused.problem().type())
                  .isEqualTo("urn:credmill:problem:row-not-issuable");
              assertThat(refused.problem().detail()).contains("upload the rows that are left");
            });
    assertThat(answer(batch, 2)).isEqualTo(first);
    given()
        .get("/orgs/globex/did.json")
        .then()
        .statusCode(200)
        .body("assertionMethod", not(hasItem(id)))
        .body("verificationMethod.id", not(hasItem(id + "-mk")));
    given()
        .get("/.well-known/jwt-vc-issuer/orgs/globex")
        .then()
        .statusCode(200)
        .body("jwks.keys.kid", not(hasItem(id)));
  }

  @Test
  void statusListsAreSignedAgainWhenTheirKeyIsRevokedAndANewKeyIsThere() throws Exception {
    // Given
    Issued credential = issued(BatchId.at(Instant.now()), 2);
    String list = statusList(credential);
    String id = JWSObject.parse(published(list)).getHeader().getKeyID();
    // When
    revoke(id, "lost").statusCode(200);
    // Then
    JWSObject signed = JWSObject.parse(published(list));
    String current =
        admin()
            .get("/v1/keys")
            .then()
            .extract()
            .path("items.find { it.algorithm == 'Ed25519' && it.status == 'CURRENT' }.id");
    assertThat(signed.getHeader().getKeyID()).isEqualTo(current).isNotEqualTo(id);
    page(issued(BatchId.at(Instant.now()), 2)).body(containsString("<strong>Verified</strong>"));
  }

  @Test
  void revokingAgainChangesNothing() throws Exception {
    // Given
    String id = kid(issued(BatchId.at(Instant.now()), 2));
    revoke(id, "first").statusCode(200);
    // When
    var again = revoke(id, "second");
    // Then
    again.statusCode(200).body("revocationReason", equalTo("first"));
  }

  @Test
  void withoutAnAlgorithmEveryKindOfKeyIsRotated() {
    // Given
    List<String> before = admin().post("/v1/keys/rotate").then().extract().path("items.kid");
    // When
    List<String> after =
        admin().post("/v1/keys/rotate").then().statusCode(200).extract().path("items.kid");
    // Then
    assertThat(after).isNotEmpty().hasSameSizeAs(before).doesNotContainAnyElementsOf(before);
  }

  @Test
  void anotherOrganizationsKeyIsNotThere() throws Exception {
    // Given
    String kid = kid(issued(BatchId.at(Instant.now()), 2)).replaceFirst(".*#", "");
    // When, then
    given()
        .header("X-API-Key", ACME_ADMIN_KEY)
        .contentType("application/json")
        .body("{\"reason\": \"not mine\"}")
        .post("/v1/keys/" + kid + "/revoke")
        .then()
        .statusCode(404)
        .body("type", equalTo("urn:credmill:problem:not-found"));
    given()
        .header("X-API-Key", ACME_ADMIN_KEY)
        .get("/v1/keys")
        .then()
        .body("items.kid", not(hasItem(kid)));
  }

  @Test
  void onlyTheOrganizationsAdminsMayDoThat() {
    given().get("/v1/keys").then().statusCode(401);
    given().header("X-API-Key", ACME_ISSUER_KEY).get("/v1/keys").then().statusCode(403);
    given()
        .header("X-API-Key", ACME_ISSUER_KEY)
        .post("/v1/keys/rotate")
        .then()
        .statusCode(403)
        .body("type", equalTo("urn:credmill:problem:forbidden"));
  }

  @Test
  void whatCannotBeUnderstoodIsTold() throws Exception {
    admin()
        .contentType("application/json")
        .body("{\"algorithm\": \"RSA\"}")
        .post("/v1/keys/rotate")
        .then()
        .statusCode(400)
        .body("detail", containsString("P-256"));
    admin().body("{").post("/v1/keys/rotate").then().statusCode(400);
    String id = kid(issued(BatchId.at(Instant.now()), 2));
    revoke(id, " ").statusCode(400);
    revoke("did:web:x#unknown", "lost").statusCode(404);
  }

  private static RequestSpecification admin() {
    return given().header("X-API-Key", GLOBEX_ADMIN_KEY);
  }

  private static io.restassured.response.ValidatableResponse revoke(String id, String reason) {
    return admin()
        .contentType("application/json")
        .body("{\"reason\": \"%s\"}".formatted(reason))
        .post("/v1/keys/" + id.substring(id.indexOf('#') + 1) + "/revoke")
        .then();
  }

  private static io.restassured.response.ValidatableResponse page(Issued credential) {
    return given().accept("text/html").get("/c/" + credential.linkToken()).then();
  }

  private String kid(Issued credential) throws Exception {
    return JWSObject.parse(store.byToken(credential.linkToken()).orElseThrow().jwt())
        .getHeader()
        .getKeyID();
  }

  private String statusList(Issued credential) throws Exception {
    String jwt = store.byToken(credential.linkToken()).orElseThrow().jwt();
    JsonNode status =
        MAPPER.readTree(JWSObject.parse(jwt).getPayload().toString()).path("credentialStatus");
    return (status.isArray() ? status.get(0) : status).path("statusListCredential").asText();
  }

  private static String published(String list) {
    return given().get(URI.create(list).getPath()).then().statusCode(200).extract().asString();
  }

  private Issued issued(BatchId batch, int row) {
    return (Issued) answer(batch, row);
  }

  private CredentialOutcome answer(BatchId batch, int row) {
    return issuance
        .answer(
            List.of(
                new CredentialRequested(
                    new RowId(batch, row),
                    1,
                    GLOBEX.id(),
                    MEMBERSHIP.id(),
                    null,
                    10,
                    FROM,
                    Instant.parse("2099-01-01T00:00:00Z"),
                    "{\"fullName\":\"Ada\"}",
                    null)))
        .getFirst();
  }
}
