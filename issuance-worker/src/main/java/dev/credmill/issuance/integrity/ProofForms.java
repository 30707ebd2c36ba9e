package dev.credmill.issuance.integrity;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.credmill.contracts.problem.ProblemType;
import dev.credmill.contracts.registry.CredentialDefinition;
import dev.credmill.issuance.credential.CredentialTemplate;
import dev.credmill.issuance.securing.KeyAlgorithm;
import dev.credmill.issuance.securing.SigningKey;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Makes, once per batch and definition, all of their proofs that does not depend on the row. */
@ApplicationScoped
public class ProofForms {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private final DataIntegrity integrity;

  ProofForms(DataIntegrity integrity) {
    this.integrity = integrity;
  }

  /**
   * What the definition asks for; nothing, at no cost, where it names no Data Integrity suite.
   *
   * @param created what every proof says of its time: the batch's validFrom
   */
  public RowProofs of(
      CredentialDefinition definition,
      CredentialTemplate template,
      SigningKey key,
      Instant created) {
    List<Cryptosuite> suites =
        definition.formats().stream().flatMap(format -> Cryptosuite.of(format).stream()).toList();
    if (suites.isEmpty()) {
      return RowProofs.NONE;
    }
    if (key.algorithm() != KeyAlgorithm.ED25519) {
      throw ProblemType.ROW_NOT_ISSUABLE.because(
          "The definition asks for a Data Integrity proof, which is made with Ed25519, but the issuer's keys are in a token that has only P-256; issue the row from a definition without Data Integrity");
    }
    CredentialTemplate.Example example = template.example();
    ObjectNode credential = read(example.json());
    try {
      List<RowProofs.SuiteForm> forms = new ArrayList<>();
      for (Cryptosuite suite : suites) {
        ObjectNode options = integrity.issuerProof(suite, key, created, credential);
        forms.add(
            new RowProofs.SuiteForm(
                suite,
                integrity.hashOfOptions(suite, credential, options),
                switch (suite) {
                  case EDDSA_RDFC_2022 -> ofRdf(credential, example.gaps());
                  case EDDSA_JCS_2022 -> integrity::hashOfJcs;
                }));
      }
      return new RowProofs(forms, key);
    } catch (ProofException e) {
      throw ProblemType.ROW_NOT_ISSUABLE.because(
          "The definition's credentials cannot be proved with Data Integrity. "
              + e.detail()
              + " Issue the row from another definition");
    }
  }

  private RowProofs.CredentialHash ofRdf(ObjectNode credential, List<String> gaps)
      throws ProofException {
    Optional<RdfTemplate> template =
        RdfTemplate.of(
            credential,
            gaps.stream().map(JsonPointer::compile).toList(),
            integrity.canonical(Cryptosuite.EDDSA_RDFC_2022, credential));
    return template.isPresent()
        ? new CheckedRdfHash(template.get(), integrity)
        : integrity::hashOfRdf;
  }

  private static ObjectNode read(byte[] json) {
    try {
      return (ObjectNode) JSON.readTree(json);
    } catch (IOException e) {
      throw new UncheckedIOException("an example is no JSON", e);
    }
  }
}
