package dev.credmill.issuance.copy;

import static dev.credmill.issuance.RegistryTestResource.ACME;
import static dev.credmill.issuance.RegistryTestResource.DIPLOMA;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.authlete.sd.Disclosure;
import com.authlete.sd.SDJWT;
import com.authlete.sd.SDObjectDecoder;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import dev.credmill.backing.BackingTestResource;
import dev.credmill.contracts.event.EventPublisher;
import dev.credmill.contracts.event.StatusAction;
import dev.credmill.contracts.event.StatusRequested;
import dev.credmill.contracts.problem.ProblemException;
import dev.credmill.issuance.RegistryTestResource;
import dev.credmill.issuance.credential.CredentialFormat;
import dev.credmill.issuance.credential.CredentialStore;
import dev.credmill.issuance.credential.StoredCredential;
import dev.credmill.issuance.page.Issuing;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.zip.InflaterInputStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(BackingTestResource.class)
@WithTestResource(RegistryTestResource.class)
class HolderCopiesIT {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();
  private static final Instant FROM = Instant.parse("2026-01-01T00:00:00Z");
  private static final Instant UNTIL = Instant.parse("2098-01-01T00:00:00Z");
  private static final String CLAIMS =
      "{\"fullName\":\"Ada Lovelace\",\"course\":\"Analysis\",\"credits\":30}";
  @Inject HolderCopies copies;
  @Inject CredentialStore credentials;
  @Inject Issuing issuing;
  @Inject EventPublisher publisher;
  private final HolderKey holder = holder();

  @Test
  void anSdJwtVcSaysWhatTheRowSaysAndIsVerifiedByForeignLibraries() throws Exception {
    // Given
    StoredCredential record = issued(UNTIL);
    // When
    SDJWT copy = SDJWT.parse(copies.issue(record, CredentialFormat.SD_JWT_VC, holder).textValue());
    // Then
    JWSObject jws = JWSObject.parse(copy.getCredentialJwt());
    assertThat(jws.getHeader().getType().getType()).isEqualTo("dc+sd-jwt");
    assertThat(jws.getHeader().getAlgorithm().getName()).isEqualTo("ES256");
    assertThat(jws.verify(new ECDSAVerifier(publishedKey(jws.getHeader().getKeyID())))).isTrue();
    Map<String, Object> plain = jws.getPayload().toJSONObject();
    assertThat(plain)
        .containsEntry("iss", ACME.did())
        .containsEntry("vct", "https://issuer.example/vct/" + DIPLOMA.id())
        .containsEntry("exp", UNTIL.getEpochSecond())
        .doesNotContainKeys("fullName", "course", "credits");
    assertThat(MAPPER.valueToTree(plain.get("cnf")).at("/jwk").toString())
        .isEqualTo(MAPPER.valueToTree(holder.members()).toString());
    Map<String, Object> disclosed = new SDObjectDecoder().decode(plain, copy.getDisclosures());
    assertThat(disclosed)
        .containsEntry("fullName", "Ada Lovelace")
        .containsEntry("Cred_URL", "https://issuer.example/c/" + record.linkToken());
    assertThat(((Number) disclosed.get("credits")).intValue()).isEqualTo(30);
    assertThat(copy.getDisclosures()).extracting(Disclosure::getSalt).doesNotHaveDuplicates();
    assertThat(copy.toString()).endsWith("~");
  }

  @Test
  void aDisclosureThatWasChangedIsOfNoUse() throws Exception {
    // Given
    SDJWT copy =
        SDJWT.parse(copies.issue(issued(UNTIL), CredentialFormat.SD_JWT_VC, holder).textValue());
    Map<String, Object> plain =
        JWSObject.parse(copy.getCredentialJwt()).getPayload().toJSONObject();
    // When
    List<Disclosure> forged = new ArrayList<>(copy.getDisclosures());
    forged.replaceAll(one -> new Disclosure(one.getSalt(), one.getClaimName(), "forged"));
    // Then
    assertThatThrownBy(() -> new SDObjectDecoder().decode(plain, forged))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aJwtCopyIsAboutTheHolderUnderItsOwnIdAndStatus() throws Exception {
    // Given
    StoredCredential record = issued(UNTIL);
    // When
    JsonNode copy = payload(copies.issue(record, CredentialFormat.VC_JWT, holder));
    // Then
    JsonNode original = MAPPER.readTree(record.json());
    assertThat(copy.at("/credentialSubject/id").asText()).startsWith("did:jwk:");
    assertThat(copy.at("/credentialSubject/fullName").asText()).isEqualTo("Ada Lovelace");
    assertThat(copy.at("/id").asText()).isNotEqualTo(original.at("/id").asText());
    assertThat(copy.at("/credentialStatus/0/statusListIndex").asText())
        .isNotEqualTo(original.at("/credentialStatus/0/statusListIndex").asText());
    assertThat(copy.at("/validFrom")).isEqualTo(original.at("/validFrom"));
    assertThat(copy.at("/@context")).isEqualTo(original.at("/@context"));
  }

  @Test
  void copiesOfOneRowThatAreClaimedAtOnceHaveEachTheirOwnStatus() throws Exception {
    // Given
    StoredCredential record = issued(UNTIL);
    // When
    Set<String> statuses = new HashSet<>();
    try (var pool = Executors.newFixedThreadPool(4)) {
      List<Future<JsonNode>> claims = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        claims.add(pool.submit(() -> copies.issue(record, CredentialFormat.SD_JWT_VC, holder())));
      }
      for (Future<JsonNode> claim : claims) {
        statuses.add(payload(claim.get()).at("/status/status_list").toString());
      }
    }
    // Then
    assertThat(statuses).hasSize(8);
  }

