package dev.credmill.notification.sms;

import dev.credmill.notification.delivery.Attempt;
import dev.credmill.notification.delivery.Route;
import java.util.List;

/** Who carries text messages. */
public interface SmsProvider extends Route {
  /** How many calls of {@link #send} may be under way at once. */
  @Override
  default int inFlight() {
    return 1;
  }

  /** How many messages one call takes at most. */
  default int together() {
    return 200;
  }

  /** Hands the messages over and says what came of each, in their order. May block. */
  List<Attempt> send(List<Sms> messages);
}
