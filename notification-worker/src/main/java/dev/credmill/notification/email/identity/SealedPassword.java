package dev.credmill.notification.email.identity;

import static java.util.Objects.requireNonNull;

import dev.credmill.contracts.id.OrganizationId;

/**
 * A password as it is kept.
 *
 * @param wrapped under the service's key
 * @param name what it opens; the password is bound to that
 */
public record SealedPassword(byte[] wrapped, String name) {
  public SealedPassword {
    requireNonNull(wrapped, "wrapped");
    requireNonNull(name, "name");
  }

  static String ofServer(OrganizationId organization, String user, String host) {
    return name(organization, "smtp", user, host);
  }

  static String ofMailbox(OrganizationId organization, String user, String host) {
    return name(organization, "imap", user, host);
  }

  private static String name(OrganizationId organization, String what, String user, String host) {
    return String.join("/", "sender-identity", organization.value(), what, host, user);
  }

  /** Never says what is secret. */
  @Override
  public String toString() {
    return "password";
  }
}
