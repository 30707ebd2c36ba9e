package dev.credmill.notification.sms;

import dev.credmill.notification.delivery.Attempt;

/** Takes one text message at a time, many side by side. */
public interface Gateway {
  /** How many messages may be under way at once. */
  int inFlight();

  /** How many segments it takes in a second. */
  int perSecond();

  /**
   * Hands the message over; ends, one way or the other, soon after {@code
   * notification.send-timeout}.
   *
   * @return {@link Attempt.Deferred} where the gateway wants nothing at all until then
   */
  Attempt send(Sms sms);
}
