package dev.credmill.issuance.credential;

import java.util.Optional;

/** How a credential is secured. The code is stored and is part of the credential's id. */
public enum CredentialFormat {
  /** W3C VC-JOSE-COSE. */
  VC_JWT(0, "vc+jwt"),
  /** A Data Integrity proof of the row's record, over the RDF that it means. */
  EDDSA_RDFC_2022(1, "eddsa-rdfc-2022"),
  /** The same, over its JSON. */
  EDDSA_JCS_2022(2, "eddsa-jcs-2022"),
  /** IETF SD-JWT VC; made when it is claimed. */
  SD_JWT_VC(3, "dc+sd-jwt");

  private final int code;
  private final String text;

  CredentialFormat(int code, String text) {
    this.code = code;
    this.text = text;
  }

  /** At most 15. */
  public int code() {
    return code;
  }

  /** As definitions name it. */
  public String text() {
    return text;
  }

  static Optional<CredentialFormat> of(int code) {
    for (CredentialFormat format : values()) {
      if (format.code == code) {
        return Optional.of(format);
      }
    }
    return Optional.empty();
  }
}
