package dev.credmill.issuance.request;

import static dev.credmill.issuance.RegistryTestResource.ACME;
import static dev.credmill.issuance.RegistryTestResource.GLOBEX;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.credmill.backing.BackingTestResource;
import dev.credmill.contracts.credential.CredentialLookupClient;
import dev.credmill.contracts.credential.CredentialRow;
import dev.credmill.contracts.id.BatchId;
import dev.credmill.contracts.registry.Organization;
import dev.credmill.issuance.RegistryTestResource;
import dev.credmill.issuance.credential.CredentialIdentities;
import io.quarkus.rest.client.reactive.QuarkusRestClientBuilder;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The other services' client, and callers who are none, against the real thing. */
@QuarkusTest
@WithTestResource(BackingTestResource.class)
@WithTestResource(RegistryTestResource.class)
class CredentialLookupIT {
  private static final String TOKEN = "Bearer a-token-for-these-tests";
  @Inject Batches batches;
  @Inject CredentialIdentities identities;

  @Test
  void anIdLeadsToItsRowAndItsOrganization() {
    // Given
    Batch ofAcme = batch(ACME);
    Batch ofGlobex = batch(GLOBEX);
    CredentialLookupClient client =
        QuarkusRestClientBuilder.newBuilder()
            .baseUri(URI.create("http://localhost:" + RestAssured.port))
            .build(CredentialLookupClient.class);
    // Then
    assertThat(client.row(credential(ofAcme, 17)))
        .isEqualTo(new CredentialRow(ofAcme.id(), 17, ACME.id()));
    assertThat(client.row(credential(ofGlobex, 2)))
        .isEqualTo(new CredentialRow(ofGlobex.id(), 2, GLOBEX.id()));
  }

  @Test
  void theAnswerSaysNothingElse() {
    // Given
    Batch batch = batch(ACME);
    // When
    Response answer = lookUp(credential(batch, 17));
    // Then
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.jsonPath().getMap(""))
        .containsOnly(
            Map.entry("batchId", batch.id().toString()),
            Map.entry("row", 17),
            Map.entry("organization", "acme"));
  }

  @Test
  void aForgedIdLeadsNowhere() {
    // Given
    String id = credential(batch(ACME), 2);
    char last = id.charAt(id.length() - 1);
    String forged = id.substring(0, id.length() - 1) + (last == '0' ? '1' : '0');
    // Then
    assertThat(lookUp(forged).statusCode()).isEqualTo(404);
  }

  @Test
  void anIdOfABatchThatIsNotHereLeadsNowhere() {
    // Given
    Batch batch = batch(ACME);
    String id = identities.of(batch.secretVersion(), batch.number() + 1_000_000, 2).credentialId();
    // Then
    assertThat(lookUp(id).statusCode()).isEqualTo(404);
  }

  @Test
  void anIdIsTakenInNoOtherForm() {
    // Given
    String id = credential(batch(ACME), 2);
    // Then
    assertThat(lookUp(id.substring("urn:uuid:".length())).statusCode()).isEqualTo(404);
    assertThat(lookUp("URN:UUID:" + id.substring("urn:uuid:".length())).statusCode())
        .isEqualTo(404);
    assertThat(lookUp(id + "0").statusCode()).isEqualTo(404);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "urn:uuid:00000000-0000-8000-8000-000000000000",
        "urn:uuid:0f3c2b1a-9d8e-4c7b-a6f5-e4d3c2b1a098",
        "%00",
        "17"
      })
  void whatIsNoIdIs404(String id) {
    given()
        .header("Authorization", TOKEN)
        .urlEncodingEnabled(false)
        .get("/internal/credentials/" + id)
        .then()
        .statusCode(404)
        .contentType("application/problem+json");
  }

  @Test
  void onlyServicesMayAsk() {
    // Given
    String path = "/internal/credentials/" + credential(batch(ACME), 2);
    // Then
    given().get(path).then().statusCode(401);
    given().header("Authorization", TOKEN + "x").get(path).then().statusCode(401);
    given().header("X-API-Key", "acme-admin-key").get(path).then().statusCode(401);
  }

  private static Response lookUp(String id) {
    return given().header("Authorization", TOKEN).get("/internal/credentials/{id}", id);
  }

  private Batch batch(Organization organization) {
    return batches.pin(BatchId.at(Instant.now()), organization, 100);
  }

  private String credential(Batch batch, int row) {
    return identities.of(batch.secretVersion(), batch.number(), row).credentialId();
  }
}
