package dev.credmill.notification.email.identity;

import static java.util.Objects.requireNonNull;

/**
 * Where messages over an organization's own mail server come back to.
 *
 * @param address return paths are made of it
 * @param mailbox null where nobody reads it
 */
public record Bounces(String address, OwnMailbox mailbox) {
  public Bounces {
    requireNonNull(address, "address");
  }
}
