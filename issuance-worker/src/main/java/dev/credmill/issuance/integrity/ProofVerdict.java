package dev.credmill.issuance.integrity;

import java.time.Instant;

/** What became of one proof. */
public sealed interface ProofVerdict {
  /**
   * It holds.
   *
   * @param created null where the proof does not say
   */
  record Holds(Cryptosuite suite, VerificationMethod method, Instant created)
      implements ProofVerdict {}

  /**
   * It does not hold.
   *
   * @param detail in a sentence, without anything of the document
   */
  record Fails(ProofFault fault, String detail) implements ProofVerdict {}

  default boolean holds() {
    return this instanceof Holds;
  }
}
