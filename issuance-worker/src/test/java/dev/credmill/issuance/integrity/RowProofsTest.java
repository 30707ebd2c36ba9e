package dev.credmill.issuance.integrity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.apicatalog.multibase.Multibase;
import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.credmill.contracts.problem.ProblemException;
import dev.credmill.contracts.registry.CredentialDefinition;
import dev.credmill.contracts.registry.DefinitionContext;
import dev.credmill.issuance.RegistryTestResource;
import dev.credmill.issuance.credential.CredentialTemplate;
import dev.credmill.issuance.securing.SecuringForTests;
import dev.credmill.issuance.securing.SigningKey;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RowProofsTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Instant FROM = Instant.parse("2026-11-23T10:00:00Z");
  private static final CredentialDefinition DEFINITION = RegistryTestResource.PROVED;
  private final SecuringForTests securing = new SecuringForTests();
  private final SigningKey key = securing.keyOf(RegistryTestResource.ACME);
  private final DataIntegrity integrity = new DataIntegrity(RowProofsTest::ourContext);
  private final CredentialTemplate template =
      new CredentialTemplate(RegistryTestResource.ACME, DEFINITION, FROM);
  private final CredentialTemplate.Example example = template.example();

  static List<CredentialDefinition> forms() {
    return List.of(
        DEFINITION,
        RegistryTestResource.DIPLOMA,
        RegistryTestResource.MEMBERSHIP,
        RegistryTestResource.BADGE);
  }

  @ParameterizedTest
  @MethodSource("forms")
  void theFastWayToCanonicalRdfIsTheGeneralWay(CredentialDefinition form) throws Exception {
    // Given
    CredentialTemplate.Example example =
        new CredentialTemplate(RegistryTestResource.ACME, form, FROM).example();
    ObjectNode model = (ObjectNode) JSON.readTree(example.json());
    RdfTemplate fast =
        RdfTemplate.of(
                model,
                example.gaps().stream().map(JsonPointer::compile).toList(),
                integrity.canonical(Cryptosuite.EDDSA_RDFC_2022, model))
            .orElseThrow();
    Random random = new Random(20261123);
    for (int i = 0; i < 500; i++) {
      // When
      ObjectNode credential = another(example, model, random);
      // Then
      assertThat(fast.hash(credential))
          .as(credential.toString())
          .isEqualTo(integrity.hashOfRdf(credential));
    }
  }

  @Test
  void aRowsProofsAreThoseOfItsWholeCredential() throws Exception {
    // Given
    RowProofs proofs = new ProofForms(integrity).of(DEFINITION, template, key, FROM);
    ObjectNode credential =
        another(example, (ObjectNode) JSON.readTree(example.json()), new Random(7));
    // When
    List<RowProofs.RowProof> made =
        proofs.of(JSON.writeValueAsBytes(credential), securing.bouncyCastle());
    // Then
    assertThat(made)
        .hasSize(2)
        .allSatisfy(
            proof ->
                assertThat(Multibase.BASE_58_BTC.encode(proof.signature()))
                    .isEqualTo(
                        integrity
                            .proof(
                                credential,
                                Cryptosuite.of(proof.format().text()).orElseThrow(),
                                key,
                                securing.bouncyCastle(),
                                FROM)
                            .get("proofValue")
                            .asText()));
  }

  @Test
  void aDefinitionWithoutSuitesCostsNothing() {
    assertThat(new ProofForms(integrity).of(RegistryTestResource.DIPLOMA, template, key, FROM))
        .isSameAs(RowProofs.NONE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "null",
        "[]",
        "[1,2]",
        "{}",
        "1.5",
        "9007199254740992",
        "1e3",
        "12345678901234567890"
      })
  void aClaimThatRdfCannotCarryExactlyIsRefused(String value) throws Exception {
    // Given
    RowProofs proofs = new ProofForms(integrity).of(DEFINITION, template, key, FROM);
    String credential =
        new String(example.json(), StandardCharsets.UTF_8).replace("\"gap of grade\"", value);
    // Then
    assertThatThrownBy(
            () -> proofs.of(credential.getBytes(StandardCharsets.UTF_8), securing.bouncyCastle()))
        .isInstanceOf(ProblemException.class)
        .hasMessageNotContaining("gap");
  }

  /** Another credential of the same form. */
  private static ObjectNode another(
      CredentialTemplate.Example example, ObjectNode model, Random random) {
    ObjectNode credential = model.deepCopy();
    RandomJson texts = new RandomJson(random);
    for (String gap : example.gaps()) {
      int slash = gap.lastIndexOf('/');
      ObjectNode parent =
          (ObjectNode) (slash == 0 ? credential : credential.at(gap.substring(0, slash)));
      String name = gap.substring(slash + 1);
      switch (name) {
        case "id" -> parent.put(name, "urn:uuid:" + new UUID(random.nextLong(), random.nextLong()));
        case "statusListIndex" -> parent.put(name, "" + random.nextInt(131_072));
        case "statusListCredential" ->
            parent.put(name, "https://issuer.example/status-lists/" + random.nextInt(1_000));
        case "fullName" -> {
          String fullName = texts.text() + "x";
          parent.put(name, fullName);
          if (parent.has("identifier")) {
            ((ObjectNode) parent.at("/identifier/0")).put("identityHash", fullName);
          }
        }
        case "validUntil" -> {
          if (random.nextBoolean()) {
            parent.remove(name);
          } else {
            parent.put(name, "20%02d-01-01T00:00:00Z".formatted(random.nextInt(100)));
          }
        }
        default -> {
          if (random.nextInt(6) == 0) {
            parent.remove(name);
          } else {
            parent.set(name, value(texts, random));
          }
        }
      }
    }
    return credential;
  }

  private static JsonNode value(RandomJson texts, Random random) {
    JsonNodeFactory json = JsonNodeFactory.instance;
    return switch (random.nextInt(5)) {
      case 0 -> json.numberNode(random.nextInt());
      case 1 -> json.numberNode(random.nextLong(1L << 53) * (random.nextBoolean() ? 1 : -1));
      case 2 -> json.booleanNode(random.nextBoolean());
      default -> json.textNode(texts.text());
    };
  }

  private static Optional<String> ourContext(String url) {
    return forms().stream()
        .map(form -> DefinitionContext.of(form, RegistryTestResource.ACME.publicUrl()))
        .filter(context -> context.url().equals(url))
        .map(context -> context.json().toString())
        .findFirst();
  }
}
