package dev.credmill.issuance.credential;

/** What a secret link leads to. A link of one purpose does not open the other. */
public enum LinkPurpose {
  /** The certificate page, which is shared with verifiers. */
  CRED_URL("c"),
  /** The claim into a wallet, which only the recipient's message carries. */
  CLAIM("claim"),
  /**
   * The same, where a code is asked for besides; so the link itself says so, and cannot be bent.
   */
  CLAIM_WITH_CODE("claim+code");

  private final String associatedData;

  LinkPurpose(String associatedData) {
    this.associatedData = associatedData;
  }

  String associatedData() {
    return associatedData;
  }
}
