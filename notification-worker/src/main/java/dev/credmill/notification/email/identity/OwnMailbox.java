package dev.credmill.notification.email.identity;

import static java.util.Objects.requireNonNull;

/**
 * An organization's own mailbox, read over IMAP.
 *
 * @param tls from the first byte on
 */
public record OwnMailbox(
    String host, int port, boolean tls, String user, SealedPassword password, String folder) {
  public OwnMailbox {
    requireNonNull(host, "host");
    requireNonNull(user, "user");
    requireNonNull(password, "password");
    requireNonNull(folder, "folder");
  }
}
