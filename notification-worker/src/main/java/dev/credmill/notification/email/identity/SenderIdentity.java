package dev.credmill.notification.email.identity;

import static java.util.Objects.requireNonNull;

import dev.credmill.contracts.id.OrganizationId;
import java.time.Instant;
import java.util.Optional;

/**
 * As whom an organization writes, and over whose mail server.
 *
 * @param version another one after each change
 * @param from null for the platform's address
 * @param fromName null for the organization's name
 * @param replyTo null for nobody else
 * @param server null for the platform's
 * @param bounces null where messages come back to {@code from}, or to the platform's address
 * @param perMinute how many messages may begin in a minute over its server; null for any number
 */
public record SenderIdentity(
    OrganizationId organization,
    long version,
    String from,
    String fromName,
    String replyTo,
    OwnServer server,
    Bounces bounces,
    Integer perMinute,
    Instant createdAt,
    Instant updatedAt) {
  public SenderIdentity {
    requireNonNull(organization, "organization");
    if (server != null && from == null) {
      throw new IllegalArgumentException("nobody writes over the server of " + organization);
    }
    if (server == null && (bounces != null || perMinute != null)) {
      throw new IllegalArgumentException("there is no server of " + organization);
    }
  }

  /** Of one that has said nothing. */
  static SenderIdentity none(OrganizationId organization) {
    return new SenderIdentity(organization, 0, null, null, null, null, null, null, null, null);
  }

  public Optional<OwnServer> ownServer() {
    return Optional.ofNullable(server);
  }

  public Optional<OwnMailbox> ownMailbox() {
    return Optional.ofNullable(bounces).map(Bounces::mailbox);
  }
}
