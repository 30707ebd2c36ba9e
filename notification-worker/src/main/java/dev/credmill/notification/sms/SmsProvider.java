package dev.credmill.notification.sms;

import dev.credmill.notification.delivery.Attempt;
import java.util.List;

/** Who carries text messages. */
public interface SmsProvider {
  /** How many calls of {@link #send} may be under way at once. */
  default int inFlight() {
    return 1;
  }

  /** How many messages one call takes at most. */
  default int together() {
    return 200;
  }

  /** How many messages it could begin within the next moments. */
  default int ready() {
    return Integer.MAX_VALUE;
  }

  /** Hands the messages over and says what came of each, in their order. May block. */
  List<Attempt> send(List<Sms> messages);
}
