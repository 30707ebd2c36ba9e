package dev.credmill.batch.webhook;

/** Why an attempt has delivered nothing. */
enum AttemptError {
  /** The name has no address, or was not found in time. */
  UNKNOWN_HOST,
  /** The name leads to an address that nothing is sent to. */
  ADDRESS_REFUSED,
  NOT_CONNECTED,
  /** The certificate is not one that is trusted, or not of that name. */
  TLS_FAILED,
  TIMEOUT,
  /** The connection ended without an answer. */
  BROKEN_OFF,
  /** Redirects are not followed: the webhook's address is to be changed. */
  REDIRECTED,
  /** 410: the receiver wants no more of it. */
  GONE,
  /** Any other answer that is no success. */
  REFUSED;

  private static final int STATUS_GONE = 410;

  /** Null for a success. */
  static AttemptError of(int status) {
    if (status == STATUS_GONE) {
      return GONE;
    }
    return switch (status / 100) {
      case 2 -> null;
      case 3 -> REDIRECTED;
      default -> REFUSED;
    };
  }
}
