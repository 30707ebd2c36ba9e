package dev.credmill.batch.status;

/**
 * What a batch is; computed in the view {@code batch_overview}, speaks of issuance only. RECEIVING
 * and SCHEDULED are reserved words of the API.
 */
public enum BatchStatus {
  RECEIVING,
  VALIDATING,
  REJECTED,
  NEEDS_FIXES,
  READY,
  SCHEDULED,
  ISSUING,
  PAUSED,
  COMPLETED,
  COMPLETED_WITH_ERRORS,
  CANCELLED;

  /** Whether nothing more happens until somebody does something. */
  public boolean resting() {
    return switch (this) {
      case RECEIVING, VALIDATING, SCHEDULED, ISSUING -> false;
      case REJECTED, NEEDS_FIXES, READY, PAUSED, COMPLETED, COMPLETED_WITH_ERRORS, CANCELLED ->
          true;
    };
  }

  boolean completed() {
    return this == COMPLETED || this == COMPLETED_WITH_ERRORS;
  }
}
