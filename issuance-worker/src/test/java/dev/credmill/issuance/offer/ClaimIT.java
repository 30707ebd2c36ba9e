package dev.credmill.issuance.offer;

import static dev.credmill.issuance.RegistryTestResource.DEGREE;
import static dev.credmill.issuance.offer.OfferIT.assertInvalid;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jwt.SignedJWT;
import dev.credmill.backing.BackingTestResource;
import dev.credmill.contracts.event.ClaimAccess;
import dev.credmill.contracts.event.ClaimStatus;
import dev.credmill.contracts.event.CredentialChanged;
import dev.credmill.contracts.event.CredentialOutcome.Issued;
import dev.credmill.contracts.event.Events;
import dev.credmill.contracts.id.RowId;
import dev.credmill.issuance.RegistryTestResource;
import dev.credmill.issuance.page.Issuing;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.smallrye.common.annotation.Identifier;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** A wallet takes the whole way, and every wrong turn of it. */
@QuarkusTest
@WithTestResource(BackingTestResource.class)
@WithTestResource(RegistryTestResource.class)
class ClaimIT {
  private static final Instant FROM = Instant.parse("2026-06-01T10:00:00Z");
  private static final Instant UNTIL = Instant.parse("2099-06-01T23:59:59Z");
  private static final String CLAIMS = "{\"fullName\":\"Zoë Ångström\",\"course\":\"First aid\"}";
  private static final String SD_JWT = "degree-1.sd-jwt";
  @Inject Issuing issuing;
  @Inject OffersOfTests stored;

  @Inject
  @Identifier("default-kafka-broker")
  Map<String, Object> broker;

  private final Wallet wallet = new Wallet();

  @Test
  void aWalletFindsItsWayFromTheOfferToASdJwtVcOfItsOwn() throws Exception {
    // Given
    String uri = Wallet.offer(issue().claimToken()).getString("offerUri");
    JsonPath offer = read(uri);
    String issuer = offer.getString("credential_issuer");
    JsonPath metadata = read(wellKnown("openid-credential-issuer", issuer));
    JsonPath server = read(wellKnown("oauth-authorization-server", issuer));
    String configuration = offer.getString("credential_configuration_ids[0]");
    // When
    String token =
        given()
            .contentType("application/x-www-form-urlencoded")
            .formParam("grant_type", Wallet.GRANT)
            .formParam(
                "pre-authorized_code",
                offer.getString("grants['" + Wallet.GRANT + "']['pre-authorized_code']"))
            .post(Wallet.path(server.getString("token_endpoint")))
            .path("access_token");
    String nonce = given().post(Wallet.path(metadata.getString("nonce_endpoint"))).path("c_nonce");
    Response answer =
        given()
            .header("Authorization", "Bearer " + token)
            .contentType("application/json")
            .body(Wallet.request(configuration, wallet.proof(nonce)))
            .post(Wallet.path(metadata.getString("credential_endpoint")));
    // Then
    answer
        .then()
        .statusCode(200)
        .contentType("application/json")
        .header("Cache-Control", "no-store")
        .header("Access-Control-Allow-Origin", "*")
        .body("credentials", hasSize(1))
        .body("$", not(hasKey("credential")))
        .body("$", not(hasKey("c_nonce")));
    String credential = answer.path("credentials[0].credential");
    assertThat(credential).endsWith("~");
    SignedJWT jwt = SignedJWT.parse(credential.substring(0, credential.indexOf('~')));
    assertThat(jwt.getHeader().getType().getType()).isEqualTo("dc+sd-jwt");
    assertThat(jwt.getHeader().getAlgorithm()).isEqualTo(JWSAlgorithm.ES256);
    assertThat(jwt.verify(new ECDSAVerifier(issuerKey()))).isTrue();
    assertThat(jwt.getJWTClaimsSet().getClaim("vct"))
        .isEqualTo("https://issuer.example/vct/degree-1");
    assertThat(holder(credential)).isEqualTo(wallet.key.toPublicJWK().getRequiredParams());
  }

