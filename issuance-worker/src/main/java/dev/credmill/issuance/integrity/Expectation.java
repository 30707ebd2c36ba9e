package dev.credmill.issuance.integrity;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/**
 * What a verifier asks of a proof besides that it fits.
 *
 * @param now the time that {@code expires} is held against
 * @param ownKey whether the key must belong to the credential's issuer, or the presentation's
 *     holder. Without it a proof only says that some key signed
 * @param inlineContexts whether a document may bring contexts of its own. They can rename what was
 *     signed, so whoever reads a member by its name must not allow them
 * @param domain whom a presentation is shown to; null to take any
 * @param challenge what it must answer; null to take any
 */
public record Expectation(
    ProofPurpose purpose,
    Instant now,
    boolean ownKey,
    boolean inlineContexts,
    String domain,
    String challenge) {
  public Expectation {
    requireNonNull(purpose, "purpose");
    requireNonNull(now, "now");
  }

  public static Expectation ofCredential(Instant now) {
    return new Expectation(ProofPurpose.ASSERTION_METHOD, now, true, false, null, null);
  }

  public static Expectation ofPresentation(Instant now, String domain, String challenge) {
    return new Expectation(ProofPurpose.AUTHENTICATION, now, true, false, domain, challenge);
  }

  public Expectation withInlineContexts() {
    return new Expectation(purpose, now, ownKey, true, domain, challenge);
  }

  /** Leaves the question whose key it is to the caller. */
  public Expectation ofAnyKey() {
    return new Expectation(purpose, now, false, inlineContexts, domain, challenge);
  }
}
