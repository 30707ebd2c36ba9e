package dev.credmill.batch.status;

import dev.credmill.batch.duplicate.Duplicate;
import dev.credmill.contracts.event.DeliveryStatus;
import dev.credmill.contracts.event.Medium;
import java.util.Locale;
import java.util.Optional;

/** The columns of {@code batch_count}. */
public enum Counter {
  TOTAL,
  INVALID,
  SKIPPED,
  CANCELLED,
  RELAYED,
  ISSUED,
  FAILED,
  DUPLICATE_SAME_SHEET,
  DUPLICATE_ISSUED,
  DUPLICATE_REVOKED,
  EMAIL_PENDING,
  EMAIL_SENDING,
  EMAIL_SENT,
  EMAIL_DELIVERED,
  EMAIL_FAILED,
  EMAIL_BOUNCED,
  EMAIL_SUPPRESSED,
  SMS_PENDING,
  SMS_SENDING,
  SMS_SENT,
  SMS_DELIVERED,
  SMS_FAILED,
  SMS_BOUNCED,
  SMS_SUPPRESSED;

  /** Where deliveries of that state are counted; what was never requested is not. */
  public static Optional<Counter> of(Medium medium, DeliveryStatus status) {
    return status == DeliveryStatus.NOT_REQUESTED
        ? Optional.empty()
        : Optional.of(valueOf(medium + "_" + status));
  }

  public static Counter of(Duplicate.Kind kind) {
    return valueOf("DUPLICATE_" + kind);
  }

  boolean ofDelivery() {
    return ordinal() >= EMAIL_PENDING.ordinal();
  }

  boolean isUndelivered() {
    return switch (this) {
      case EMAIL_FAILED, EMAIL_BOUNCED, EMAIL_SUPPRESSED, SMS_FAILED, SMS_BOUNCED, SMS_SUPPRESSED ->
          true;
      default -> false;
    };
  }

  String column() {
    return name().toLowerCase(Locale.ROOT);
  }
}
