package dev.credmill.issuance.page;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.credmill.backing.BackingTestResource;
import dev.credmill.issuance.RegistryTestResource;
import dev.credmill.issuance.credential.CredentialStore;
import dev.credmill.issuance.credential.StoredCredential;
import dev.credmill.issuance.integrity.DataIntegrity;
import dev.credmill.issuance.integrity.Expectation;
import dev.credmill.issuance.integrity.ProofVerdict;
import dev.credmill.issuance.integrity.VerificationMethod;
import io.agroal.api.AgroalDataSource;
import io.quarkus.agroal.DataSource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Map;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

@QuarkusTest
@WithTestResource(BackingTestResource.class)
@WithTestResource(RegistryTestResource.class)
class ProvedCredentialIT {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Instant FROM = Instant.parse("2026-06-01T10:00:00.123Z");
  private static final Instant UNTIL = Instant.parse("2099-06-01T23:59:59Z");
  @Inject Issuing issuing;
  @Inject CredentialStore credentials;
  @Inject DataIntegrity integrity;

  @Inject
  @DataSource("issuance")
  AgroalDataSource database;

  @Test
  void theJsonCarriesTheProofsThatItsDefinitionAsksFor() throws Exception {
    // Given
    String token = issue();
    StoredCredential stored = credentials.byToken(token).orElseThrow();
    // When
    ObjectNode secured =
        (ObjectNode) JSON.readTree(given().get("/c/" + token + ".json").asByteArray());
    ObjectNode negotiated =
        (ObjectNode)
            JSON.readTree(given().accept("application/vc").get("/c/" + token).asByteArray());
    // Then
    assertThat((JsonNode) negotiated).isEqualTo(secured);
    assertThat(secured.get("proof"))
        .extracting(proof -> proof.get("cryptosuite").asText())
        .containsExactly("eddsa-rdfc-2022", "eddsa-jcs-2022");
    assertThat(
            integrity.verify(
                secured,
                VerificationMethod.ofKey(stored.key()),
                Expectation.ofCredential(Instant.now())))
        .hasSize(2)
        .allMatch(ProofVerdict::holds);
    secured.remove("proof");
    assertThat((JsonNode) secured).isEqualTo(JSON.readTree(stored.json()));
    given()
        .accept("text/html")
        .get("/c/" + token)
        .then()
        .body(containsString("<strong>Verified</strong>"));
  }

  @Test
  void aSpoiledProofIsFoundOutWhereTheJsonIsVerifiedAndTheRecordStillHolds() throws Exception {
    // Given
    String token = issue();
    // When
    spoilProofs(credentials.byToken(token).orElseThrow());
    // Then
    verify(token + ".json").body("verdict", equalTo("INVALID"));
    verify(token).body("verdict", equalTo("VERIFIED"));
    given()
        .contentType("application/vc")
        .body(given().get("/c/" + token + ".json").asByteArray())
        .post("/v1/verify")
        .then()
        .body("verdict", equalTo("INVALID"));
  }

  @Test
  void anOpenBadgeSpeaksOfItsAchievementAndOfWhoseItIs() throws Exception {
    // Given
    String token =
        issuing.issue(
            RegistryTestResource.BADGE, FROM, UNTIL, "{\"fullName\":\"Zoë\",\"course\":\"Care\"}");
    // When
    JsonNode badge = JSON.readTree(given().get("/c/" + token + ".json").asByteArray());
    // Then
    assertThat(badge.get("@context"))
        .extracting(JsonNode::asText)
        .containsExactly(
            "https://www.w3.org/ns/credentials/v2",
            "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
            "https://issuer.example/contexts/badge-1");
    assertThat(badge.get("type"))
        .extracting(JsonNode::asText)
        .containsExactly("VerifiableCredential", "OpenBadgeCredential", "FirstAidBadgeCredential");
    assertThat(withoutLink(badge.get("credentialSubject")))
        .isEqualTo(
            JSON.readTree(
                """
                {"type": ["AchievementSubject"],
                 "achievement": {"id": "https://issuer.example/contexts/badge-1#achievement",
                   "type": ["Achievement"], "name": "Name of badge-1", "description": "What badge-1 says.",
                   "achievementType": "Badge", "criteria": {"narrative": "Pass the *final* test"},
                   "image": {"id": "https://acme.example/badge.png", "type": "Image"}},
                 "identifier": [{"type": "IdentityObject", "hashed": false, "identityType": "name",
                   "identityHash": "Zoë"}],
                 "fullName": "Zoë", "course": "Care"}
                """));
    assertThat(badge.at("/issuer/type/0").asText()).isEqualTo("Profile");
    assertThat(
            integrity.verify(
                badge,
                VerificationMethod.ofKey(credentials.byToken(token).orElseThrow().key()),
                Expectation.ofCredential(Instant.now())))
        .allMatch(ProofVerdict::holds);
    given()
        .accept("text/html")
        .get("/c/" + token)
        .then()
        .body(containsString("<strong>Verified</strong>"))
        .body(not(containsString("AchievementSubject")));
  }

  @Test
  void thePictureOfAnOpenBadgeCarriesTheBadge() throws Exception {
    // Given
    String token = issuing.issue(RegistryTestResource.BADGE, FROM, UNTIL, "{\"fullName\":\"Zoë\"}");
    // When
    byte[] png = given().get("/c/" + token + ".png").asByteArray();
    // Then
    ImageReader reader = ImageIO.getImageReadersByFormatName("png").next();
    reader.setInput(ImageIO.createImageInputStream(new ByteArrayInputStream(png)));
    NodeList entries =
        ((Element) reader.getImageMetadata(0).getAsTree("javax_imageio_png_1.0"))
            .getElementsByTagName("iTXtEntry");
    assertThat(entries.getLength()).isOne();
    Element entry = (Element) entries.item(0);
    assertThat(entry.getAttribute("keyword")).isEqualTo("openbadgecredential");
    assertThat(entry.getAttribute("compressionFlag")).isEqualTo("FALSE");
    assertThat(JSON.readTree(entry.getAttribute("text")))
        .isEqualTo(JSON.readTree(given().get("/c/" + token + ".json").asByteArray()));
    assertThat(reader.read(0).getWidth()).isPositive();
    given()
        .multiPart("file", "badge.png", png)
        .post("/v1/verify")
        .then()
        .statusCode(200)
        .body("verdict", equalTo("VERIFIED"))
        .body("credential.credentialSubject.fullName", equalTo("Zoë"));
  }

  private static ValidatableResponse verify(String linkEnd) {
    return given()
        .contentType("application/json")
        .body(Map.of("link", "https://issuer.example/c/" + linkEnd))
        .post("/v1/verify")
        .then()
        .statusCode(200);
  }

  private static JsonNode withoutLink(JsonNode subject) {
    ObjectNode copy = subject.deepCopy();
    copy.remove("Cred_URL");
    return copy;
  }

  private String issue() {
    return issuing.issue(
        RegistryTestResource.PROVED,
        FROM,
        UNTIL,
        "{\"fullName\":\"Zoë \\\"Ångström\\\"\",\"course\":\"First\\n aid\",\"credits\":5}");
  }

  private void spoilProofs(StoredCredential credential) throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement statement =
            connection.prepareStatement(
                """
                update credential c set signature = set_byte(signature, 0, 255 - get_byte(signature, 0))
                from batch b
                where b.number = c.batch_number and b.batch_id = ? and c.format = 1
                """)) {
      statement.setObject(1, credential.row().batch().value());
      assertThat(statement.executeUpdate()).isOne();
    }
  }
}
