package dev.credmill.issuance.verify;

import static dev.credmill.issuance.RegistryTestResource.ACME;
import static dev.credmill.issuance.RegistryTestResource.DIPLOMA;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.oneOf;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.credmill.backing.BackingTestResource;
import dev.credmill.contracts.event.EventPublisher;
import dev.credmill.contracts.event.StatusAction;
import dev.credmill.contracts.event.StatusRequested;
import dev.credmill.issuance.RegistryTestResource;
import dev.credmill.issuance.copy.HolderCopies;
import dev.credmill.issuance.copy.HolderKey;
import dev.credmill.issuance.credential.CredentialFormat;
import dev.credmill.issuance.credential.CredentialStore;
import dev.credmill.issuance.credential.StoredCredential;
import dev.credmill.issuance.page.Issuing;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(BackingTestResource.class)
@WithTestResource(RegistryTestResource.class)
class VerifyIT {
  private static final Instant FROM = Instant.parse("2026-01-01T00:00:00Z");
  private static final Instant UNTIL = Instant.parse("2098-01-01T00:00:00Z");
  private static final String CLAIMS = "{\"fullName\":\"Ada Lovelace\",\"course\":\"Analysis\"}";
  @Inject Issuing issuing;
  @Inject CredentialStore credentials;
  @Inject HolderCopies copies;
  @Inject EventPublisher publisher;

  @Test
  void whatWasIssuedHereIsVerifiedInEveryForm() throws Exception {
    // Given
    StoredCredential record = issued(FROM, UNTIL);
    String sdJwt = copy(record, CredentialFormat.SD_JWT_VC);
    String jwt = copy(record, CredentialFormat.VC_JWT);
    String proved = copies.issue(record, CredentialFormat.EDDSA_JCS_2022, holder()).toString();
    // Then
    for (String text : List.of(record.jwt(), jwt, sdJwt, proved)) {
      verify(text)
          .body("verdict", equalTo("VERIFIED"))
          .body("checks.passed", everyItem(equalTo(true)))
          .body("issuer", equalTo(ACME.did()));
    }
    given()
        .contentType("application/json")
        .body(Map.of("link", "https://anything.example/c/" + record.linkToken()))
        .post("/v1/verify")
        .then()
        .statusCode(200)
        .body("verdict", equalTo("VERIFIED"))
        .body("credential.credentialSubject.fullName", equalTo("Ada Lovelace"));
    given()
        .contentType("application/json")
        .body(
            Map.of(
                "credential",
                Map.of(
                    "type",
                    "EnvelopedVerifiableCredential",
                    "id",
                    "data:application/vc+jwt," + record.jwt())))
        .post("/v1/verify")
        .then()
        .body("verdict", equalTo("VERIFIED"));
  }

  @Test
  void whatWasChangedIsNotValidAndIsNotShown() {
    // Given
    StoredCredential record = issued(FROM, UNTIL);
    String[] parts = record.jwt().split("\\.", -1);
    String forged =
        Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(record.json().replace("Ada", "Eve").getBytes(StandardCharsets.UTF_8));
    String proved =
        copies
            .issue(record, CredentialFormat.EDDSA_JCS_2022, holder())
            .toString()
            .replace("Ada", "Eve");
    // Then
    for (String text : List.of(parts[0] + "." + forged + "." + parts[2], proved)) {
      verify(text)
          .body("verdict", equalTo("INVALID"))
          .body("credential", nullValue())
          .body("checks.find { it.question == 'Signature' }.passed", equalTo(false));
    }
  }

  @Test
  void aDisclosureThatTheIssuerDidNotSignMakesItInvalid() {
    // Given
    String sdJwt = copy(issued(FROM, UNTIL), CredentialFormat.SD_JWT_VC);
    String disclosure =
        Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString("[\"c2FsdA\",\"degree\",\"Doctor\"]".getBytes(StandardCharsets.UTF_8));
    // Then
    verify(sdJwt + disclosure + "~").body("verdict", equalTo("INVALID"));
  }