  @Test
  void everyFormThatWasOfferedCanBeTaken() throws Exception {
    // Given
    Issued issued = issue();
    String token = Wallet.accessToken(Wallet.offer(issued.claimToken(), "all"));
    // When
    String jwt = claim(token, "degree-1.jwt").path("credentials[0].credential");
    Map<String, Object> rdfc =
        claim(token, "degree-1.eddsa-rdfc-2022").path("credentials[0].credential");
    Map<String, Object> jcs =
        claim(token, "degree-1.eddsa-jcs-2022").path("credentials[0].credential");
    // Then
    Map<String, Object> payload = SignedJWT.parse(jwt).getPayload().toJSONObject();
    for (Map<String, Object> one : List.of(payload, rdfc, jcs)) {
      JsonPath read =
          JsonPath.from(new com.fasterxml.jackson.databind.ObjectMapper().writeValueAsString(one));
      assertThat(read.getString("id")).isNotEqualTo(issued.credentialId());
      assertThat(read.getString("credentialSubject.id")).startsWith("did:jwk:");
      assertThat(read.getString("credentialSubject.fullName")).isEqualTo("Zoë Ångström");
    }
    assertThat(cryptosuite(rdfc)).isEqualTo("eddsa-rdfc-2022");
    assertThat(cryptosuite(jcs)).isEqualTo("eddsa-jcs-2022");
  }

  @Test
  void aWalletMayAskForSeveralKeysAtOnceButNotForMoreThanTheMetadataSays() {
    // Given
    String token = token();
    String nonce = Wallet.nonce();
    // When
    Response two =
        Wallet.credential(
            token, Wallet.request(SD_JWT, wallet.proof(nonce), new Wallet().proof(nonce)));
    // Then
    two.then().statusCode(200).body("credentials", hasSize(2));
    assertThat(holder(two.path("credentials[0].credential")))
        .isNotEqualTo(holder(two.path("credentials[1].credential")));
    String again = Wallet.nonce();
    String[] five = new String[5];
    for (int i = 0; i < five.length; i++) {
      five[i] = new Wallet().proof(again);
    }
    assertInvalid(
        Wallet.credential(token, Wallet.request(SD_JWT, five)), "invalid_credential_request");
  }

  @Test
  void theSingularProofOfTheDraftsIsTaken() {
    // Given
    Map<String, Object> request =
        Map.of(
            "credential_configuration_id",
            SD_JWT,
            "proof",
            Map.of("proof_type", "jwt", "jwt", wallet.proof(Wallet.nonce())));
    // Then
    Wallet.credential(token(), request).then().statusCode(200).body("credentials", hasSize(1));
  }

  @Test
  void aReplayedNonceIsRefused() {
    // Given
    String token = token();
    String nonce = Wallet.nonce();
    Wallet.credential(token, Wallet.request(SD_JWT, wallet.proof(nonce))).then().statusCode(200);
    // Then
    assertInvalid(
        Wallet.credential(token, Wallet.request(SD_JWT, wallet.proof(nonce))), "invalid_nonce");
  }

  @Test
  void aProofForAnotherAudienceOrByAnotherAlgorithmIsRefused() {
    // Given
    String token = token();
    // Then
    assertInvalid(
        Wallet.credential(
            token,
            Wallet.request(
                SD_JWT,
                wallet.proof(
                    Wallet.nonce(),
                    h -> h,
                    c -> c.audience("https://issuer.example/orgs/globex")))),
        "invalid_proof");
    assertInvalid(
        Wallet.credential(token, Wallet.request(SD_JWT, "eyJhbGciOiJub25lIn0.e30.")),
        "invalid_proof");
  }

  @Test
  void whatWasNotOfferedIsNotGiven() {
    // Given
    String token = token();
    String proof = wallet.proof(Wallet.nonce());
    // Then
    for (String other : List.of("degree-1.jwt", "diploma-1.jwt", "nothing", "")) {
      assertInvalid(
          Wallet.credential(token, Wallet.request(other, proof)),
          other.isEmpty() ? "invalid_credential_request" : "unknown_credential_configuration");
    }
    assertInvalid(
        Wallet.credential(
            token, Map.of("credential_identifier", "degree-1.sd-jwt:credential", "proofs", proof)),
        "unknown_credential_identifier");
    assertInvalid(
        Wallet.credential(
            token,
            Map.of(
                "credential_identifier",
                "x",
                "credential_configuration_id",
                SD_JWT,
                "proofs",
                Map.of("jwt", List.of(proof)))),
        "invalid_credential_request");
  }

