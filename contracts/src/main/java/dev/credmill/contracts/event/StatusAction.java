package dev.credmill.contracts.event;

/** What can be done to an issued credential. */
public enum StatusAction {
  /** For good. */
  REVOKE(Validity.REVOKED),
  /** Until it is reinstated. */
  SUSPEND(Validity.SUSPENDED),
  /** Ends a suspension. */
  REINSTATE(Validity.ACTIVE);

  private final Validity result;

  StatusAction(Validity result) {
    this.result = result;
  }

  /** What a credential is once that is done. */
  public Validity result() {
    return result;
  }
}
