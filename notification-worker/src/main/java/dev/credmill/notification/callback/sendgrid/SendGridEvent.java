package dev.credmill.notification.callback.sendgrid;

import com.fasterxml.jackson.databind.JsonNode;
import dev.credmill.notification.callback.EventTime;
import dev.credmill.notification.delivery.EnhancedStatus;
import dev.credmill.notification.delivery.Fault;
import dev.credmill.notification.delivery.MessageName;
import dev.credmill.notification.delivery.Report;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** What an event of SendGrid's says of a message of ours. */
final class SendGridEvent {
  /** Reasons to drop a message that will be reasons to drop the next one, too. */
  private static final Set<String> LISTED =
      Set.of("bounced address", "invalid", "spam reporting address", "unsubscribed address");

  private SendGridEvent() {}

  /**
   * @param now when it came
   */
  static Optional<Report> report(JsonNode event, Instant now) {
    return message(event)
        .flatMap(
            message ->
                switch (event.path("event").asText()) {
                  case "delivered" -> Optional.of(new Report.Delivered(message, at(event, now)));
                  // The second is what bounces of that type were called once.
                  case "bounce", "blocked" -> Optional.of(bounce(message, event, now));
                  case "dropped" -> Optional.of(dropped(message, event, now));
                  case "spamreport" ->
                      Optional.of(
                          new Report.Complained(
                              message, at(event, now), "spam report at SendGrid"));
                  // "deferred" is still being tried; others are of what recipients do.
                  default -> Optional.empty();
                });
  }

  /** What our header said; without it the Message-ID, which SendGrid mostly keeps. */
  private static Optional<UUID> message(JsonNode event) {
    return MessageName.of(event.path(SendGridCallback.ARGUMENT).asText())
        .or(() -> MessageName.in(event.path("smtp-id").asText()));
  }

  private static Report bounce(UUID message, JsonNode event, Instant now) {
    // "blocked" is a refusal for the moment, or of this message; "bounce" is of the address.
    boolean isCalledLasting =
        event.path("event").asText().equals("bounce")
            && !event.path("type").asText().equals("blocked");
    Fault fault =
        Fault.of(
            EnhancedStatus.in(event.path("status").asText()),
            event.path("reason").asText(),
            isCalledLasting);
    return new Report.Bounced(message, at(event, now), fault.words(), fault.isLasting());
  }

  /** Never handed on to the recipient's server. */
  private static Report dropped(UUID message, JsonNode event, Instant now) {
    String reason = event.path("reason").asText();
    return new Report.Bounced(
        message,
        at(event, now),
        "SendGrid has dropped it: " + reason,
        LISTED.contains(reason.strip().toLowerCase(Locale.ROOT)));
  }

  private static Instant at(JsonNode event, Instant now) {
    return EventTime.of(event.path("timestamp").asText(), now);
  }
}
