package dev.credmill.batch.revocation;

/** What became of one credential of a change. */
public enum ChangeOutcome {
  /** Under way. */
  PENDING,
  /** Done and published. */
  DONE,
  /** It was so already. */
  UNCHANGED,
  /** A revocation is for good; and what has no suspension in its definition cannot be suspended. */
  NOT_POSSIBLE,
  /** The row has no credential (yet). */
  NOT_ISSUED,
  /** Named twice; the first counts. */
  REPEATED,
  /** Several credentials that count have this reference: name the one that is meant by its id. */
  AMBIGUOUS,
  /** Nothing of yours has that name. */
  UNKNOWN
}
