package dev.credmill.issuance.securing;

/** What a symmetric secret is for; none serves two purposes. */
public enum SecretPurpose {
  /** The links that recipients get. */
  LINK_TOKEN(64),
  /** The ids of credentials. */
  CREDENTIAL_ID(32),
  /** Where in a status list a credential has its bit. */
  STATUS_INDEX(32),
  /** The codes that some claims ask for. */
  CLAIM_CODE(32),
  /** The nonces that wallets sign. */
  NONCE(32);

  private final int bytes;

  SecretPurpose(int bytes) {
    this.bytes = bytes;
  }

  int bytes() {
    return bytes;
  }
}
