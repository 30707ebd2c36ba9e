package dev.credmill.notification.sms;

import static java.util.Objects.requireNonNull;

import dev.credmill.contracts.id.OrganizationId;
import java.util.UUID;

/**
 * A text message.
 *
 * @param message the same whenever the same message is sent: {@link
 *     dev.credmill.notification.delivery.DeliveryKey#message()}
 * @param recipient E.164
 */
public record Sms(UUID message, OrganizationId organization, String recipient, SmsText text) {
  public Sms {
    requireNonNull(message, "message");
    requireNonNull(organization, "organization");
    requireNonNull(recipient, "recipient");
    requireNonNull(text, "text");
  }

  /** So much of it is paid for. */
  public int segments() {
    return text.segments().size();
  }

  /** Says which, never whom or what. */
  @Override
  public String toString() {
    return message.toString();
  }
}
