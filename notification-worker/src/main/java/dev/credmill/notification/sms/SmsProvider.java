package dev.credmill.notification.sms;

import dev.credmill.notification.delivery.Attempt;
import java.util.List;

/** Who carries text messages. */
public interface SmsProvider {
  /** Hands the messages over and says what came of each, in their order. May block. */
  List<Attempt> send(List<Sms> messages);
}
