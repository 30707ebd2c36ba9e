package dev.credmill.issuance.verify;

import static dev.credmill.issuance.RegistryTestResource.DIPLOMA;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.oneOf;

import dev.credmill.backing.BackingTestResource;
import dev.credmill.certificate.Attachment;
import dev.credmill.certificate.BuiltInTemplate;
import dev.credmill.issuance.RegistryTestResource;
import dev.credmill.issuance.credential.CredentialStore;
import dev.credmill.issuance.credential.StoredCredential;
import dev.credmill.issuance.page.Issuing;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Files and forms that anybody sends: what carries a credential is verified by it. */
@QuarkusTest
@WithTestResource(BackingTestResource.class)
@WithTestResource(RegistryTestResource.class)
class VerifyFilesIT {
  private static final Instant FROM = Instant.parse("2026-01-01T00:00:00Z");
  private static final Instant UNTIL = Instant.parse("2098-01-01T00:00:00Z");
  private static final String CLAIMS = "{\"fullName\":\"Ada Lovelace\",\"course\":\"Analysis\"}";
  @Inject Issuing issuing;
  @Inject CredentialStore credentials;

  @Test
  void thePdfOfACertificateIsVerifiedHoweverItIsSentAndWhateverItIsCalled() {
    // Given
    byte[] pdf = given().get("/c/" + issued().linkToken() + ".pdf").then().extract().asByteArray();
    // Then
    for (String type : List.of("application/pdf", "application/octet-stream", "text/plain")) {
      given()
          .contentType(type)
          .body(pdf)
          .post("/v1/verify")
          .then()
          .statusCode(200)
          .body("verdict", equalTo("VERIFIED"))
          .body("credential.credentialSubject.fullName", equalTo("Ada Lovelace"));
    }
    given()
        .multiPart("file", "picture.jpeg", pdf, "image/jpeg")
        .post("/v1/verify")
        .then()
        .statusCode(200)
        .body("verdict", equalTo("VERIFIED"));
  }

  @Test
  void aFormTakesWhateverCanBeVerifiedOneAtATime() {
    // Given
    StoredCredential record = issued();
    String link = "https://issuer.example/c/" + record.linkToken();
    // Then
    for (Map.Entry<String, String> part :
        Map.of("credential", record.jwt(), "link", link, "file", record.jwt()).entrySet()) {
      given()
          .multiPart(part.getKey(), part.getValue())
          .multiPart("empty", "")
          .post("/v1/verify")
          .then()
          .statusCode(200)
          .body("verdict", equalTo("VERIFIED"));
    }
    given()
        .multiPart("credential", record.jwt())
        .multiPart("link", link)
        .post("/v1/verify")
        .then()
        .statusCode(400)
        .body("detail", containsString("one thing at a time"));
    given().multiPart("link", record.jwt()).post("/v1/verify").then().statusCode(400);
    given().multiPart("other", record.jwt()).post("/v1/verify").then().statusCode(400);
    given().multiPart("credential", "").post("/v1/verify").then().statusCode(400);
    given()
        .header("Content-Type", "multipart/form-data")
        .body("no boundary".getBytes(StandardCharsets.UTF_8))
        .post("/v1/verify")
        .then()
        .statusCode(400)
        .contentType("application/problem+json");
  }

  @Test
  void aForgedCredentialInAPdfIsNotValid() {
    // Given
    String[] parts = issued().jwt().split("\\.", -1);
    String forged =
        Base64.getUrlEncoder().withoutPadding().encodeToString("{\"issuer\":1}".getBytes());
    byte[] pdf =
        BuiltInTemplate.PLAIN
            .template()
            .fill(Map.of())
            .pdf(
                "Forged",
                new Attachment(
                    Attachment.CREDENTIAL,
                    "application/vc+jwt",
                    "",
                    (parts[0] + "." + forged + "." + parts[2]).getBytes(StandardCharsets.UTF_8)));
    // Then
    given()
        .contentType("application/pdf")
        .body(pdf)
        .post("/v1/verify")
        .then()
        .statusCode(200)
        .body("verdict", equalTo("INVALID"))
        .body("credential", nullValue());
  }

  @Test
  void aPdfThatIsNoneOrCarriesNothingIsToldAsThat() {
    given()
        .contentType("application/pdf")
        .body(BuiltInTemplate.PLAIN.template().fill(Map.of()).pdf("Plain"))
        .post("/v1/verify")
        .then()
        .statusCode(400)
        .contentType("application/problem+json")
        .body("detail", containsString("carries no credential.jwt"));
    given()
        .contentType("application/pdf")
        .body("%PDF-1.7 and nothing else".getBytes(StandardCharsets.UTF_8))
        .post("/v1/verify")
        .then()
        .statusCode(422)
        .contentType("application/problem+json")
        .body("type", equalTo("urn:credmill:problem:file-malformed"));
    given()
        .contentType("application/pdf")
        .body(new byte[9 * 1024 * 1024])
        .post("/v1/verify")
        .then()
        .statusCode(413);
  }

  @Test
  void whateverIsDoneToAPdfItIsNeverOurFault() {
    // Given
    byte[] pdf = given().get("/c/" + issued().linkToken() + ".pdf").then().extract().asByteArray();
    Random random = new Random(25);
    for (int i = 0; i < 200; i++) {
      byte[] mutated = Arrays.copyOf(pdf, i % 3 == 0 ? random.nextInt(pdf.length) : pdf.length);
      for (int changes = random.nextInt(1, 30); changes > 0 && mutated.length > 0; changes--) {
        mutated[random.nextInt(mutated.length)] = (byte) random.nextInt();
      }
      // Then
      given()
          .contentType("application/pdf")
          .body(mutated)
          .post("/v1/verify")
          .then()
          .statusCode(oneOf(200, 400, 422));
    }
  }

  private StoredCredential issued() {
    return credentials.byToken(issuing.issue(DIPLOMA, FROM, UNTIL, CLAIMS)).orElseThrow();
  }
}
