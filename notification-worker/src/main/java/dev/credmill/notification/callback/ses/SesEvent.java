package dev.credmill.notification.callback.ses;

import com.fasterxml.jackson.databind.JsonNode;
import dev.credmill.notification.callback.EventTime;
import dev.credmill.notification.delivery.EnhancedStatus;
import dev.credmill.notification.delivery.Fault;
import dev.credmill.notification.delivery.MessageName;
import dev.credmill.notification.delivery.Report;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * What SES says of a message of ours: feedback notifications and published events have the same
 * form but for the name of their kind. We write to one recipient at a time, so the first counts.
 */
final class SesEvent {
  /** RFC 5965, 7.3: what is a complaint; "not-spam" is praise. */
  private static final Set<String> PRAISE = Set.of("not-spam", "auth-failure");

  /** Reasons of SES's own, for which it does not try either. */
  private static final Set<String> LISTED =
      Set.of("Suppressed", "OnAccountSuppressionList", "UnsubscribedRecipient");

  private SesEvent() {}

  /**
   * @param now when it came
   */
  static Optional<Report> report(JsonNode event, Instant now) {
    String kind = event.path("eventType").asText(event.path("notificationType").asText());
    return message(event.path("mail"))
        .flatMap(
            message ->
                switch (kind) {
                  case "Delivery" ->
                      Optional.of(new Report.Delivered(message, at(event.path("delivery"), now)));
                  case "Bounce" -> Optional.of(bounce(message, event.path("bounce"), now));
                  case "Complaint" -> complaint(message, event.path("complaint"), now);
                  case "Reject" ->
                      Optional.of(
                          new Report.Bounced(
                              message,
                              // It has no time of its own, and soon follows the message.
                              at(event.path("mail"), now),
                              "Amazon SES has rejected it: "
                                  + event.path("reject").path("reason").asText(),
                              false));
                  // "DeliveryDelay" is still being tried; "Send" we know; others are of what
                  // recipients do.
                  default -> Optional.empty();
                });
  }

  /** SES gives messages ids of its own, and tells the header and the return path that they had. */
  private static Optional<UUID> message(JsonNode mail) {
    return Stream.concat(
            Stream.of(mail.path("commonHeaders").path("messageId"), mail.path("source")),
            mail.path("headers")
                .valueStream()
                .filter(header -> header.path("name").asText().equalsIgnoreCase("Message-ID"))
                .map(header -> header.path("value")))
        .flatMap(named -> MessageName.in(named.asText()).stream())
        .findFirst();
  }

  private static Report bounce(UUID message, JsonNode bounce, Instant now) {
    JsonNode recipient = bounce.path("bouncedRecipients").path(0);
    String subType = bounce.path("bounceSubType").asText();
    String type = bounce.path("bounceType").asText();
    String said =
        recipient.path("diagnosticCode").asText().replaceFirst("^\\s*[\\w-]+\\s*;\\s*", "");
    String words = said.isBlank() ? "Amazon SES: %s, %s".formatted(type, subType) : said;
    if (LISTED.contains(subType)) {
      return new Report.Bounced(message, at(bounce, now), words, true);
    }
    Fault fault =
        Fault.of(
            EnhancedStatus.in(recipient.path("status").asText()), words, type.equals("Permanent"));
    return new Report.Bounced(message, at(bounce, now), fault.words(), fault.isLasting());
  }

  private static Optional<Report> complaint(UUID message, JsonNode complaint, Instant now) {
    // Accepted, and not sent: whoever it is for has complained before.
    if (LISTED.contains(complaint.path("complaintSubType").asText())) {
      return Optional.of(
          new Report.Bounced(
              message,
              at(complaint, now),
              "Amazon SES did not send it: the recipient has complained of an earlier message",
              true));
    }
    String type = complaint.path("complaintFeedbackType").asText("complaint at Amazon SES");
    return PRAISE.contains(type)
        ? Optional.empty()
        : Optional.of(new Report.Complained(message, at(complaint, now), type));
  }

  private static Instant at(JsonNode part, Instant now) {
    return EventTime.of(part.path("timestamp").asText(), now);
  }
}
