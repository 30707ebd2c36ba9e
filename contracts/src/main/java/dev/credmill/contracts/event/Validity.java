package dev.credmill.contracts.event;

/**
 * Whether an issuer stands by a credential. That its time is over is not stored: it follows from
 * the clock.
 */
public enum Validity {
  ACTIVE,
  SUSPENDED,
  REVOKED;

  /** A revocation is for good (Bitstring Status List 1.0, 2.1); everything else can be undone. */
  public boolean mayBecome(Validity next) {
    return this != REVOKED || next == REVOKED;
  }
}
