package dev.credmill.issuance.integrity;

import com.apicatalog.multibase.Multibase;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.credmill.issuance.securing.Signer;
import dev.credmill.issuance.securing.SigningKey;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/**
 * W3C Data Integrity 1.0 with the EdDSA cryptosuites: makes proofs and checks them. It depends on
 * nothing but its arguments and the contexts that it knows.
 */
@ApplicationScoped
public class DataIntegrity {
  static final String TYPE = "DataIntegrityProof";
  private static final int MOST_PROOFS = 10;

  /** {@code dateTimeStamp} of XML Schema: never without a zone. */
  private static final Pattern TIME =
      Pattern.compile(
          "\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(\\.\\d{1,9})?(Z|[+-]\\d{2}:\\d{2})");

  private final Contexts contexts;
  private final RdfCanonicalization rdf;
  private final Canonicalization jcs = new JcsCanonicalization();

  public DataIntegrity(ContextSource ours) {
    contexts = new Contexts(ours);
    rdf = new RdfCanonicalization(contexts);
  }

  /**
   * An issuer's proof of a credential, by the key as a Multikey.
   *
   * @throws ProofException when a proof could not cover all of the credential
   */
  public ObjectNode proof(
      JsonNode credential, Cryptosuite suite, SigningKey key, Signer signer, Instant created)
      throws ProofException {
    return proof(
        credential, ProofOptions.ofIssuer(suite, key.multikeyUrl(), created), key, signer, false);
  }

  /**
   * A proof of a document. A proof that it has is not covered: it stands beside the new one in a
   * set.
   *
   * @throws ProofException when a proof could not cover all of the document
   */
  public ObjectNode proof(
      JsonNode document,
      ProofOptions options,
      SigningKey key,
      Signer signer,
      boolean inlineContexts)
      throws ProofException {
    ObjectNode unsecured = unsecured(document);
    ObjectNode proof = unsigned(options, unsecured);
    new Plausibility(contexts, inlineContexts).check(unsecured);
    if (options.suite() == Cryptosuite.EDDSA_JCS_2022) {
      // The other suite asks that by itself.
      rdf.mustBeDefined(unsecured);
    }
    byte[] hashes = hashes(options.suite(), unsecured, proof);
    byte[] signature = new byte[Signer.SIGNATURE_BYTES];
    signer.sign(key, hashes, hashes.length, signature);
    return proof.put("proofValue", proofValue(signature));
  }

  /**
   * Checks every proof of a document, in its order.
   *
   * @return at least one verdict; the document holds if all of them do
   */
  public List<ProofVerdict> verify(
      JsonNode secured, VerificationMethods methods, Expectation expected) {
    try {
      List<ObjectNode> proofs = proofs(secured);
      ObjectNode unsecured = unsecured(secured);
      new Plausibility(contexts, expected.inlineContexts()).check(secured);
      List<ProofVerdict> verdicts = new ArrayList<>(proofs.size());
      for (ObjectNode proof : proofs) {
        verdicts.add(verdict(unsecured, proof, methods, expected));
      }
      return verdicts;
    } catch (ProofException e) {
      return List.of(new ProofVerdict.Fails(e.fault(), e.detail()));
    }
  }

  /** An issuer's proof that lacks its value only. */
  ObjectNode issuerProof(Cryptosuite suite, SigningKey key, Instant created, ObjectNode unsecured) {
    return unsigned(ProofOptions.ofIssuer(suite, key.multikeyUrl(), created), unsecured);
  }

  private static ObjectNode unsigned(ProofOptions options, ObjectNode unsecured) {
    ObjectNode proof = options.json();
    if (options.suite() == Cryptosuite.EDDSA_JCS_2022 && unsecured.has("@context")) {
      proof.set("@context", unsecured.get("@context"));
    }
    return proof;
  }

  byte[] hashOfRdf(ObjectNode credential) throws ProofException {
    new Plausibility(contexts, false).check(credential);
    return sha256(rdf.canonical(credential));
  }

  byte[] hashOfJcs(ObjectNode credential) throws ProofException {
    new Plausibility(contexts, false).check(credential);
    return sha256(jcs.canonical(credential));
  }

  /** {@code z}, which is base58btc, and the signature. */
  static String proofValue(byte[] signature) {
    return Multibase.BASE_58_BTC.encode(signature);
  }

