package dev.credmill.issuance.vcapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.credmill.contracts.id.OrganizationId;
import dev.credmill.contracts.problem.Problem;
import dev.credmill.contracts.problem.ProblemException;
import dev.credmill.contracts.problem.ProblemType;
import dev.credmill.contracts.registry.Organization;
import dev.credmill.contracts.registry.Registry;
import dev.credmill.contracts.registry.StatusPurpose;
import dev.credmill.issuance.integrity.Cryptosuite;
import dev.credmill.issuance.integrity.DataIntegrity;
import dev.credmill.issuance.integrity.Expectation;
import dev.credmill.issuance.integrity.ProofException;
import dev.credmill.issuance.integrity.ProofOptions;
import dev.credmill.issuance.integrity.ProofVerdict;
import dev.credmill.issuance.integrity.VerificationMethod;
import dev.credmill.issuance.securing.KeyAlgorithm;
import dev.credmill.issuance.securing.Signers;
import dev.credmill.issuance.securing.SigningKey;
import dev.credmill.issuance.securing.SigningKeys;
import dev.credmill.issuance.verify.Check;
import dev.credmill.issuance.verify.Submission;
import dev.credmill.issuance.verify.Verdict;
import dev.credmill.issuance.verify.Verification;
import dev.credmill.issuance.verify.Verifier;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Signs and verifies what callers bring, for those who test with W3C's VC API. What is signed this
 * way is no row of a batch: nothing of it is kept but its status, where it is to have one, and it
 * has no page or message.
 */
@ApplicationScoped
class VcApi {
  private static final int MOST_CREDENTIALS = 20;
  private final Registry registry;
  private final SigningKeys keys;
  private final Signers signers;
  private final DataIntegrity integrity;
  private final Verifier verifier;
  private final StatusOfIssued statuses;
  private final Clock clock;

  VcApi(
      Registry registry,
      SigningKeys keys,
      Signers signers,
      DataIntegrity integrity,
      Verifier verifier,
      StatusOfIssued statuses,
      Clock clock) {
    this.registry = registry;
    this.keys = keys;
    this.signers = signers;
    this.integrity = integrity;
    this.verifier = verifier;
    this.statuses = statuses;
    this.clock = clock;
  }

  /**
   * Signs a credential of the organization, which may call itself by its did:web or, where it has
   * to be found without the network, by its key.
   *
   * @param purposes of the status entries that it is given; empty for none
   * @throws ProblemException naming all that keeps it from being a credential of the organization
   */
  ObjectNode issue(
      OrganizationId caller, ObjectNode brought, Cryptosuite suite, Set<StatusPurpose> purposes) {
    mustConform(DataModel.faultsOfCredential(brought));
    Organization organization = organization(caller);
    SigningKey key = keys.current(organization, KeyAlgorithm.ED25519);
    ProofOptions options =
        ProofOptions.ofIssuer(
            suite,
            verificationMethod(key, issuer(brought)),
            clock.instant().truncatedTo(ChronoUnit.SECONDS));
    ObjectNode credential = withStatus(organization, brought, purposes);
    try {
      // Whoever signs their own words may bring contexts of their own.
      ObjectNode proof = integrity.proof(credential, options, key, signers.ofThisThread(), true);
      ObjectNode secured = credential.deepCopy();
      JsonNode before = credential.path("proof");
      if (before.isMissingNode()) {
        secured.set("proof", proof);
      } else {
        ArrayNode proofs = secured.arrayNode();
        if (before.isArray()) {
          proofs.addAll((ArrayNode) before);
        } else {
          proofs.add(before);
        }
        secured.set("proof", proofs.add(proof));
      }
      return secured;
    } catch (ProofException e) {
      throw ProblemType.INVALID_BODY.because(e.detail());
    }
  }