  @Test
  void whoShowsAnSdJwtIsCheckedByWhatTheVerifierHadAskedFor() throws Exception {
    // Given
    ECKey key = new ECKeyGenerator(Curve.P_256).generate();
    String sdJwt =
        copies
            .issue(
                issued(FROM, UNTIL),
                CredentialFormat.SD_JWT_VC,
                new HolderKey(key.toPublicJWK(), null))
            .textValue();
    String shown = sdJwt + bound(sdJwt, key, "n1", Instant.now());
    // Then
    shownTo("https://me.example", "n1", shown)
        .body("verdict", equalTo("VERIFIED"))
        .body("checks.find { it.question == 'Holder' }.passed", equalTo(true));
    for (ValidatableResponse refused :
        List.of(
            shownTo("https://me.example", "n2", shown),
            shownTo("https://other.example", "n1", shown),
            shownTo("https://me.example", "n1", sdJwt),
            shownTo(
                "https://me.example",
                "n1",
                sdJwt + bound(sdJwt, key, "n1", Instant.now().minusSeconds(3_600))),
            shownTo(
                "https://me.example",
                "n1",
                sdJwt
                    + bound(
                        sdJwt, new ECKeyGenerator(Curve.P_256).generate(), "n1", Instant.now())),
            shownTo(
                "https://me.example",
                "n1",
                sdJwt + bound(sdJwt.substring(0, 20), key, "n1", Instant.now())),
            shownTo("https://me.example", "n1", sdJwt + "a.b.c"))) {
      refused
          .body("verdict", equalTo("INVALID"))
          .body("credential", nullValue())
          .body("checks.find { it.question == 'Holder' }.passed", equalTo(false));
    }
    verify(shown)
        .body("verdict", equalTo("VERIFIED"))
        .body(
            "checks.find { it.question == 'Holder' }.finding",
            containsString("send nonce and aud"));
  }

  @Test
  void nonceAndAudBelongTogetherAndToAnSdJwt() {
    String jwt = issued(FROM, UNTIL).jwt();
    for (Map<String, String> body :
        List.of(
            Map.of("credential", jwt, "nonce", "n", "aud", "a"),
            Map.of("credential", jwt + "~", "nonce", "n"))) {
      given()
          .contentType("application/json")
          .body(body)
          .post("/v1/verify")
          .then()
          .statusCode(400)
          .body("detail", containsString("belong together"));
    }
  }

  private static ValidatableResponse shownTo(String aud, String nonce, String shown) {
    return given()
        .contentType("application/json")
        .body(Map.of("credential", shown, "nonce", nonce, "aud", aud))
        .post("/v1/verify")
        .then()
        .statusCode(200);
  }

  private static String bound(String sdJwt, ECKey key, String nonce, Instant at) throws Exception {
    byte[] hash =
        MessageDigest.getInstance("SHA-256").digest(sdJwt.getBytes(StandardCharsets.US_ASCII));
    SignedJWT jwt =
        new SignedJWT(
            new JWSHeader.Builder(JWSAlgorithm.ES256).type(new JOSEObjectType("kb+jwt")).build(),
            new JWTClaimsSet.Builder()
                .audience("https://me.example")
                .claim("nonce", nonce)
                .issueTime(Date.from(at))
                .claim("sd_hash", Base64.getUrlEncoder().withoutPadding().encodeToString(hash))
                .build());
    jwt.sign(new ECDSASigner(key));
    return jwt.serialize();
  }

