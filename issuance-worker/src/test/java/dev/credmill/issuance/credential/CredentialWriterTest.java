package dev.credmill.issuance.credential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nimbusds.jose.JWSObject;
import dev.credmill.contracts.problem.ProblemException;
import dev.credmill.contracts.registry.CredentialDefinition;
import dev.credmill.contracts.registry.Organization;
import dev.credmill.issuance.RegistryTestResource;
import dev.credmill.issuance.securing.CompactJws;
import dev.credmill.issuance.securing.JwsVerifier;
import dev.credmill.issuance.securing.SecuringForTests;
import dev.credmill.issuance.securing.Signer;
import dev.credmill.issuance.securing.SigningKey;
import java.nio.charset.StandardCharsets;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CredentialWriterTest {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();
  private static final Organization ACME = RegistryTestResource.ACME;
  private static final Instant FROM = Instant.parse("2026-11-22T10:00:00.123Z");
  private static final Instant UNTIL = Instant.parse("2028-11-22T23:59:59Z");
  private static final String LIST = "https://issuer.example/status-lists/l1";
  private static final String OTHER_LIST = "https://issuer.example/status-lists/l2";
  private final SecuringForTests securing = new SecuringForTests();
  private final SigningKey key = securing.keyOf(ACME);
  private final CredentialIdentities identities =
      new CredentialIdentities(
          new CredentialIds(securing.secrets),
          new LinkTokens(securing.secrets),
          new ClaimCodes(securing.secrets));
  private final CredentialWriter writer = new CredentialWriter(identities, securing.corretto());

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"fullName\":\"Ada Lovelace\",\"course\":\"Analysis\",\"credits\":30}",
        "{}",
        " {\n\t\"fullName\" : \"Ada\" } ",
        "{\"fullName\":\"quotes \\\" and \\\\ and }} and \\u0000 \\u001f\"}",
        "{\"fullName\":\"\\ud83c\\udf93 🎓 Łukasz 李 \u2028 </script>\"}",
        "{\"fullName\":\"\\\"},\\\"issuer\\\":\\\"did:web:evil.example\\\",\\\"x\\\":{\\\"\"}",
        "{\"course\":[1,{\"a\":[true,null,-1.5e10]},\"\"],\"grade\":null}"
      })
  void theCredentialIsTheOneThatAJsonTreeGives(String claims) throws Exception {
    // When
    CredentialWriter.Secured secured = write(RegistryTestResource.DIPLOMA, claims, UNTIL);
    // Then
    assertThat(MAPPER.readTree(secured.payload()))
        .isEqualTo(expected(RegistryTestResource.DIPLOMA, claims, UNTIL, secured.identity()));
  }

  @Test
  void aCredentialWithoutEndAndWithoutCertificateHasNeither() throws Exception {
    // Given
    String claims = "{\"fullName\":\"Ada\"}";
    // When
    CredentialWriter.Secured secured = write(RegistryTestResource.MEMBERSHIP, claims, null);
    // Then
    assertThat(MAPPER.readTree(secured.payload()))
        .isEqualTo(expected(RegistryTestResource.MEMBERSHIP, claims, null, secured.identity()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "\"text\"",
        "{",
        "{\"fullName\":\"a\"",
        "{\"fullName\":\"a\"}}",
        "{\"fullName\":\"a\"},\"issuer\":{}",
        "{\"fullName\":\"a\"}{}",
        "{\"fullName\":\"a\",}",
        "{fullName:\"a\"}",
        "{\"fullName\":NaN}",
        "{\"fullName\":\"line\nbreak\"}",
        "{\"fullName\":\"\\ud800\"}",
        "{\"fullName\":\"\ud800\"}",
        "{\"fullName\":\"\\x\"}",
        "{\"fullName\":{\"@id\":\"x\"}}",
        "{\"fullName\":{\"a\":1,\"a\":2}}",
        "{\"fullName\":\"a\",\"fullName\":\"b\"}",
        "{\"unknown\":\"a\"}",
        "{\"id\":\"did:web:evil.example\"}",
        "{\"Cred_URL\":\"https://evil.example\"}",
        "{\"Cred\\u005fURL\":\"https://evil.example\"}",
        "{\"@context\":\"https://evil.example\"}"
      })
  void claimsThatNoCredentialCanBeMadeOfAreRefused(String claims) {
    assertThatThrownBy(() -> write(RegistryTestResource.DIPLOMA, claims, UNTIL))
        .isInstanceOf(ProblemException.class)
        .satisfies(
            e ->
                assertThat(((ProblemException) e).problem().type())
                    .isEqualTo("urn:credmill:problem:row-not-issuable"));
  }

  @Test
  void aCredentialThatSaysNothingIsRefused() {
    assertThatThrownBy(() -> write(RegistryTestResource.MEMBERSHIP, "{}", UNTIL))
        .isInstanceOf(ProblemException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"course\":\"a\"}",
        "{\"fullName\":\" \"}",
        "{\"fullName\":7}",
        "{\"course\":{\"fullName\":\"a\"}}"
      })
  void anOpenBadgeForNobodyIsRefused(String claims) {
    assertThatThrownBy(() -> write(RegistryTestResource.BADGE, claims, UNTIL))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("whose it is");
  }

  @Test
  void claimsBeyondTheLimitAreRefused() {
    String claims = "{\"fullName\":\"" + "a".repeat(ClaimsReader.LONGEST) + "\"}";
    assertThatThrownBy(() -> write(RegistryTestResource.DIPLOMA, claims, UNTIL))
        .isInstanceOf(ProblemException.class);
  }

  @Test
  void bothProvidersSignTheSame() {
    // Given
    CredentialWriter other = new CredentialWriter(identities, securing.bouncyCastle());
    // When
    CredentialWriter.Secured one = write(RegistryTestResource.DIPLOMA, "{}", UNTIL);
    CredentialWriter.Secured two = other.write(order(RegistryTestResource.DIPLOMA, "{}", UNTIL));
    // Then
    assertThat(one.signature()).hasSize(Signer.SIGNATURE_BYTES).isEqualTo(two.signature());
  }

  @Test
  void aForeignLibraryReadsAndVerifiesTheCredential() throws Exception {
    // Given
    String jwt = jwt(write(RegistryTestResource.DIPLOMA, "{\"fullName\":\"Ada\"}", UNTIL));
    // When
    JWSObject parsed = JWSObject.parse(jwt);
    // Then
    assertThat(parsed.getHeader().getAlgorithm().getName()).isEqualTo("EdDSA");
    assertThat(parsed.getHeader().getType().getType()).isEqualTo("vc+jwt");
    assertThat(parsed.getHeader().getContentType()).isEqualTo("vc");
    assertThat(parsed.getHeader().getKeyID()).isEqualTo(ACME.did() + "#" + key.kid());
    assertThat(parsed.getHeader().toJSONObject()).containsEntry("iss", ACME.did());
    Signature jdk = Signature.getInstance("Ed25519", "SunEC");
    jdk.initVerify(publicKey(key));
    jdk.update(parsed.getSigningInput());
    assertThat(jdk.verify(parsed.getSignature().decode())).isTrue();
  }

  @Test
  void anyChangeOfACredentialIsNoticed() {
    // Given
    JwsVerifier verifier = new JwsVerifier();
    String jwt = jwt(write(RegistryTestResource.DIPLOMA, "{\"fullName\":\"Ada\"}", UNTIL));
    assertThat(verifier.verify(jwt, key)).isTrue();
    for (int at = 0; at < jwt.length() - 1; at += 7) {
      // When
      char other = jwt.charAt(at) == 'A' ? 'B' : 'A';
      String forged = jwt.substring(0, at) + other + jwt.substring(at + 1);
      // Then
      assertThat(verifier.verify(forged, key)).isFalse();
    }
    assertThat(verifier.verify(jwt, securing.keyOf(RegistryTestResource.GLOBEX))).isFalse();
    assertThat(verifier.verify("no.jws", key)).isFalse();
  }

  private CredentialWriter.Secured write(
      CredentialDefinition definition, String claims, Instant validUntil) {
    return writer.write(order(definition, claims, validUntil));
  }

  private CredentialWriter.Order order(
      CredentialDefinition definition, String claims, Instant validUntil) {
    return new CredentialWriter.Order(
        new CredentialTemplate(ACME, definition, FROM),
        key,
        key.encodedJwsHeader(),
        (short) 1,
        9,
        17,
        validUntil,
        statuses(definition),
        claims);
  }

  /** Of both purposes, or of the one that the definition has. */
  private static List<StatusEntry> statuses(CredentialDefinition definition) {
    List<StatusEntry> both =
        List.of(
            new StatusEntry(94_567, LIST.getBytes(StandardCharsets.UTF_8)),
            new StatusEntry(3, OTHER_LIST.getBytes(StandardCharsets.UTF_8)));
    return both.subList(0, definition.statusPurposes().size());
  }

  private String jwt(CredentialWriter.Secured secured) {
    return CompactJws.text(key.jwsHeader(), secured.payload(), secured.signature());
  }

  private static JsonNode expected(
      CredentialDefinition definition,
      String claims,
      Instant validUntil,
      CredentialIdentities.Identity identity)
      throws Exception {
    ObjectNode credential = MAPPER.createObjectNode();
    credential
        .putArray("@context")
        .add("https://www.w3.org/ns/credentials/v2")
        .add("https://issuer.example/contexts/" + definition.id());
    credential.put("id", identity.credentialId());
    credential.putArray("type").add("VerifiableCredential").add(definition.type());
    credential.putObject("issuer").put("id", ACME.did()).put("name", ACME.name());
    credential.put("name", definition.name()).put("description", definition.description());
    credential.put("validFrom", "2026-11-22T10:00:00Z");
    if (validUntil != null) {
      credential.put("validUntil", "2028-11-22T23:59:59Z");
    }
    credential
        .putObject("credentialSchema")
        .put("id", "https://issuer.example/schemas/" + definition.schemaId())
        .put("type", "JsonSchema");
    ObjectNode revocation = statusEntry("revocation", "94567", LIST);
    if (definition.statusPurposes().size() == 1) {
      credential.set("credentialStatus", revocation);
    } else {
      credential
          .putArray("credentialStatus")
          .add(revocation)
          .add(statusEntry("suspension", "3", OTHER_LIST));
    }
    ObjectNode subject = (ObjectNode) MAPPER.readTree(claims);
    if (definition.hasCertificate()) {
      subject.put("Cred_URL", "https://issuer.example/c/" + identity.linkToken());
    }
    credential.set("credentialSubject", subject);
    return credential;
  }

  private static ObjectNode statusEntry(String purpose, String index, String list) {
    return MAPPER
        .createObjectNode()
        .put("type", "BitstringStatusListEntry")
        .put("statusPurpose", purpose)
        .put("statusListIndex", index)
        .put("statusListCredential", list);
  }

  static PublicKey publicKey(SigningKey key) throws Exception {
    byte[] prefix = HexFormat.of().parseHex("302a300506032b6570032100");
    byte[] encoded = java.util.Arrays.copyOf(prefix, prefix.length + 32);
    System.arraycopy(key.publicKey(), 0, encoded, prefix.length, 32);
    return KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded));
  }
}