  private ObjectNode withStatus(
      Organization organization, ObjectNode brought, Set<StatusPurpose> purposes) {
    if (purposes.isEmpty()) {
      return brought;
    }
    if (brought.has("credentialStatus") || brought.has("proof")) {
      throw ProblemType.INVALID_BODY.because(
          "What has a credentialStatus, or a proof that covers it, is given no other");
    }
    ArrayNode entries = statuses.entries(organization, purposes);
    return brought
        .deepCopy()
        .set("credentialStatus", entries.size() == 1 ? entries.get(0) : entries);
  }

  /** Sets or clears the status of a credential that was issued here. */
  void changeStatus(OrganizationId caller, ObjectNode entry, boolean set) {
    statuses.change(organization(caller), entry, set);
  }

  private Organization organization(OrganizationId caller) {
    return registry
        .organization(caller)
        .orElseThrow(() -> ProblemType.NOT_FOUND.because("There is no such organization"));
  }

  private static String verificationMethod(SigningKey key, String issuer) {
    String didKey = VerificationMethod.didKey(key);
    if (issuer.equals(didKey)) {
      return VerificationMethod.urlOfDidKey(didKey);
    }
    if (issuer.equals(key.did())) {
      return key.multikeyUrl();
    }
    throw ProblemType.INVALID_BODY.because(
        "issuer is %s, or %s; nothing is signed in another's name".formatted(key.did(), didKey));
  }

  /** A credential with its proof, or in an envelope. */
  Verified verify(JsonNode credential) {
    if (credential instanceof ObjectNode object) {
      List<String> faults =
          object.has("proof")
              ? DataModel.faultsOfCredential(object)
              : DataModel.faultsOfEnvelope(object);
      if (!faults.isEmpty()) {
        return Verified.of(List.of(), faults);
      }
    }
    Verification found = verifier.verify(Submission.of(credential));
    return Verified.of(
        found.checks(), found.verdict() == Verdict.VERIFIED ? List.of() : List.of(found.meaning()));
  }

  /**
   * A presentation and all credentials in it.
   *
   * @param domain whom it was made for; null to take any
   * @param challenge what it must answer; null to take any
   */
  Verified verifyPresentation(ObjectNode presentation, String domain, String challenge) {
    List<String> faults = new ArrayList<>(DataModel.faultsOfPresentation(presentation));
    List<Check> checks = new ArrayList<>();
    if (!faults.isEmpty()) {
      return Verified.of(checks, faults);
    }
    Expectation expected =
        Expectation.ofPresentation(clock.instant(), domain, challenge).withInlineContexts();
    for (ProofVerdict verdict :
        integrity.verify(
            presentation,
            VerificationMethod::ofDidKey,
            presentation.has("holder") ? expected : expected.ofAnyKey())) {
      if (verdict instanceof ProofVerdict.Fails(_, String detail)) {
        faults.add(detail);
      }
    }
    JsonNode credentials = presentation.path("verifiableCredential");
    List<JsonNode> all = new ArrayList<>();
    if (credentials.isArray()) {
      credentials.forEach(all::add);
    } else if (credentials.isObject()) {
      all.add(credentials);
    }
    if (all.size() > MOST_CREDENTIALS) {
      throw ProblemType.INVALID_BODY.because(
          "A presentation has at most %d credentials here".formatted(MOST_CREDENTIALS));
    }
    for (JsonNode credential : all) {
      Verified one = verify(credential);
      checks.addAll(one.checks());
      one.problemDetails().stream().map(Problem::detail).forEach(faults::add);
    }
    return Verified.of(checks, faults);
  }

  private static String issuer(ObjectNode credential) {
    JsonNode issuer = credential.path("issuer");
    return issuer.isObject() ? issuer.path("id").asText() : issuer.asText();
  }

  private static void mustConform(List<String> faults) {
    if (!faults.isEmpty()) {
      throw new ProblemException(
          Problem.of(
              ProblemType.INVALID_BODY,
              "It is none as Verifiable Credentials Data Model 2.0 has it",
              faults.stream().map(fault -> new Problem.Fault(null, "vcdm", fault)).toList()));
    }
  }
}