  @Test
  void anIdentifierThatWasGivenOutCanBeAskedBy() {
    // Given
    JsonPath offer = Wallet.offer(issue().claimToken());
    Response granted =
        Wallet.token(
            Map.of(
                "grant_type",
                Wallet.GRANT,
                "pre-authorized_code",
                Wallet.code(offer),
                "authorization_details",
                "[{\"type\":\"openid_credential\",\"credential_configuration_id\":\"degree-1.sd-jwt\"}]"));
    // When
    Map<String, Object> request =
        Map.of(
            "credential_identifier",
            granted.path("authorization_details[0].credential_identifiers[0]"),
            "proofs",
            Map.of("jwt", List.of(wallet.proof(Wallet.nonce()))));
    // Then
    Wallet.credential(granted.path("access_token"), request).then().statusCode(200);
  }

  @Test
  void aMalformedRequestIsToldWhatIsWrong() {
    // Given
    String token = token();
    // Then
    assertInvalid(Wallet.credential(token, "not json"), "invalid_credential_request");
    assertInvalid(Wallet.credential(token, "[]"), "invalid_credential_request");
    assertInvalid(Wallet.credential(token, "{\"a\":1,\"a\":2}"), "invalid_credential_request");
    assertInvalid(
        Wallet.credential(token, "{\"a\":\"" + "x".repeat(300_000) + "\"}"),
        "invalid_credential_request");
    assertInvalid(
        Wallet.credential(token, Map.of("credential_configuration_id", SD_JWT)), "invalid_proof");
    assertInvalid(Wallet.credential(token, Wallet.request(SD_JWT)), "invalid_proof");
    assertInvalid(
        Wallet.credential(
            token,
            Map.of("credential_configuration_id", SD_JWT, "proofs", Map.of("di_vp", List.of("x")))),
        "invalid_proof");
    assertInvalid(
        Wallet.credential(
            token,
            Map.of(
                "credential_configuration_id",
                SD_JWT,
                "credential_response_encryption",
                Map.of("enc", "A256GCM"))),
        "invalid_encryption_parameters");
  }

  @Test
  void withoutAGoodTokenNothingIsGiven() {
    // Given
    Map<String, Object> request = Wallet.request(SD_JWT, wallet.proof(Wallet.nonce()));
    String token = token();
    // Then
    given()
        .contentType("application/json")
        .body(request)
        .post("/orgs/acme/credential")
        .then()
        .statusCode(401)
        .header("WWW-Authenticate", equalTo("Bearer"));
    Wallet.credential("made-up", request)
        .then()
        .statusCode(401)
        .header("WWW-Authenticate", containsString("error=\"invalid_token\""))
        .body("error", equalTo("invalid_token"));
    given()
        .header("Authorization", "Bearer " + token)
        .contentType("application/json")
        .body(request)
        .post("/orgs/globex/credential")
        .then()
        .statusCode(401);
  }

  @Test
  void whatIsRevokedBetweenTokenAndCredentialIsDenied() {
    // Given
    Issued issued = issue();
    String token = Wallet.accessToken(Wallet.offer(issued.claimToken()));
    // When
    stored.revoke(issued);
    // Then
    assertInvalid(
        Wallet.credential(token, Wallet.request(SD_JWT, wallet.proof(Wallet.nonce()))),
        "credential_request_denied");
  }

  @Test
  void theRowHearsThatItIsOfferedAndClaimed() {
    // Given
    Issued issued = issue();
    try (KafkaConsumer<String, byte[]> changes = changes()) {
      // When
      JsonPath offer = Wallet.offer(issued.claimToken());
      awaitClaims(changes, issued.row(), ClaimStatus.OFFERED);
      claim(Wallet.accessToken(offer), SD_JWT);
      // Then
      awaitClaims(changes, issued.row(), ClaimStatus.OFFERED, ClaimStatus.CLAIMED);
      // An offer that nobody takes takes nothing back.
      JsonPath second = Wallet.offer(issued.claimToken());
      stored.expire(second);
      claim(Wallet.accessToken(Wallet.offer(issued.claimToken())), SD_JWT);
      awaitClaims(
          changes, issued.row(), ClaimStatus.OFFERED, ClaimStatus.CLAIMED, ClaimStatus.CLAIMED);
    }
  }

  @Test
  void theRowHearsThatAnOfferLapsed() {
    // Given
    Issued issued = issue();
    try (KafkaConsumer<String, byte[]> changes = changes()) {
      JsonPath offer = Wallet.offer(issued.claimToken());
      awaitClaims(changes, issued.row(), ClaimStatus.OFFERED);
      // When
      stored.expire(offer);
      // Then
      awaitClaims(changes, issued.row(), ClaimStatus.OFFERED, ClaimStatus.EXPIRED);
    }
  }

