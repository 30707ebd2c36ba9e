package dev.credmill.issuance.integrity;

/** Why a document's proof does not hold, or why none can be made. */
public enum ProofFault {
  NO_PROOF("The document has no Data Integrity proof."),
  MALFORMED("The proof is not formed as Data Integrity 1.0 asks."),
  UNKNOWN_SUITE("The proof is made with a cryptosuite that is not known here."),
  WRONG_PURPOSE("The proof was made for another purpose."),
  WRONG_CHALLENGE("The proof answers another challenge or is meant for another domain."),
  EXPIRED("The proof has expired."),
  UNKNOWN_KEY("The key that the proof names is not known here."),
  KEY_NOT_AUTHORIZED("The key's controller does not allow it to be used for this purpose."),
  KEY_REVOKED("The key's controller has revoked it; nothing that it signed counts."),
  KEY_OF_ANOTHER("The key does not belong to the one in whose name the document speaks."),
  UNKNOWN_CONTEXT(
      "The document names a JSON-LD context that is not known here; contexts are never fetched."),
  INLINE_CONTEXT(
      "The document brings a JSON-LD context of its own, which could rename its members."),
  DROPPED_DATA(
      "Something in the document is not defined by its JSON-LD contexts, so a proof could not cover it."),
  UNSAFE_DATA("The document has a number or a text that not every reader reads alike."),
  TOO_COMPLEX("The document is nested too deeply or too entangled to be checked."),
  ALTERED("The signature does not fit: the document was changed, or another key signed it.");

  private final String meaning;

  ProofFault(String meaning) {
    this.meaning = meaning;
  }

  /** In a sentence, without anything of the document. */
  public String meaning() {
    return meaning;
  }
}
