package dev.credmill.issuance.integrity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.credmill.contracts.id.OrganizationId;
import dev.credmill.contracts.registry.Organization;
import dev.credmill.issuance.RegistryTestResource;
import dev.credmill.issuance.securing.SecuringForTests;
import dev.credmill.issuance.securing.SigningKey;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class DataIntegrityTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Instant CREATED = Instant.parse("2026-11-23T10:00:00Z");
  private static final Instant NOW = CREATED.plusSeconds(3600);
  private static final String CONTEXT = "https://issuer.example/contexts/course";
  private final SecuringForTests securing = new SecuringForTests();
  private final SigningKey key = securing.keyOf(RegistryTestResource.ACME);
  private final DataIntegrity integrity = new DataIntegrity(DataIntegrityTest::ourContext);

  @ParameterizedTest
  @EnumSource
  void aProofHolds(Cryptosuite suite) throws Exception {
    // Given
    ObjectNode secured = secured(suite);
    // When
    List<ProofVerdict> verdicts = verify(secured);
    // Then
    assertThat(verdicts)
        .singleElement()
        .isInstanceOfSatisfying(
            ProofVerdict.Holds.class,
            holds -> {
              assertThat(holds.suite()).isEqualTo(suite);
              assertThat(holds.created()).isEqualTo(CREATED);
              assertThat(holds.method().id()).isEqualTo(key.multikeyUrl());
            });
  }

  @Test
  void twoProofsStandBesideEachOther() throws Exception {
    // Given
    ObjectNode secured = credential();
    ArrayNode proofs = secured.putArray("proof");
    for (Cryptosuite suite : Cryptosuite.values()) {
      proofs.add(proof(credential(), suite));
    }
    // When
    List<ProofVerdict> verdicts = verify(secured);
    // Then
    assertThat(verdicts).hasSize(2).allMatch(ProofVerdict::holds);
  }

  @ParameterizedTest
  @EnumSource
  void aProofOfTheSameCredentialIsTheSame(Cryptosuite suite) throws Exception {
    assertThat((JsonNode) proof(credential(), suite)).isEqualTo(proof(credential(), suite));
  }

  @ParameterizedTest
  @EnumSource
  void whateverIsChangedTheProofFails(Cryptosuite suite) throws Exception {
    assertFault(suite, c -> subject(c).put("grade", "2"), ProofFault.ALTERED);
    assertFault(suite, c -> subject(c).put("credits", 31), ProofFault.ALTERED);
    assertFault(suite, c -> subject(c).remove("grade"), ProofFault.ALTERED);
    assertFault(suite, c -> subject(c).put("awardedOn", "2026-11-21"), ProofFault.ALTERED);
    assertFault(suite, c -> c.put("validUntil", "2099-01-01T00:00:00Z"), ProofFault.ALTERED);
    assertFault(
        suite,
        c -> c.put("id", "urn:uuid:00000000-0000-8000-8000-000000000001"),
        ProofFault.ALTERED);
    assertFault(suite, c -> c.remove("credentialStatus"), ProofFault.ALTERED);
    assertFault(
        suite,
        c -> ((ArrayNode) c.get("type")).add("https://evil.example/Type"),
        ProofFault.ALTERED);
    assertFault(suite, c -> proofOf(c).put("created", "2026-11-23T10:00:01Z"), ProofFault.ALTERED);
    assertFault(suite, c -> proofOf(c).put("expires", "2099-01-01T00:00:00Z"), ProofFault.ALTERED);
  }

  @ParameterizedTest
  @EnumSource
  void aMemberThatNoContextDefinesIsNeverCoveredInSilence(Cryptosuite suite) throws Exception {
    // JCS covers it, so it is a change; RDF would leave it out.
    ProofFault expected =
        switch (suite) {
          case EDDSA_RDFC_2022 -> ProofFault.DROPPED_DATA;
          case EDDSA_JCS_2022 -> ProofFault.ALTERED;
        };
    assertFault(suite, c -> subject(c).put("undefinedTerm", "x"), expected);
    assertFault(suite, c -> ((ArrayNode) c.get("type")).add("UndefinedType"), expected);
    assertFault(suite, c -> subject(c).put("id", "relative/url"), expected);
    assertFault(
        suite, c -> c.putObject("name").put("@value", "Course").put("@direction", "rtl"), expected);
    assertFault(suite, c -> c.put("@ignored", "x"), ProofFault.DROPPED_DATA);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"undefinedTerm\":\"x\"}",
        "{\"id\":\"relative\"}",
        "{\"type\":\"UndefinedType\"}",
        "{\"@future\":\"x\"}",
        "{\"name\":{\"@value\":\"x\",\"@index\":\"i\"}}",
        "{\"name\":{\"@value\":\"x\",\"@language\":\"no tag\"}}"
      })
  void noProofIsMadeOfWhatRdfWouldDrop(String subject) throws Exception {
    // Given
    ObjectNode credential = credential();
    credential.set("credentialSubject", JSON.readTree(subject));
    // Then
    assertThatThrownBy(() -> proof(credential, Cryptosuite.EDDSA_RDFC_2022))
        .isInstanceOfSatisfying(
            ProofException.class, e -> assertThat(e.fault()).isEqualTo(ProofFault.DROPPED_DATA));
  }

  @ParameterizedTest
  @EnumSource
  void aContextThatIsNotKnownIsRefusedAndNeverFetched(Cryptosuite suite) throws Exception {
    assertFault(
        suite,
        c -> ((ArrayNode) c.get("@context")).add("http://169.254.169.254/latest"),
        ProofFault.UNKNOWN_CONTEXT);
    assertFault(
        suite,
        c -> ((ArrayNode) c.get("@context")).addObject().put("grade", "https://evil.example#g"),
        ProofFault.INLINE_CONTEXT);
    assertFault(suite, c -> subject(c).putNull("@context"), ProofFault.INLINE_CONTEXT);
  }

  @Test
  void aDocumentMayBringAContextWhereTheVerifierAllowsIt() throws Exception {
    // Given
    ObjectNode credential = credential();
    ((ArrayNode) credential.get("@context")).addObject().put("extra", "https://x.example#extra");
    subject(credential).put("extra", "y");
    ProofOptions options =
        ProofOptions.ofIssuer(Cryptosuite.EDDSA_RDFC_2022, key.multikeyUrl(), CREATED);
    credential.set(
        "proof", integrity.proof(credential, options, key, securing.bouncyCastle(), true));
    // When
    List<ProofVerdict> verdicts =
        integrity.verify(
            credential, this::method, Expectation.ofCredential(NOW).withInlineContexts());
    // Then
    assertThat(verdicts).allMatch(ProofVerdict::holds);
  }

  @ParameterizedTest
  @EnumSource
  void aProofByAnotherKeyFails(Cryptosuite suite) throws Exception {
    // Given
    SigningKey other =
        securing.keyOf(
            new Organization(
                new OrganizationId("other"), "Other", "https://o.example", "did:web:o.example"));
    ObjectNode secured = credential();
    secured.set(
        "proof",
        integrity.proof(
            credential(),
            ProofOptions.ofIssuer(suite, key.multikeyUrl(), CREATED),
            other,
            securing.bouncyCastle(),
            false));
    // Then
    assertThat(faults(verify(secured))).containsExactly(ProofFault.ALTERED);
  }

  @ParameterizedTest
  @EnumSource
  void aKeyThatIsNotTheIssuersDoesNotSpeakForIt(Cryptosuite suite) throws Exception {
    // Given
    ObjectNode credential = credential();
    ((ObjectNode) credential.get("issuer")).put("id", "did:web:victim.example");
    credential.set("proof", proof(credential, suite));
    // Then
    assertThat(faults(verify(credential))).containsExactly(ProofFault.KEY_OF_ANOTHER);
    assertThat(integrity.verify(credential, this::method, Expectation.ofCredential(NOW).ofAnyKey()))
        .allMatch(ProofVerdict::holds);
  }

  @Test
  void aKeyThatIsUnknownRevokedOrForSomethingElseDoesNotCount() throws Exception {
    // Given
    ObjectNode secured = secured(Cryptosuite.EDDSA_RDFC_2022);
    Expectation expected = Expectation.ofCredential(NOW);
    VerificationMethod method = method(key.multikeyUrl()).orElseThrow();
    // Then
    assertThat(faults(integrity.verify(secured, url -> Optional.empty(), expected)))
        .containsExactly(ProofFault.UNKNOWN_KEY);
    assertThat(
            faults(
                integrity.verify(
                    secured, url -> Optional.of(with(method, Set.of(), null)), expected)))
        .containsExactly(ProofFault.KEY_NOT_AUTHORIZED);
    assertThat(
            faults(
                integrity.verify(
                    secured,
                    url -> Optional.of(with(method, method.purposes(), NOW.minusSeconds(1))),
                    expected)))
        .containsExactly(ProofFault.KEY_REVOKED);
  }

  @ParameterizedTest
  @EnumSource
  void aPresentationAnswersItsChallengeAndNoOther(Cryptosuite suite) throws Exception {
    // Given
    ObjectNode presentation = JSON.createObjectNode();
    presentation.putArray("@context").add(BundledContext.CREDENTIALS_V2.url());
    presentation.putArray("type").add("VerifiablePresentation");
    presentation.put("holder", key.did());
    presentation.putArray("verifiableCredential").add(secured(suite));
    ProofOptions options =
        new ProofOptions(
            suite,
            key.multikeyUrl(),
            ProofPurpose.AUTHENTICATION,
            CREATED,
            null,
            "verifier.example",
            "c-1");
    presentation.set(
        "proof", integrity.proof(presentation, options, key, securing.bouncyCastle(), false));
    // Then
    assertThat(verify(presentation, Expectation.ofPresentation(NOW, "verifier.example", "c-1")))
        .allMatch(ProofVerdict::holds);
    assertThat(
            faults(
                verify(presentation, Expectation.ofPresentation(NOW, "verifier.example", "c-2"))))
        .containsExactly(ProofFault.WRONG_CHALLENGE);
    assertThat(
            faults(verify(presentation, Expectation.ofPresentation(NOW, "other.example", "c-1"))))
        .containsExactly(ProofFault.WRONG_CHALLENGE);
    assertThat(faults(verify(presentation, Expectation.ofCredential(NOW))))
        .containsExactly(ProofFault.WRONG_PURPOSE);
  }

  @ParameterizedTest
  @EnumSource
  void aProofEndsWhenItSays(Cryptosuite suite) throws Exception {
    // Given
    ObjectNode secured = credential();
    ProofOptions options =
        new ProofOptions(
            suite, key.multikeyUrl(), ProofPurpose.ASSERTION_METHOD, CREATED, NOW, null, null);
    secured.set("proof", integrity.proof(secured, options, key, securing.bouncyCastle(), false));
    // Then
    assertThat(verify(secured, Expectation.ofCredential(NOW.minusSeconds(1))))
        .allMatch(ProofVerdict::holds);
    assertThat(faults(verify(secured, Expectation.ofCredential(NOW))))
        .containsExactly(ProofFault.EXPIRED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"created\":\"2026-11-23T10:00:00\"}",
        "{\"created\":\"2026-11-23\"}",
        "{\"created\":\"2026-13-23T10:00:00Z\"}",
        "{\"created\":17}",
        "{\"expires\":\"tomorrow\"}",
        "{\"type\":\"Ed25519Signature2020\"}",
        "{\"verificationMethod\":null}",
        "{\"verificationMethod\":{\"id\":\"did:x:y\"}}",
        "{\"proofValue\":null}",
        "{\"proofValue\":\"\"}",
        "{\"proofValue\":\"z\"}",
        "{\"proofValue\":\"zOIl0\"}",
        "{\"proofValue\":\"z2VWdNZ\"}",
        "{\"proofValue\":\"u4E7qLkmwzTgQjFvAm\"}",
        "{\"previousProof\":\"urn:uuid:1\"}"
      })
  void aProofThatIsNotWellFormedFails(String change) throws Exception {
    for (Cryptosuite suite : Cryptosuite.values()) {
      ObjectNode secured = secured(suite);
      proofOf(secured).setAll((ObjectNode) JSON.readTree(change));
      assertThat(faults(verify(secured))).containsExactly(ProofFault.MALFORMED);
    }
  }

  @Test
  void aSuiteThatIsNotKnownFails() throws Exception {
    assertFault(
        Cryptosuite.EDDSA_JCS_2022,
        c -> proofOf(c).put("cryptosuite", "bbs-2023"),
        ProofFault.UNKNOWN_SUITE);
    assertFault(
        Cryptosuite.EDDSA_JCS_2022,
        c -> proofOf(c).put("cryptosuite", "eddsa-rdfc-2022"),
        ProofFault.ALTERED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "[]",
        "null",
        "\"x\"",
        "{\"proof\":[]}",
        "{\"proof\":7}",
        "{\"proof\":[[]]}"
      })
  void whatHasNoProofFails(String document) throws Exception {
    assertThat(verify(JSON.readTree(document))).hasSize(1).noneMatch(ProofVerdict::holds);
  }

  @Test
  void aDocumentThatIsTooDeepFails() throws Exception {
    assertFault(
        Cryptosuite.EDDSA_JCS_2022,
        c -> {
          ObjectNode at = subject(c);
          for (int i = 0; i < 200; i++) {
            at = at.putObject("grade");
          }
        },
        ProofFault.TOO_COMPLEX);
  }

  @ParameterizedTest
  @ValueSource(strings = {"9007199254740993", "1e400", "123456789012345678901234567890"})
  void aNumberThatNotEveryReaderKeepsIsRefused(String number) throws Exception {
    for (Cryptosuite suite : Cryptosuite.values()) {
      ObjectNode credential = credential();
      JsonNode read =
          JSON.reader()
              .with(
                  com.fasterxml.jackson.databind.DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
              .readTree(number);
      subject(credential).set("credits", read);
      assertThatThrownBy(() -> proof(credential, suite))
          .isInstanceOfSatisfying(
              ProofException.class, e -> assertThat(e.fault()).isEqualTo(ProofFault.UNSAFE_DATA));
    }
  }

  @Test
  void everyBundledContextIsTheOneThatWasPinned() {
    for (BundledContext context : BundledContext.values()) {
      assertThat(context.bytes()).isNotEmpty();
    }
  }

  private void assertFault(Cryptosuite suite, Consumer<ObjectNode> change, ProofFault expected)
      throws Exception {
    ObjectNode secured = secured(suite);
    change.accept(secured);
    assertThat(faults(verify(secured))).containsExactly(expected);
  }

  private static List<ProofFault> faults(List<ProofVerdict> verdicts) {
    return verdicts.stream()
        .map(
            verdict ->
                switch (verdict) {
                  case ProofVerdict.Fails(ProofFault fault, String detail) -> fault;
                  case ProofVerdict.Holds holds -> throw new AssertionError("it holds");
                })
        .toList();
  }

  private List<ProofVerdict> verify(JsonNode secured) {
    return verify(secured, Expectation.ofCredential(NOW));
  }

  private List<ProofVerdict> verify(JsonNode secured, Expectation expected) {
    return integrity.verify(secured, this::method, expected);
  }

  private ObjectNode secured(Cryptosuite suite) throws Exception {
    ObjectNode credential = credential();
    credential.set("proof", proof(credential, suite));
    return credential;
  }

  private ObjectNode proof(ObjectNode credential, Cryptosuite suite) throws ProofException {
    return integrity.proof(credential, suite, key, securing.bouncyCastle(), CREATED);
  }

  private Optional<VerificationMethod> method(String url) {
    return url.equals(key.multikeyUrl())
        ? Optional.of(
            new VerificationMethod(
                url, key.did(), key.publicKey(), Set.of(ProofPurpose.values()), null))
        : Optional.empty();
  }

  private static VerificationMethod with(
      VerificationMethod method, Set<ProofPurpose> purposes, Instant revokedAt) {
    return new VerificationMethod(
        method.id(), method.controller(), method.publicKey(), purposes, revokedAt);
  }

  private static ObjectNode subject(ObjectNode credential) {
    return (ObjectNode) credential.get("credentialSubject");
  }

  private static ObjectNode proofOf(ObjectNode credential) {
    return (ObjectNode) credential.get("proof");
  }

  private static Optional<String> ourContext(String url) {
    return url.equals(CONTEXT)
        ? Optional.of(
            """
            {"@context": {"@version": 1.1, "@protected": true,
              "CourseCredential": "https://issuer.example/contexts/course#CourseCredential",
              "grade": {"@id": "https://issuer.example/contexts/course#grade"},
              "credits": {"@id": "https://issuer.example/contexts/course#credits"},
              "awardedOn": {"@id": "https://issuer.example/contexts/course#awardedOn",
                            "@type": "http://www.w3.org/2001/XMLSchema#date"}}}
            """)
        : Optional.empty();
  }

  private ObjectNode credential() throws JsonProcessingException {
    return (ObjectNode)
        JSON.readTree(
            """
            {"@context": ["https://www.w3.org/ns/credentials/v2", "%s"],
             "id": "urn:uuid:0b7a2c3e-1111-8222-8333-444455556666",
             "type": ["VerifiableCredential", "CourseCredential"],
             "issuer": {"id": "%s", "name": "Acme 🎓"},
             "validFrom": "2026-11-23T10:00:00Z",
             "credentialSchema": {"id": "https://issuer.example/schemas/course", "type": "JsonSchema"},
             "credentialStatus": [
               {"type": "BitstringStatusListEntry", "statusPurpose": "revocation", "statusListIndex": "7",
                "statusListCredential": "https://issuer.example/status-lists/1"},
               {"type": "BitstringStatusListEntry", "statusPurpose": "suspension", "statusListIndex": "9",
                "statusListCredential": "https://issuer.example/status-lists/2"}],
             "credentialSubject": {"grade": "1 \\" \\\\ \\n é", "credits": 30, "awardedOn": "2026-11-22"}}
            """
                .formatted(CONTEXT, key.did()));
  }
}