  @Test
  void aCopyFollowsItsRowAndARevokedRowIsNotCopied() throws Exception {
    // Given
    StoredCredential record = issued(UNTIL);
    JsonNode before = payload(copies.issue(record, CredentialFormat.SD_JWT_VC, holder));
    // When
    ask(record, 1, StatusAction.SUSPEND, "suspended");
    JsonNode during = payload(copies.issue(record, CredentialFormat.SD_JWT_VC, holder));
    // Then
    awaitTokenStatus(before, 2);
    awaitTokenStatus(during, 2);
    ask(record, 2, StatusAction.REVOKE, "revoked");
    awaitTokenStatus(before, 1);
    awaitTokenStatus(during, 1);
    assertThatThrownBy(() -> copies.issue(record, CredentialFormat.SD_JWT_VC, holder))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("revoked");
  }

  @Test
  void whatARevokedKeySignedIsNotCopiedUnderANewOne() {
    // Given
    StoredCredential record = issued(UNTIL);
    // When
    given()
        .header("X-API-Key", RegistryTestResource.ACME_ADMIN_KEY)
        .contentType("application/json")
        .body("{\"reason\": \"a backup was stolen\"}")
        .post("/v1/keys/" + record.key().kid() + "/revoke")
        .then()
        .statusCode(200);
    // Then
    StoredCredential later = credentials.byToken(record.linkToken()).orElseThrow();
    assertThatThrownBy(() -> copies.issue(later, CredentialFormat.SD_JWT_VC, holder))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("key that signed the credential was revoked");
  }

  @Test
  void whatIsOverIsNotCopied() {
    // Given
    StoredCredential record = issued(Instant.parse("2026-01-02T00:00:00Z"));
    // Then
    assertThatThrownBy(() -> copies.issue(record, CredentialFormat.SD_JWT_VC, holder))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("no longer valid");
  }

  private StoredCredential issued(Instant until) {
    return credentials.byToken(issuing.issue(DIPLOMA, FROM, until, CLAIMS)).orElseThrow();
  }

  /** Waits until the row's own entry says so: its copies' change with it. */
  private void ask(StoredCredential record, long change, StatusAction action, String word) {
    publisher.publish(List.of(new StatusRequested(record.row(), ACME.id(), change, action)));
    Awaitility.await(word)
        .atMost(Duration.ofSeconds(30))
        .until(() -> credentials.validity(record) == action.result());
  }

  private static JsonNode payload(JsonNode copy) throws Exception {
    String jwt = copy.textValue().split("~", -1)[0];
    return MAPPER.readTree(JWSObject.parse(jwt).getPayload().toString());
  }

  private static ECKey publishedKey(String kid) throws Exception {
    String jwks =
        MAPPER
            .readTree(given().get("/.well-known/jwt-vc-issuer/orgs/acme").asString())
            .get("jwks")
            .toString();
    return JWKSet.parse(jwks).getKeyByKeyId(kid).toECKey();
  }

  /** A list is signed a moment after its entries have changed. */
  private static void awaitTokenStatus(JsonNode payload, int expected) {
    Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> tokenStatus(payload) == expected);
  }

  /** As the published list has it. */
  private static int tokenStatus(JsonNode payload) throws Exception {
    JsonNode status = payload.at("/status/status_list");
    String uri = status.get("uri").asText();
    JWSObject token =
        JWSObject.parse(
            given()
                .get(uri.substring("https://issuer.example".length()))
                .then()
                .statusCode(200)
                .contentType("application/statuslist+jwt")
                .extract()
                .asString());
    assertThat(token.getHeader().getType().getType()).isEqualTo("statuslist+jwt");
    assertThat(token.verify(new ECDSAVerifier(publishedKey(token.getHeader().getKeyID()))))
        .isTrue();
    JsonNode list = MAPPER.readTree(token.getPayload().toString());
    assertThat(list.get("sub").asText()).isEqualTo(uri);
    assertThat(list.at("/status_list/bits").asInt()).isEqualTo(2);
    byte[] entries =
        new InflaterInputStream(
                new ByteArrayInputStream(
                    Base64.getUrlDecoder().decode(list.at("/status_list/lst").asText())))
            .readAllBytes();
    int index = status.get("idx").asInt();
    return entries[index / 4] >> index % 4 * 2 & 3;
  }

  private static HolderKey holder() {
    try {
      return new HolderKey(new ECKeyGenerator(Curve.P_256).generate().toPublicJWK(), null);
    } catch (com.nimbusds.jose.JOSEException e) {
      throw new IllegalStateException(e);
    }
  }
}
