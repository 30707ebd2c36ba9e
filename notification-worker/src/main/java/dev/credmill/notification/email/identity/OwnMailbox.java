package dev.credmill.notification.email.identity;

import static java.util.Objects.requireNonNull;

/** An organization's own mailbox, read over IMAP. */
public record OwnMailbox(
    String host, int port, Security security, String user, SealedPassword password, String folder) {
  public OwnMailbox {
    requireNonNull(host, "host");
    requireNonNull(security, "security");
    requireNonNull(user, "user");
    requireNonNull(password, "password");
    requireNonNull(folder, "folder");
  }
}
