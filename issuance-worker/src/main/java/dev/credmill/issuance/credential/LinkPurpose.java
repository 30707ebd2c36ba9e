package dev.credmill.issuance.credential;

/** What a secret link leads to. A link of one purpose does not open the other. */
public enum LinkPurpose {
  /** The certificate page, which is shared with verifiers. */
  CRED_URL("c"),
  /** The claim into a wallet, which only the recipient's message carries. */
  CLAIM("claim");

  private final String associatedData;

  LinkPurpose(String associatedData) {
    this.associatedData = associatedData;
  }

  String associatedData() {
    return associatedData;
  }
}
