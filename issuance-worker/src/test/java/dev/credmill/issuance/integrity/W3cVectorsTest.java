package dev.credmill.issuance.integrity;

import static org.assertj.core.api.Assertions.assertThat;

import com.apicatalog.multibase.Multibase;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.credmill.issuance.RegistryTestResource;
import dev.credmill.issuance.securing.SecuringForTests;
import dev.credmill.issuance.securing.Signer;
import dev.credmill.issuance.securing.SigningKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bouncycastle.math.ec.rfc8032.Ed25519;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The test vectors of the Recommendation, byte for byte. They are not part of this repository: run
 * with {@code -Dw3c.vectors=<folder>}, the folder TestVectors of a checkout of w3c/vc-di-eddsa (and
 * there, for the employment document, citizenship-v4rc1.json: its context).
 */
@EnabledIfSystemProperty(named = "w3c.vectors", matches = ".+")
class W3cVectorsTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Instant CREATED = Instant.parse("2023-02-24T23:36:38Z");
  private static final Path FOLDER = Path.of(System.getProperty("w3c.vectors", "."));
  private final DataIntegrity integrity = new DataIntegrity(W3cVectorsTest::context);

  @ParameterizedTest
  @CsvSource({
    "unsigned.json, eddsa-rdfc-2022, DataInt",
    "employmentAuth.json, eddsa-rdfc-2022/employ, DataInt",
    "unsigned.json, eddsa-jcs-2022, JCS"
  })
  void everyStepOfAProofIsTheOneOfTheRecommendation(String document, String folder, String suffix)
      throws Exception {
    // Given
    Cryptosuite suite = Cryptosuite.of(folder.split("/")[0]).orElseThrow();
    ObjectNode unsigned = read(document);
    Path vectors = FOLDER.resolve(folder);
    ObjectNode config = read(folder + "/proofConfig" + suffix + ".json");
    // When
    ObjectNode proof =
        integrity.proof(
            unsigned,
            ProofOptions.ofIssuer(suite, keyUrl(), CREATED),
            anyKey(),
            W3cVectorsTest::sign,
            false);
    // Then
    assertThat(integrity.canonical(suite, unsigned))
        .isEqualTo(Files.readString(vectors.resolve("canonDoc" + suffix + ".txt")));
    assertThat(integrity.canonical(suite, config))
        .isEqualTo(Files.readString(vectors.resolve("proofCanon" + suffix + ".txt")));
    assertThat(HexFormat.of().formatHex(integrity.hashOfOptions(suite, unsigned, proof)))
        .isEqualTo(Files.readString(vectors.resolve("proofHash" + suffix + ".txt")).strip());
    assertThat(proof.get("proofValue").asText())
        .isEqualTo(Files.readString(vectors.resolve("sigBTC58" + suffix + ".txt")).strip());
    assertThat((JsonNode) proof)
        .isEqualTo(read(folder + "/signed" + suffix + ".json").get("proof"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "eddsa-rdfc-2022/signedDataInt.json",
        "eddsa-rdfc-2022/employ/signedDataInt.json",
        "eddsa-jcs-2022/signedJCS.json",
        "proof-set-chain/signedProofSet1.json",
        "proof-set-chain/signedProofSet2.json"
      })
  void theSignedDocumentsOfTheRecommendationHold(String file) throws Exception {
    // When
    List<ProofVerdict> verdicts =
        integrity.verify(
            read(file),
            VerificationMethod::ofDidKey,
            Expectation.ofCredential(Instant.now()).ofAnyKey());
    // Then
    assertThat(verdicts).isNotEmpty().allMatch(ProofVerdict::holds);
  }

  @Test
  void aChainOfProofsIsNotTakenForASet() throws Exception {
    // When
    List<ProofVerdict> verdicts =
        integrity.verify(
            read("proof-set-chain/signedProofChain1.json"),
            VerificationMethod::ofDidKey,
            Expectation.ofCredential(Instant.now()).ofAnyKey());
    // Then
    assertThat(verdicts).anyMatch(verdict -> !verdict.holds());
  }

  private static void sign(SigningKey key, byte[] message, int length, byte[] signature) {
    try {
      byte[] prefixed =
          Multibase.BASE_58_BTC.decode(read("keyPair.json").get("privateKeyMultibase").asText());
      Ed25519.sign(Arrays.copyOfRange(prefixed, 2, 34), 0, message, 0, length, signature, 0);
      assertThat(signature).hasSize(Signer.SIGNATURE_BYTES);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static String keyUrl() throws IOException {
    String multibase = read("keyPair.json").get("publicKeyMultibase").asText();
    return "did:key:" + multibase + "#" + multibase;
  }

  private static SigningKey anyKey() {
    return new SecuringForTests().keyOf(RegistryTestResource.ACME);
  }

  private static Optional<String> context(String url) {
    return Optional.ofNullable(
            Map.of(
                    "https://www.w3.org/ns/credentials/examples/v2",
                    "{\"@context\":{\"@vocab\":\"https://www.w3.org/ns/credentials/examples#\"}}")
                .get(url))
        .or(
            () ->
                url.equals("https://w3id.org/citizenship/v4rc1")
                    ? Optional.of(text("citizenship-v4rc1.json"))
                    : Optional.empty());
  }

  private static String text(String file) {
    try {
      return Files.readString(FOLDER.resolve(file));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static ObjectNode read(String file) throws IOException {
    return (ObjectNode) JSON.readTree(FOLDER.resolve(file).toFile());
  }
}