  @Test
  void aSuspendedCredentialIsToldAsSuspendedAndARevokedOneAsRevoked() {
    // Given
    StoredCredential record = issued(FROM, UNTIL);
    String sdJwt = copy(record, CredentialFormat.SD_JWT_VC);
    String jwt = copy(record, CredentialFormat.VC_JWT);
    // Then
    for (StatusAction action : List.of(StatusAction.SUSPEND, StatusAction.REVOKE)) {
      publisher.publish(
          List.of(new StatusRequested(record.row(), ACME.id(), action.ordinal() + 1, action)));
    }
    publisher.publish(
        List.of(new StatusRequested(record.row(), ACME.id(), 9, StatusAction.REVOKE)));
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() -> verify(sdJwt).body("verdict", equalTo("REVOKED")));
    verify(jwt).body("verdict", equalTo("REVOKED"));
    verify(record.jwt()).body("verdict", equalTo("REVOKED"));
  }

  @Test
  void datesAreHeldAgainstTheClock() {
    verify(issued(FROM, Instant.parse("2026-01-02T00:00:00Z")).jwt())
        .body("verdict", equalTo("EXPIRED"));
    verify(issued(Instant.parse("2097-01-01T00:00:00Z"), UNTIL).jwt())
        .body("verdict", equalTo("NOT_YET_VALID"));
  }

  @Test
  void ofAStrangersCredentialNothingIsSaid() throws Exception {
    // Given
    JWSObject stranger =
        new JWSObject(
            new JWSHeader.Builder(JWSAlgorithm.HS256)
                .type(new JOSEObjectType("vc+jwt"))
                .keyID("did:web:elsewhere.example#k")
                .build(),
            new Payload("{\"issuer\":\"did:web:elsewhere.example\"}"));
    stranger.sign(new MACSigner(new byte[32]));
    // Then
    verify(stranger.serialize()).body("verdict", equalTo("UNKNOWN"));
  }

  @Test
  void thePublicKeyIsNoSecretThatSomebodyCouldSignWith() throws Exception {
    // Given
    StoredCredential record = issued(FROM, UNTIL);
    for (JWSAlgorithm algorithm : List.of(JWSAlgorithm.HS256)) {
      JWSObject confused =
          new JWSObject(
              new JWSHeader.Builder(algorithm)
                  .type(new JOSEObjectType("vc+jwt"))
                  .keyID(record.key().didUrl())
                  .build(),
              new Payload(record.json()));
      confused.sign(new MACSigner(record.key().publicKey()));
      // Then
      verify(confused.serialize()).body("verdict", equalTo("INVALID"));
    }
    String none =
        Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(
                "{\"alg\":\"none\",\"typ\":\"vc+jwt\",\"kid\":\"%s\"}"
                    .formatted(record.key().didUrl())
                    .getBytes(StandardCharsets.UTF_8));
    String[] parts = record.jwt().split("\\.", -1);
    verify(none + "." + parts[1] + "." + parts[2]).body("verdict", equalTo("INVALID"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "hello",
        "{}",
        "{\"a\":1,\"a\":2}",
        "{\"link\":\"hello\"}",
        "{\"credential\":{\"issuer\":\"x\"}}",
        "{\"credential\":[]}",
        "a.b.c",
        "e30.e30.e30~x~",
        "eyJjcml0IjpbImIiXX0.e30.e30",
        "{\"@context\":"
      })
  void whatIsNoCredentialIsToldAsThat(String body) {
    given()
        .contentType("application/json")
        .body(body)
        .post("/v1/verify")
        .then()
        .statusCode(oneOf(200, 400))
        .contentType(containsString("json"))
        .body(org.hamcrest.Matchers.not(org.hamcrest.Matchers.containsString("VERIFIED")));
  }

  @Test
  void timesThatAreNoneAreToldAsThat() {
    // Given
    String[] parts = copy(issued(FROM, UNTIL), CredentialFormat.SD_JWT_VC).split("\\.", -1);
    for (String time : List.of("1000000000000000000", "1e400", "\"soon\"", "[]", "1.5")) {
      String payload =
          Base64.getUrlEncoder()
              .withoutPadding()
              .encodeToString(("{\"nbf\":" + time + "}").getBytes());
      // Then
      given()
          .contentType("application/dc+sd-jwt")
          .body((parts[0] + "." + payload + ".c2ln~").getBytes(StandardCharsets.UTF_8))
          .post("/v1/verify")
          .then()
          .statusCode(400)
          .contentType("application/problem+json");
    }
  }

  @Test
  void aDisclosureThatIsNestedWithoutEndIsRefused() {
    String disclosure =
        Base64.getUrlEncoder().withoutPadding().encodeToString("[".repeat(100_000).getBytes());
    given()
        .contentType("application/dc+sd-jwt")
        .body(("e30.e30.e30~" + disclosure + "~").getBytes(StandardCharsets.UTF_8))
        .post("/v1/verify")
        .then()
        .statusCode(400);
  }

  @Test
  void whatIsDeeplyNestedOrTooLongIsRefused() {
    given()
        .contentType("application/json")
        .body("{\"credential\":" + "[".repeat(1_000) + "]".repeat(1_000) + "}")
        .post("/v1/verify")
        .then()
        .statusCode(400);
    given()
        .contentType("text/plain")
        .body("a".repeat(300 * 1024))
        .post("/v1/verify")
        .then()
        .statusCode(413);
    given()
        .contentType("application/json")
        .body(Map.of("link", "https://issuer.example/c/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"))
        .post("/v1/verify")
        .then()
        .statusCode(404);
  }

  private ValidatableResponse verify(String text) {
    String type = text.startsWith("{") ? "application/vc" : "text/plain";
    return given()
        .contentType(type)
        .body(text.getBytes(StandardCharsets.UTF_8))
        .post("/v1/verify")
        .then()
        .statusCode(200)
        .header("Access-Control-Allow-Origin", "*")
        .body("checks.question", hasItem("Issuer"));
  }

  private StoredCredential issued(Instant from, Instant until) {
    return credentials.byToken(issuing.issue(DIPLOMA, from, until, CLAIMS)).orElseThrow();
  }

  private String copy(StoredCredential record, CredentialFormat format) {
    return copies.issue(record, format, holder()).textValue();
  }

  private static HolderKey holder() {
    try {
      return new HolderKey(new ECKeyGenerator(Curve.P_256).generate().toPublicJWK(), null);
    } catch (com.nimbusds.jose.JOSEException e) {
      throw new IllegalStateException(e);
    }
  }
}
