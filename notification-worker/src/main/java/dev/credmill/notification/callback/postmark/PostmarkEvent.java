package dev.credmill.notification.callback.postmark;

import com.fasterxml.jackson.databind.JsonNode;
import dev.credmill.notification.callback.EventTime;
import dev.credmill.notification.delivery.EnhancedStatus;
import dev.credmill.notification.delivery.Fault;
import dev.credmill.notification.delivery.MessageName;
import dev.credmill.notification.delivery.Report;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** What a record of Postmark's says of a message of ours. */
final class PostmarkEvent {
  private PostmarkEvent() {}

  /**
   * @param now when it came
   */
  static Optional<Report> report(JsonNode event, Instant now) {
    return message(event)
        .flatMap(
            message ->
                switch (event.path("RecordType").asText()) {
                  case "Delivery" ->
                      Optional.of(new Report.Delivered(message, at(event, "DeliveredAt", now)));
                  case "Bounce" -> bounce(message, event, at(event, "BouncedAt", now));
                  case "SpamComplaint" ->
                      Optional.of(
                          new Report.Complained(
                              message, at(event, "BouncedAt", now), "spam complaint at Postmark"));
                  // Opens, clicks, and who is written to by which stream.
                  default -> Optional.empty();
                });
  }

  /** Postmark gives messages ids of its own, and gives our metadata back. */
  private static Optional<UUID> message(JsonNode event) {
    return event.path("Metadata").properties().stream()
        .filter(entry -> entry.getKey().equalsIgnoreCase(PostmarkCallback.METADATA))
        .map(Map.Entry::getValue)
        .findFirst()
        .flatMap(name -> MessageName.of(name.asText()));
  }

  private static Optional<Report> bounce(UUID message, JsonNode event, Instant at) {
    String type = event.path("Type").asText();
    return switch (type) {
      // Still being tried, or an answer to a message that arrived.
      case "Transient",
          "Subscribe",
          "AutoResponder",
          "AddressChange",
          "ChallengeVerification",
          "OpenRelayTest",
          "Unconfirmed",
          "InboundError" ->
          Optional.empty();
      case "SpamComplaint", "Unsubscribe" ->
          Optional.of(new Report.Complained(message, at, "Postmark: " + type));
      // Whatever a server may have said, Postmark sends nothing there any more.
      case "ManuallyDeactivated" ->
          Optional.of(new Report.Bounced(message, at, words(event, type), true));
      case "HardBounce", "BadEmailAddress" -> Optional.of(bounce(message, event, type, at, true));
      // Such as SoftBounce, DnsError, SpamNotification, Blocked, DMARCPolicy.
      default -> Optional.of(bounce(message, event, type, at, false));
    };
  }

  private static Report bounce(
      UUID message, JsonNode event, String type, Instant at, boolean isCalledLasting) {
    String words = words(event, type);
    Fault fault = Fault.of(EnhancedStatus.in(words), words, isCalledLasting);
    return new Report.Bounced(message, at, fault.words(), fault.isLasting());
  }

  /** The server's words where Postmark has them, else its own. */
  private static String words(JsonNode event, String type) {
    String details = event.path("Details").asText().replaceFirst("^\\s*smtp\\s*;\\s*", "");
    return details.isBlank() ? "Postmark: " + type : details;
  }

  private static Instant at(JsonNode event, String field, Instant now) {
    return EventTime.of(event.path(field).asText(), now);
  }
}
