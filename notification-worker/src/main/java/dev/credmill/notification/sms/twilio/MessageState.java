package dev.credmill.notification.sms.twilio;

import dev.credmill.notification.delivery.Report;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * How far Twilio says that a message has come.
 *
 * @param status {@code queued}, {@code sent}, {@code delivered} and so on; null for none
 * @param error the error code; 0 for none
 */
record MessageState(String status, int error) {
  /**
   * @param status null for none
   * @param error null for none
   */
  static MessageState of(String status, String error) {
    return new MessageState(
        status, error != null && error.matches("\\d{1,9}") ? Integer.parseInt(error) : 0);
  }

  /** What is to be recorded; empty for what only says that it is on its way. */
  Optional<Report> report(UUID message, Instant now) {
    return switch (status) {
      case "delivered", "read" -> Optional.of(new Report.Delivered(message, now));
      case "undelivered", "failed", "canceled" -> Optional.of(failure(message, now));
      case null, default -> Optional.empty();
    };
  }

  private Report failure(UUID message, Instant now) {
    return error == ErrorCodes.UNSUBSCRIBED
        ? new Report.Complained(message, now, words())
        : new Report.Bounced(message, now, words(), ErrorCodes.isOfTheNumber(error));
  }

  private String words() {
    String meaning =
        switch (error) {
          case 0 -> "";
          case 21610 -> ", the recipient answered STOP";
          case 30001 -> ", the queue was full";
          case 30002 -> ", the account is suspended";
          case 30003 -> ", the phone cannot be reached";
          case 30004 -> ", the recipient is blocked";
          case 30005 -> ", the number is unknown or not in service";
          case 30006 -> ", a landline or a network that cannot be reached";
          case 30007 -> ", the network took it for spam";
          case 30008 -> ", for unknown reasons";
          case 30010 -> ", it would cost more than allowed";
          default -> "";
        };
    return "Twilio: " + status + meaning + (error == 0 ? "" : " (error %d)".formatted(error));
  }
}
