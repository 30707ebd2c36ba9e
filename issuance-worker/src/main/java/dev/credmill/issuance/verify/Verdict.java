package dev.credmill.issuance.verify;

/** What all checks together say, the gravest first. */
public enum Verdict {
  INVALID("Not valid", "Not everything below holds. Do not rely on this credential."),
  UNKNOWN(
      "Cannot be said",
      "This verifier knows issuers that are hosted here, and did:key; it asks nobody else."),
  REVOKED("Revoked", "The issuer has withdrawn this credential."),
  SUSPENDED("Suspended", "The issuer has suspended this credential; it may count again later."),
  EXPIRED("Expired", "This credential is genuine, but no longer valid."),
  NOT_YET_VALID("Not yet valid", "This credential is genuine, but not valid yet."),
  VERIFIED("Verified", "This credential is genuine, unchanged and valid.");

  private final String title;
  private final String meaning;

  Verdict(String title, String meaning) {
    this.title = title;
    this.meaning = meaning;
  }

  public String title() {
    return title;
  }

  public String meaning() {
    return meaning;
  }

  /** Whether it says what its issuer signed, whatever has become of it since. */
  public boolean genuine() {
    return switch (this) {
      case INVALID, UNKNOWN -> false;
      case REVOKED, SUSPENDED, EXPIRED, NOT_YET_VALID, VERIFIED -> true;
    };
  }

  /** How a page marks it. */
  public String mark() {
    return switch (this) {
      case VERIFIED -> "good";
      case UNKNOWN, SUSPENDED, EXPIRED, NOT_YET_VALID -> "warn";
      case INVALID, REVOKED -> "bad";
    };
  }
}