  /** The hash of the proof's options, and that of the document behind it: what is signed. */
  private byte[] hashes(Cryptosuite suite, ObjectNode unsecured, ObjectNode proof)
      throws ProofException {
    byte[] ofOptions = hashOfOptions(suite, unsecured, proof);
    byte[] ofDocument = sha256(canonicalization(suite).canonical(unsecured));
    byte[] both = new byte[ofOptions.length + ofDocument.length];
    System.arraycopy(ofOptions, 0, both, 0, ofOptions.length);
    System.arraycopy(ofDocument, 0, both, ofOptions.length, ofDocument.length);
    return both;
  }

  byte[] hashOfOptions(Cryptosuite suite, ObjectNode unsecured, ObjectNode proof)
      throws ProofException {
    ObjectNode options = proof.deepCopy();
    options.remove("proofValue");
    if (suite == Cryptosuite.EDDSA_RDFC_2022 && unsecured.has("@context")) {
      options.set("@context", unsecured.get("@context"));
    }
    return sha256(canonicalization(suite).canonical(options));
  }

  String canonical(Cryptosuite suite, ObjectNode document) throws ProofException {
    return canonicalization(suite).canonical(document);
  }

  private Canonicalization canonicalization(Cryptosuite suite) {
    return switch (suite) {
      case EDDSA_RDFC_2022 -> rdf;
      case EDDSA_JCS_2022 -> jcs;
    };
  }

  private ProofVerdict verdict(
      ObjectNode unsecured, ObjectNode proof, VerificationMethods methods, Expectation expected) {
    try {
      return holding(unsecured, proof, methods, expected);
    } catch (ProofException e) {
      return new ProofVerdict.Fails(e.fault(), e.detail());
    }
  }

  private ProofVerdict.Holds holding(
      ObjectNode unsecured, ObjectNode proof, VerificationMethods methods, Expectation expected)
      throws ProofException {
    if (!text(proof, "type").equals(TYPE)) {
      throw malformed("It is no DataIntegrityProof.");
    }
    if (proof.has("previousProof")) {
      throw malformed("Chains of proofs (previousProof) are not checked here.");
    }
    Cryptosuite suite =
        Cryptosuite.of(text(proof, "cryptosuite"))
            .orElseThrow(() -> new ProofException(ProofFault.UNKNOWN_SUITE));
    if (!text(proof, "proofPurpose").equals(expected.purpose().text())) {
      throw new ProofException(ProofFault.WRONG_PURPOSE);
    }
    Optional<Instant> created = time(proof, "created");
    Optional<Instant> expires = time(proof, "expires");
    if (expires.isPresent() && !expected.now().isBefore(expires.get())) {
      throw new ProofException(ProofFault.EXPIRED);
    }
    audience(proof, expected);
    VerificationMethod method = method(unsecured, proof, methods, expected);
    byte[] signature = signature(text(proof, "proofValue"));
    byte[] signed = hashes(suite, withContextOf(proof, unsecured), proof);
    if (!Ed25519.verify(signature, 0, method.publicKey(), 0, signed, 0, signed.length)) {
      throw new ProofException(ProofFault.ALTERED);
    }
    return new ProofVerdict.Holds(suite, method, created.orElse(null));
  }

  private static VerificationMethod method(
      ObjectNode unsecured, ObjectNode proof, VerificationMethods methods, Expectation expected)
      throws ProofException {
    String url = text(proof, "verificationMethod");
    VerificationMethod method =
        methods.find(url).orElseThrow(() -> new ProofException(ProofFault.UNKNOWN_KEY));
    if (!method.purposes().contains(expected.purpose())) {
      throw new ProofException(ProofFault.KEY_NOT_AUTHORIZED);
    }
    if (method.revokedAt() != null && !expected.now().isBefore(method.revokedAt())) {
      // Whoever has the key can write any time into a proof.
      throw new ProofException(ProofFault.KEY_REVOKED);
    }
    if (expected.ownKey() && !method.controller().equals(speaker(unsecured, expected.purpose()))) {
      throw new ProofException(ProofFault.KEY_OF_ANOTHER);
    }
    return method;
  }

