package dev.credmill.issuance.page;

import static dev.credmill.issuance.RegistryTestResource.ACME;
import static dev.credmill.issuance.RegistryTestResource.DIPLOMA;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.stringContainsInOrder;

import com.apicatalog.multibase.Multibase;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import dev.credmill.backing.BackingTestResource;
import dev.credmill.issuance.RegistryTestResource;
import dev.credmill.issuance.copy.HolderCopies;
import dev.credmill.issuance.copy.HolderKey;
import dev.credmill.issuance.credential.CredentialFormat;
import dev.credmill.issuance.credential.CredentialStore;
import dev.credmill.issuance.credential.StoredCredential;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.math.ec.rfc8032.Ed25519;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(BackingTestResource.class)
@WithTestResource(RegistryTestResource.class)
class VerifyPageIT {
  private static final Instant FROM = Instant.parse("2026-06-01T10:00:00Z");
  private static final Instant UNTIL = Instant.parse("2099-06-01T23:59:59Z");
  private static final String CLAIMS =
      "{\"fullName\":\"Zoë <b>Ångström</b>\",\"course\":\"First aid\",\"credits\":5}";
  @Inject Issuing issuing;
  @Inject CredentialStore credentials;
  @Inject HolderCopies copies;

  @Test
  void thePageIsAFormThatNeedsNoScriptAndLoadsNothing() {
    // When
    Response page = given().get("/verify");
    // Then
    page.then()
        .statusCode(200)
        .contentType("text/html;charset=UTF-8")
        .header("Content-Security-Policy", containsString("default-src 'none'"))
        .header("Content-Security-Policy", containsString("form-action 'self'"))
        .header("Content-Security-Policy", not(containsString("script")))
        .header("Cache-Control", "no-store")
        .body(not(containsString("<script")))
        .body(not(containsString("Not valid")));
    assertThat(Pattern.compile("(?:src|href)=").matcher(page.asString()).find()).isFalse();
    assertThat(
            Pattern.compile("<(?:input|textarea)[^>]* id=\"([^\"]*)")
                .matcher(page.asString())
                .results())
        .hasSize(3)
        .extracting(field -> "<label for=\"" + field.group(1) + "\">")
        .allMatch(page.asString()::contains);
  }

  @Test
  void whateverIsSentThePageSaysWhatTheCallSays() {
    // Given
    String token = issuing.issue(DIPLOMA, FROM, UNTIL, CLAIMS);
    StoredCredential record = credentials.byToken(token).orElseThrow();
    byte[] pdf = given().get("/c/" + token + ".pdf").asByteArray();
    String link = "https://issuer.example/c/" + token;
    List<String> findings =
        given()
            .contentType("application/json")
            .body(Map.of("link", link))
            .post("/v1/verify")
            .jsonPath()
            .getList("checks.finding");
    // Then
    assertThat(findings).hasSize(4);
    for (ValidatableResponse page :
        List.of(
            given().multiPart("file", "any.thing", pdf).post("/verify").then(),
            given().multiPart("link", link).multiPart("credential", "").post("/verify").then(),
            given().formParam("credential", record.jwt()).post("/verify").then())) {
      page.statusCode(200)
          .body(containsString("<strong>Verified</strong>"))
          .body(containsString("<dt dir=\"auto\">Full name</dt>"))
          .body(containsString("Zoë &lt;b&gt;Ångström&lt;/b&gt;"))
          .body(containsString("Acme"))
          .body(containsString(ACME.did()))
          .body(containsString("1 June 2099"))
          .body(not(containsString("<b>")))
          .body(stringContainsInOrder(findings.stream().map(VerifyPageIT::escaped).toList()));
    }
  }

  @Test
  void anSdJwtShowsWhatWasDisclosed() throws Exception {
    // Given
    StoredCredential record =
        credentials.byToken(issuing.issue(DIPLOMA, FROM, UNTIL, CLAIMS)).orElseThrow();
    String sdJwt =
        copies
            .issue(
                record,
                CredentialFormat.SD_JWT_VC,
                new HolderKey(new ECKeyGenerator(Curve.P_256).generate().toPublicJWK(), null))
            .textValue();
    // Then
    given()
        .formParam("credential", sdJwt)
        .post("/verify")
        .then()
        .statusCode(200)
        .body(containsString("<strong>Verified</strong>"))
        .body(containsString("First aid"))
        .body(not(containsString("_sd_alg")))
        .body(not(containsString("<dt dir=\"auto\">cnf")));
  }

