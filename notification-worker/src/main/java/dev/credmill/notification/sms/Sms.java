package dev.credmill.notification.sms;

import static java.util.Objects.requireNonNull;

/**
 * A text message.
 *
 * @param id the same whenever the same message is sent
 * @param recipient E.164
 */
public record Sms(String id, String recipient, String body) {
  public Sms {
    requireNonNull(id, "id");
    requireNonNull(recipient, "recipient");
    requireNonNull(body, "body");
  }

  /** Says which, never whom or what. */
  @Override
  public String toString() {
    return id;
  }
}
