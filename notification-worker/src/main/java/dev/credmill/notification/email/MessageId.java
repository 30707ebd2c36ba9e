package dev.credmill.notification.email;

import dev.credmill.notification.delivery.DeliveryKey;

/**
 * The id of a message (RFC 5322, 3.6.4) follows from which message it is: sent again after an
 * unknown outcome it has the same one, and mail programs show it once.
 */
final class MessageId {
  private MessageId() {}

  static String of(DeliveryKey key, String domain) {
    return "<" + key.messageHex() + "@" + domain + ">";
  }
}