  @Test
  void ofWhatIsNotGenuineNothingIsShown() {
    // Given
    String[] parts =
        credentials
            .byToken(issuing.issue(DIPLOMA, FROM, UNTIL, CLAIMS))
            .orElseThrow()
            .jwt()
            .split("\\.", -1);
    String forged =
        Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(
                "{\"name\":\"Forged\",\"issuer\":{\"id\":\"<i>\",\"name\":\"Acme\"}}"
                    .getBytes(StandardCharsets.UTF_8));
    // Then
    given()
        .formParam("credential", parts[0] + "." + forged + "." + parts[2])
        .post("/verify")
        .then()
        .statusCode(200)
        .body(containsString("<strong>Not valid</strong>"))
        .body(containsString("Signature: failed"))
        .body(not(containsString("Forged")))
        .body(not(containsString("What it says")))
        .body(not(containsString("<i>")));
  }

  @Test
  void aStrangerIsShownByItsKeyAndNotByTheNameThatItGivesItself() throws Exception {
    // Given
    Stranger stranger = new Stranger();
    // Then
    given()
        .formParam("credential", stranger.credentialAs("Acme"))
        .post("/verify")
        .then()
        .statusCode(200)
        .body(containsString("<strong>Verified</strong>"))
        .body(containsString(stranger.did()))
        .body(containsString("who that is, its identifier cannot say"))
        .body(not(containsString("Acme")));
  }

  @Test
  void whatIsNoCredentialIsToldOnThePage() {
    given()
        .formParam("credential", "<script>alert(1)</script>")
        .post("/verify")
        .then()
        .statusCode(400)
        .contentType("text/html;charset=UTF-8")
        .header("Content-Security-Policy", containsString("default-src 'none'"))
        .body(containsString("role=\"alert\""))
        .body(containsString("That is no credential"))
        .body(not(containsString("<script")));
    given().multiPart("file", "").post("/verify").then().statusCode(400);
    given()
        .formParam("link", "https://issuer.example/c/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")
        .post("/verify")
        .then()
        .statusCode(404)
        .body(containsString("no certificate at that link"));
    given()
        .multiPart("file", "large.pdf", new byte[9 * 1024 * 1024])
        .post("/verify")
        .then()
        .statusCode(413)
        .body(containsString("at most"));
  }

  /** Somebody with a key, who signs what he likes with eddsa-jcs-2022. */
  private static final class Stranger {
    private final Ed25519PrivateKeyParameters key =
        new Ed25519PrivateKeyParameters(new SecureRandom());
    private final String multibase = Multibase.BASE_58_BTC.encode(multikey());

    String did() {
      return "did:key:" + multibase;
    }

    String credentialAs(String name) throws Exception {
      String context = "\"@context\":[\"https://www.w3.org/ns/credentials/v2\"],";
      String rest =
          "\"credentialSubject\":{\"id\":\"urn:example:1\"},\"issuer\":{\"id\":\"%s\",\"name\":\"%s\"},\"type\":[\"VerifiableCredential\"]}"
              .formatted(did(), name);
      String document = "{" + context + rest;
      String options =
          "{%s\"cryptosuite\":\"eddsa-jcs-2022\",\"proofPurpose\":\"assertionMethod\",\"type\":\"DataIntegrityProof\",\"verificationMethod\":\"%s#%s\"}"
              .formatted(context, did(), multibase);
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      byte[] signed =
          ByteBuffer.allocate(64)
              .put(sha256.digest(options.getBytes(StandardCharsets.UTF_8)))
              .put(sha256.digest(document.getBytes(StandardCharsets.UTF_8)))
              .array();
      byte[] signature = new byte[64];
      key.sign(Ed25519.Algorithm.Ed25519, null, signed, 0, signed.length, signature, 0);
      String proof =
          options.substring(0, options.length() - 1)
              + ",\"proofValue\":\"%s\"}".formatted(Multibase.BASE_58_BTC.encode(signature));
      return document.substring(0, document.length() - 1) + ",\"proof\":" + proof + "}";
    }

    private byte[] multikey() {
      return ByteBuffer.allocate(34)
          .put((byte) 0xed)
          .put((byte) 1)
          .put(key.generatePublicKey().getEncoded())
          .array();
    }
  }

  private static String escaped(String text) {
    return text.replace("'", "&#39;");
  }
}
