package dev.credmill.issuance.integrity;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * What a proof says of itself.
 *
 * @param verificationMethod the absolute URL of the key as a Multikey
 * @param created null to leave it out
 * @param expires null for never
 * @param domain whom a presentation is shown to; null for none
 * @param challenge what a presentation answers; null for none
 */
public record ProofOptions(
    Cryptosuite suite,
    String verificationMethod,
    ProofPurpose purpose,
    Instant created,
    Instant expires,
    String domain,
    String challenge) {
  public ProofOptions {
    requireNonNull(suite, "suite");
    requireNonNull(verificationMethod, "verificationMethod");
    requireNonNull(purpose, "purpose");
  }

  /** Those of an issuer's proof. */
  public static ProofOptions ofIssuer(
      Cryptosuite suite, String verificationMethod, Instant created) {
    return new ProofOptions(
        suite, verificationMethod, ProofPurpose.ASSERTION_METHOD, created, null, null, null);
  }

  /** The proof, but for its {@code @context} and {@code proofValue}. */
  ObjectNode json() {
    ObjectNode proof = JsonNodeFactory.instance.objectNode();
    proof.put("type", DataIntegrity.TYPE);
    proof.put("cryptosuite", suite.text());
    if (created != null) {
      proof.put("created", time(created));
    }
    if (expires != null) {
      proof.put("expires", time(expires));
    }
    proof.put("verificationMethod", verificationMethod);
    proof.put("proofPurpose", purpose.text());
    if (domain != null) {
      proof.put("domain", domain);
    }
    if (challenge != null) {
      proof.put("challenge", challenge);
    }
    return proof;
  }

  private static String time(Instant instant) {
    return instant.truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
