package dev.credmill.issuance.integrity;

/** What a proof is made for (Controlled Identifiers 1.0, 2.3). */
public enum ProofPurpose {
  /** An issuer says what stands in a credential. */
  ASSERTION_METHOD("assertionMethod"),
  /** A holder shows a presentation. */
  AUTHENTICATION("authentication");

  private final String text;

  ProofPurpose(String text) {
    this.text = text;
  }

  public String text() {
    return text;
  }
}
