package dev.credmill.issuance.integrity;

import dev.credmill.issuance.credential.CredentialFormat;
import java.util.Optional;

/** A W3C Data Integrity cryptosuite that this service signs and verifies with (vc-di-eddsa). */
public enum Cryptosuite {
  /** Over the RDF dataset that JSON-LD makes of the credential, canonicalized by RDFC-1.0. */
  EDDSA_RDFC_2022("eddsa-rdfc-2022", CredentialFormat.EDDSA_RDFC_2022),
  /** Over the JSON itself, canonicalized by JCS (RFC 8785). */
  EDDSA_JCS_2022("eddsa-jcs-2022", CredentialFormat.EDDSA_JCS_2022);

  private final String text;
  private final CredentialFormat format;

  Cryptosuite(String text, CredentialFormat format) {
    this.text = text;
    this.format = format;
  }

  /** As what a row's proof by it is stored. */
  public CredentialFormat format() {
    return format;
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