  @Test
  void aWalletThatKeptNothingSaysSoAndMayBeAskedAgain() {
    // Given
    Issued issued = issue();
    try (KafkaConsumer<String, byte[]> changes = changes()) {
      String token = Wallet.accessToken(Wallet.offer(issued.claimToken()));
      String id = claim(token, SD_JWT).path("notification_id");
      // When
      notification(token, id, "credential_failure").then().statusCode(204);
      notification(token, id, "credential_failure").then().statusCode(204);
      // Then
      Awaitility.await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> claims(changes, issued.row()).contains(ClaimStatus.EXPIRED));
      claim(Wallet.accessToken(Wallet.offer(issued.claimToken())), SD_JWT);
    }
  }

  @Test
  void aNotificationIsOfTheTokenThatItCameWith() {
    // Given
    String token = token();
    String id = claim(token, SD_JWT).path("notification_id");
    // Then
    notification(token, id, "credential_accepted")
        .then()
        .statusCode(204)
        .header("Access-Control-Allow-Origin", "*");
    assertInvalid(notification(token, "made-up", "credential_accepted"), "invalid_notification_id");
    assertInvalid(notification(token(), id, "credential_accepted"), "invalid_notification_id");
    assertInvalid(notification(token, id, "credential_eaten"), "invalid_notification_request");
    notification("made-up", id, "credential_accepted").then().statusCode(401);
  }

  private Issued issue() {
    return issuing.issue(DEGREE, FROM, UNTIL, CLAIMS, ClaimAccess.LINK);
  }

  private String token() {
    return Wallet.accessToken(Wallet.offer(issue().claimToken()));
  }

  private Response claim(String token, String configuration) {
    return Wallet.credential(token, Wallet.request(configuration, wallet.proof(Wallet.nonce())))
        .then()
        .statusCode(200)
        .extract()
        .response();
  }

  private static Response notification(String token, String id, String event) {
    return given()
        .header("Authorization", "Bearer " + token)
        .contentType("application/json")
        .body(Map.of("notification_id", id, "event", event))
        .post("/orgs/acme/notification");
  }

  private static JsonPath read(String address) {
    return given().get(Wallet.path(address)).then().statusCode(200).extract().jsonPath();
  }

  /** Between host and path. */
  private static String wellKnown(String name, String issuer) {
    return issuer.replace("issuer.example/", "issuer.example/.well-known/" + name + "/");
  }

  private static Object holder(String sdJwt) {
    try {
      Map<String, Object> cnf =
          SignedJWT.parse(sdJwt.substring(0, sdJwt.indexOf('~')))
              .getJWTClaimsSet()
              .getJSONObjectClaim("cnf");
      return cnf.get("jwk");
    } catch (java.text.ParseException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String cryptosuite(Map<String, Object> credential) {
    return (String) ((Map<?, ?>) credential.get("proof")).get("cryptosuite");
  }

  private static ECKey issuerKey() throws java.text.ParseException {
    List<Map<String, Object>> keys =
        given().get("/orgs/acme/did.json").jsonPath().getList("verificationMethod.publicKeyJwk");
    for (Map<String, Object> key : keys) {
      if (key != null && "EC".equals(key.get("kty"))) {
        return ECKey.parse(key);
      }
    }
    throw new IllegalStateException("the issuer has no P-256 key");
  }

  private KafkaConsumer<String, byte[]> changes() {
    Map<String, Object> settings = new HashMap<>(broker);
    settings.put("group.id", "test-" + UUID.randomUUID());
    settings.put("auto.offset.reset", "earliest");
    KafkaConsumer<String, byte[]> consumer =
        new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer());
    List<TopicPartition> partitions =
        consumer.partitionsFor(CredentialChanged.TOPIC).stream()
            .map(p -> new TopicPartition(p.topic(), p.partition()))
            .toList();
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
    return consumer;
  }

  private final List<CredentialChanged> seen = new ArrayList<>();

  private List<ClaimStatus> claims(KafkaConsumer<String, byte[]> changes, RowId row) {
    seen.addAll(Events.read(changes.poll(Duration.ofMillis(100)), CredentialChanged.class));
    return seen.stream()
        .filter(change -> change.row().equals(row))
        .map(change -> ((CredentialChanged.ClaimChanged) change).claim())
        .toList();
  }

  private void awaitClaims(
      KafkaConsumer<String, byte[]> changes, RowId row, ClaimStatus... expected) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() -> assertThat(claims(changes, row)).containsExactly(expected));
  }
}
