package dev.credmill.notification.sms;

import dev.credmill.notification.delivery.Attempt;
import java.util.List;

/** Where nobody was chosen to carry text messages. */
final class NoProvider implements SmsProvider {
  @Override
  public List<Attempt> send(List<Sms> messages) {
    return messages.stream()
        .<Attempt>map(
            _ ->
                new Attempt.Refused(
                    "No SMS provider is configured; the operator chooses one with notification.sms.provider"))
        .toList();
  }
}
