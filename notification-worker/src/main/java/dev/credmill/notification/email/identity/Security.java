package dev.credmill.notification.email.identity;

/** How what is said to a mail server or mailbox is kept from others. */
public enum Security {
  /** Not at all: password and messages can be read on the way. */
  NONE,
  /** By TLS after the first words (RFC 3207); nothing goes to a server that does not offer it. */
  STARTTLS,
  /** By TLS from the first byte on (RFC 8314, 3.3). */
  TLS;

  private static final int TLS_PORT = 465;
  private static final int SUBMISSION_PORT = 587;
  private static final int IMAP_PORT = 143;
  private static final int IMAPS_PORT = 993;

  static Security usualAt(int port) {
    return port == TLS_PORT ? TLS : STARTTLS;
  }

  static Security usualForMailboxAt(int port) {
    return port == IMAP_PORT ? STARTTLS : TLS;
  }

  int usualPortOfMailbox() {
    return this == TLS ? IMAPS_PORT : IMAP_PORT;
  }

  int usualPort() {
    return this == TLS ? TLS_PORT : SUBMISSION_PORT;
  }
}
