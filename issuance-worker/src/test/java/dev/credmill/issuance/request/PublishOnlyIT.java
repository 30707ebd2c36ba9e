package dev.credmill.issuance.request;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import dev.credmill.backing.BackingTestResource;
import dev.credmill.contracts.id.BatchId;
import dev.credmill.issuance.RegistryTestResource;
import dev.credmill.issuance.credential.CredentialIdentities;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.smallrye.common.annotation.Identifier;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@TestProfile(PublishOnlyIT.PublishOnly.class)
@WithTestResource(BackingTestResource.class)
@WithTestResource(RegistryTestResource.class)
class PublishOnlyIT {
  @Inject Batches batches;
  @Inject CredentialIdentities identities;

  @Inject
  @Identifier("default-kafka-broker")
  Map<String, Object> broker;

  public static class PublishOnly implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of("issuance.roles", "publish", "issuance.vc-api", "false");
    }
  }

  @Test
  void aPublishingProcessIsHealthyButConsumesAndSignsNothing() throws Exception {
    // When
    given().get("/q/health").then().statusCode(200);
    given().get("/orgs/acme/did.json").then().statusCode(404);
    // Then
    assertThat(Thread.getAllStackTraces().keySet())
        .extracting(Thread::getName)
        .noneMatch(name -> name.startsWith("issuance-worker.credential-requested"));
    try (Admin admin = Admin.create(broker)) {
      assertThat(admin.listConsumerGroups().all().get())
          .noneMatch(group -> group.groupId().equals("issuance-worker"));
    }
  }

  @Test
  void aPublishingProcessTellsWalletsAndSignsNothingForThem() {
    given().get("/.well-known/openid-credential-issuer/orgs/acme").then().statusCode(200);
    given().post("/orgs/acme/nonce").then().statusCode(200);
    given().post("/orgs/acme/credential").then().statusCode(503).header("Retry-After", "5");
    given()
        .accept("application/jwt")
        .get("/.well-known/openid-credential-issuer/orgs/acme")
        .then()
        .statusCode(503);
  }

  @Test
  void aPublishingProcessMakesNoKeysAndSaysWhoDoes() {
    given()
        .header("X-API-Key", RegistryTestResource.ACME_ADMIN_KEY)
        .post("/v1/keys/rotate")
        .then()
        .statusCode(503)
        .body("detail", containsString("issuance.roles"));
    given()
        .header("X-API-Key", RegistryTestResource.ACME_ADMIN_KEY)
        .get("/v1/keys")
        .then()
        .statusCode(200);
  }

  @Test
  void aPublishingProcessKnowsWhichRowACredentialIsOf() {
    // Given
    Batch batch = batches.pin(BatchId.at(Instant.now()), RegistryTestResource.ACME, 100);
    String id = identities.of(batch.secretVersion(), batch.number(), 17).credentialId();
    // Then
    given()
        .header("Authorization", "Bearer a-token-for-these-tests")
        .get("/internal/credentials/" + id)
        .then()
        .statusCode(200)
        .body("batchId", equalTo(batch.id().toString()))
        .body("row", equalTo(17));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/credentials/issue", "/credentials/verify", "/presentations/verify"})
  void nothingOfTheVcApiIsThereUnlessItIsSwitchedOn(String path) {
    given()
        .header("X-API-Key", RegistryTestResource.ACME_ISSUER_KEY)
        .contentType("application/json")
        .body("{}")
        .post(path)
        .then()
        .statusCode(404);
    given()
        .contentType("application/json")
        .body("{}")
        .post(path)
        .then()
        .statusCode(404)
        .contentType("application/problem+json");
  }
}
