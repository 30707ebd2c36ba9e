package dev.credmill.notification.email;

import dev.credmill.notification.PublicAddress;
import dev.credmill.notification.email.identity.SenderIdentities;
import dev.credmill.notification.email.identity.SenderIdentity;
import jakarta.enterprise.context.ApplicationScoped;

/** Whom an organization's messages come from. */
@ApplicationScoped
class Origins {
  private final PublicAddress platform;
  private final SenderIdentities identities;

  Origins(PublicAddress platform, SenderIdentities identities) {
    this.platform = platform;
    this.identities = identities;
  }

  Origin of(SenderIdentity identity, String issuer) {
    return new Origin(
        identity.fromName() == null ? issuer : identity.fromName(),
        address(identity),
        identity.replyTo());
  }

  /** The operator may have taken a domain back since it was entered. */
  private String address(SenderIdentity identity) {
    boolean isItsOwn =
        identity.from() != null
            && (identity.server() != null
                || identities.mayWriteFrom(identity.organization(), identity.from()));
    return isItsOwn ? identity.from() : platform.sender();
  }
}
