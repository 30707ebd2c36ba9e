package dev.credmill.notification.email.identity;

import static java.util.Objects.requireNonNull;

/**
 * An organization's own mail server.
 *
 * @param host a name, or an address
 * @param user with whom to log in; null for nobody
 * @param password null where there is no user
 */
public record OwnServer(
    String host, int port, Security security, String user, SealedPassword password) {
  public OwnServer {
    requireNonNull(host, "host");
    requireNonNull(security, "security");
    if ((user == null) != (password == null)) {
      throw new IllegalArgumentException("user and password go together: " + host);
    }
  }
}
