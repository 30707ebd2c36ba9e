package dev.credmill.issuance.page;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;

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
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import org.junit.jupiter.api.Test;

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
  void thePageChecksTheProofs() throws Exception {
    // Given
    String token = issue();
    // When
    spoilProofs(credentials.byToken(token).orElseThrow());
    // Then
    given()
        .accept("text/html")
        .get("/c/" + token)
        .then()
        .body(containsString("<strong>Not valid</strong>"));
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
