package dev.credmill.issuance.integrity;

import java.util.Optional;

/** A W3C Data Integrity cryptosuite that this service signs and verifies with (vc-di-eddsa). */
public enum Cryptosuite {
  /** Over the RDF dataset that JSON-LD makes of the credential, canonicalized by RDFC-1.0. */
  EDDSA_RDFC_2022("eddsa-rdfc-2022"),
  /** Over the JSON itself, canonicalized by JCS (RFC 8785). */
  EDDSA_JCS_2022("eddsa-jcs-2022");

  private final String text;

  Cryptosuite(String text) {
    this.text = text;
  }

  /** As proofs and definitions name it. */
  public String text() {
    return text;
  }

  public static Optional<Cryptosuite> of(String text) {
    for (Cryptosuite suite : values()) {
      if (suite.text.equals(text)) {
        return Optional.of(suite);
      }
    }
    return Optional.empty();
  }
}
