package dev.credmill.registry.apikey;

import static dev.credmill.registry.Calls.acmeAdmin;
import static dev.credmill.registry.Calls.acmeIssuer;
import static dev.credmill.registry.Calls.by;
import static dev.credmill.registry.Calls.fresh;
import static dev.credmill.registry.Calls.globexAdmin;
import static dev.credmill.registry.Calls.platformAdmin;
import static dev.credmill.registry.Calls.service;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import dev.credmill.backing.BackingTestResource;
import dev.credmill.contracts.access.ApiKeys;
import dev.credmill.contracts.registry.Registry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(BackingTestResource.class)
class ApiKeyIT {
  @Inject ApiKeys keys;
  @Inject Registry registry;

  @Test
  void theRegistryAnswersForKeysItselfAndTheClientOfTheOthersStaysInjectable() {
    assertThat(keys).isInstanceOf(StoredApiKeys.class);
    assertThat(registry).isNotInstanceOf(StoredApiKeys.class);
  }

  @Test
  void aNewKeyWorksIsShownOnceAndIsStoredAsItsHash() {
    // When
    JsonPath made =
        acmeAdmin()
            .body(Map.of("name", "registrar", "role", "issuer"))
            .post("/v1/api-keys")
            .then()
            .statusCode(201)
            .header("Cache-Control", containsString("no-store"))
            .body("organization", equalTo("acme"))
            .body("hash", nullValue())
            .extract()
            .jsonPath();
    // Then
    String key = made.getString("key");
    assertThat(key).startsWith("cm_").hasSizeGreaterThanOrEqualTo(40);
    by(key).get("/v1/credential-definitions").then().statusCode(200);
    acmeAdmin()
        .get("/v1/api-keys?limit=200")
        .then()
        .statusCode(200)
        .body(containsString(made.getString("id")))
        .body(not(containsString(key)))
        .body(not(containsString(ApiKeys.hash(key))));
    service()
        .get("/internal/api-keys/" + ApiKeys.hash(key))
        .then()
        .statusCode(200)
        .body("keyId", equalTo(made.getString("id")))
        .body("organization", equalTo("acme"))
        .body("role", equalTo("issuer"));
  }

  @Test
  void aRevokedKeyOpensNothing() {
    // Given
    JsonPath made = newIssuerKey();
    // When
    acmeAdmin().delete("/v1/api-keys/" + made.getString("id")).then().statusCode(204);
    // Then
    by(made.getString("key"))
        .get("/v1/credential-definitions")
        .then()
        .statusCode(401)
        .contentType("application/problem+json");
    service()
        .get("/internal/api-keys/" + ApiKeys.hash(made.getString("key")))
        .then()
        .statusCode(404);
    acmeAdmin().delete("/v1/api-keys/" + made.getString("id")).then().statusCode(204);
  }

  @Test
  void anotherOrganizationsKeyIsNotThere() {
    // Given
    JsonPath made = newIssuerKey();
    // Then
    globexAdmin().delete("/v1/api-keys/" + made.getString("id")).then().statusCode(404);
    by(made.getString("key")).get("/v1/schemas").then().statusCode(200);
    globexAdmin()
        .get("/v1/api-keys?limit=200")
        .then()
        .body(not(containsString(made.getString("id"))));
  }

  @Test
  void anIssuerMakesAndSeesNoKeys() {
    acmeIssuer()
        .body(Map.of("name", "x", "role", "issuer"))
        .post("/v1/api-keys")
        .then()
        .statusCode(403)
        .contentType("application/problem+json");
    acmeIssuer().get("/v1/api-keys").then().statusCode(403);
  }

  @Test
  void anOrganizationsAdminStaysWithinTheOrganization() {
    acmeAdmin()
        .body(Map.of("name", "x", "role", "platform-admin"))
        .post("/v1/api-keys")
        .then()
        .statusCode(403);
    acmeAdmin()
        .body(Map.of("name", "x", "role", "issuer", "organization", "globex"))
        .post("/v1/api-keys")
        .then()
        .statusCode(403);
  }

  @Test
  void aPlatformAdminMakesTheFirstAdminKeyOfAnOrganizationAndNoSecond() {
    // Given
    String organization = fresh("org");
    platformAdmin()
        .body(Map.of("id", organization, "name", "New"))
        .post("/v1/organizations")
        .then()
        .statusCode(201)
        .body("did", equalTo("did:web:localhost%3A8080:orgs:" + organization));
    Map<String, String> wanted =
        Map.of("name", "first", "role", "org-admin", "organization", organization);
    // When
    JsonPath first =
        platformAdmin()
            .body(wanted)
            .post("/v1/api-keys")
            .then()
            .statusCode(201)
            .extract()
            .jsonPath();
    // Then
    platformAdmin().body(wanted).post("/v1/api-keys").then().statusCode(409);
    by(first.getString("key"))
        .body(Map.of("name", "second", "role", "org-admin"))
        .post("/v1/api-keys")
        .then()
        .statusCode(201)
        .body("organization", equalTo(organization));
    platformAdmin()
        .get("/v1/api-keys?organization=" + organization)
        .then()
        .statusCode(200)
        .body("items.size()", equalTo(2));
  }

  @Test
  void aPlatformAdminHasNoCatalogue() {
    platformAdmin().get("/v1/credential-definitions").then().statusCode(403);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"role\": \"issuer\"}",
        "{\"name\": \"\", \"role\": \"issuer\"}",
        "{\"name\": \"x\"}",
        "{\"name\": \"x\", \"role\": \"king\"}",
        "{\"name\": \"x\\u0000\", \"role\": \"issuer\"}",
        "{\"name\": \"x\", \"role\": \"issuer\", \"hash\": \"mine\"}",
        "{",
        "[]",
        ""
      })
  void aBodyThatIsNotWhatTheCallTakesSaysSo(String body) {
    acmeAdmin()
        .body(body)
        .post("/v1/api-keys")
        .then()
        .statusCode(400)
        .contentType("application/problem+json");
  }

  @Test
  void withoutAKeyOrWithAnUnknownOneNothingIsShown() {
    given()
        .get("/v1/schemas")
        .then()
        .statusCode(401)
        .contentType("application/problem+json")
        .body("type", equalTo("urn:credmill:problem:unauthenticated"));
    by("cm_unknown").get("/v1/schemas").then().statusCode(401);
    given().get("/internal/api-keys/" + ApiKeys.hash("acme-admin-key")).then().statusCode(401);
    acmeAdmin().get("/internal/organizations/acme").then().statusCode(401);
  }

  private static JsonPath newIssuerKey() {
    return acmeAdmin()
        .body(Map.of("name", "short-lived", "role", "issuer"))
        .post("/v1/api-keys")
        .then()
        .statusCode(201)
        .extract()
        .jsonPath();
  }
}