  /** In whose name the document speaks. */
  private static String speaker(ObjectNode unsecured, ProofPurpose purpose) {
    JsonNode who =
        switch (purpose) {
          case ASSERTION_METHOD -> unsecured.path("issuer");
          case AUTHENTICATION -> unsecured.path("holder");
        };
    return who.isObject() ? who.path("id").asText() : who.asText();
  }

  /** A proof that has contexts was made over a document with these (vc-di-eddsa, 3.3.2). */
  private static ObjectNode withContextOf(ObjectNode proof, ObjectNode unsecured)
      throws ProofException {
    JsonNode ofProof = proof.path("@context");
    if (ofProof.isMissingNode()) {
      return unsecured;
    }
    List<JsonNode> inProof = list(ofProof);
    List<JsonNode> inDocument = list(unsecured.path("@context"));
    if (inProof.size() > inDocument.size()
        || !inDocument.subList(0, inProof.size()).equals(inProof)) {
      throw new ProofException(
          ProofFault.ALTERED, "The document's contexts are not those that were signed.");
    }
    ObjectNode document = unsecured.deepCopy();
    document.set("@context", ofProof);
    return document;
  }

  private static List<JsonNode> list(JsonNode one) {
    List<JsonNode> list = new ArrayList<>();
    if (one.isArray()) {
      one.forEach(list::add);
    } else if (!one.isMissingNode()) {
      list.add(one);
    }
    return list;
  }

  private static void audience(ObjectNode proof, Expectation expected) throws ProofException {
    if (expected.challenge() != null
        && !expected.challenge().equals(proof.path("challenge").asText())) {
      throw new ProofException(ProofFault.WRONG_CHALLENGE);
    }
    if (expected.domain() != null
        && list(proof.path("domain")).stream()
            .noneMatch(domain -> expected.domain().equals(domain.asText()))) {
      throw new ProofException(ProofFault.WRONG_CHALLENGE);
    }
  }

  private static List<ObjectNode> proofs(JsonNode secured) throws ProofException {
    List<JsonNode> members = list(secured.path("proof"));
    if (members.isEmpty()) {
      throw new ProofException(ProofFault.NO_PROOF);
    }
    if (members.size() > MOST_PROOFS) {
      throw new ProofException(
          ProofFault.TOO_COMPLEX, "The document has more than %d proofs.".formatted(MOST_PROOFS));
    }
    List<ObjectNode> proofs = new ArrayList<>(members.size());
    for (JsonNode member : members) {
      if (!(member instanceof ObjectNode proof)) {
        throw malformed("It is no JSON object.");
      }
      proofs.add(proof);
    }
    return proofs;
  }

  private static ObjectNode unsecured(JsonNode document) throws ProofException {
    if (!(document instanceof ObjectNode object)) {
      throw malformed("The document is no JSON object.");
    }
    ObjectNode unsecured = object.objectNode();
    unsecured.setAll(object);
    unsecured.remove("proof");
    return unsecured;
  }

  private static byte[] signature(String proofValue) throws ProofException {
    // 64 bytes have 88 digits at most.
    if (proofValue.length() <= 90 && Multibase.BASE_58_BTC.isEncoded(proofValue)) {
      try {
        byte[] signature = Multibase.BASE_58_BTC.decode(proofValue);
        if (signature.length == Signer.SIGNATURE_BYTES) {
          return signature;
        }
      } catch (IllegalArgumentException e) {
        // Said below.
      }
    }
    throw malformed("Its proofValue is no base58btc of 64 bytes.");
  }

  private static Optional<Instant> time(ObjectNode proof, String member) throws ProofException {
    if (!proof.has(member)) {
      return Optional.empty();
    }
    String text = text(proof, member);
    if (TIME.matcher(text).matches()) {
      try {
        return Optional.of(OffsetDateTime.parse(text).toInstant());
      } catch (DateTimeParseException e) {
        // Said below.
      }
    }
    throw malformed(
        "Its %s is no time with seconds and zone, such as 2026-11-23T10:15:00Z.".formatted(member));
  }

  private static String text(ObjectNode proof, String member) throws ProofException {
    JsonNode value = proof.path(member);
    if (!value.isTextual()) {
      throw malformed("Its %s is missing or no text.".formatted(member));
    }
    return value.textValue();
  }

  private static ProofException malformed(String detail) {
    return new ProofException(
        ProofFault.MALFORMED, "The proof is not formed as Data Integrity 1.0 asks. " + detail);
  }

  static byte[] sha256(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
