package dev.credmill.notification.email;

import dev.credmill.notification.NotificationConfig;
import dev.credmill.notification.PublicAddress;
import dev.credmill.notification.delivery.DeliveryKey;
import dev.credmill.notification.email.identity.SenderIdentity;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * To which messages come back (RFC 5321, 4.4): each to an address of its own where there is a
 * mailbox for that, so that even a server which says nothing else says which one.
 */
@ApplicationScoped
class ReturnPath {
  private final NotificationConfig.Bounces config;
  private final PublicAddress address;

  ReturnPath(NotificationConfig config, PublicAddress address) {
    this.config = config.bounces();
    this.address = address;
  }

  /**
   * The platform's for what goes over its server: receiving servers look whether that may send for
   * the domain of the return path (SPF, RFC 7208).
   */
  String of(DeliveryKey key, SenderIdentity identity) {
    if (identity.server() != null) {
      return identity.bounces() == null ? identity.from() : of(key, identity.bounces().address());
    }
    return config.address().map(mailbox -> of(key, mailbox)).orElseGet(address::sender);
  }

  private static String of(DeliveryKey key, String mailbox) {
    int at = mailbox.lastIndexOf('@');
    return "%s+%s%s".formatted(mailbox.substring(0, at), key.messageHex(), mailbox.substring(at));
  }
}
