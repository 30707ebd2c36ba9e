package dev.credmill.contracts.event;

import static java.util.stream.Collectors.toUnmodifiableSet;

import java.util.Arrays;
import java.util.Set;

/** How far a message has come. Steps are only ever taken forward. */
public enum DeliveryStatus {
  NOT_REQUESTED,
  PENDING,
  SENDING,
  SENT,
  DELIVERED,
  FAILED,
  BOUNCED,
  SUPPRESSED;

  /** The states from which this one may be entered; SQL guards are made of it. */
  public Set<DeliveryStatus> from() {
    return switch (this) {
      case NOT_REQUESTED -> Set.of();
      case PENDING -> Set.of(NOT_REQUESTED);
      case SENDING -> Set.of(PENDING);
      case SENT -> Set.of(PENDING, SENDING);
      // What came back for a passing reason is sent once more, and that may fail.
      case FAILED, SUPPRESSED -> Set.of(PENDING, SENDING, SENT);
      case DELIVERED -> Set.of(PENDING, SENDING, SENT);
      case BOUNCED -> Set.of(PENDING, SENDING, SENT, DELIVERED);
    };
  }

  /** Whether nothing more is expected to happen by itself. */
  public boolean settled() {
    return switch (this) {
      case PENDING, SENDING -> false;
      case NOT_REQUESTED, SENT, DELIVERED, FAILED, BOUNCED, SUPPRESSED -> true;
    };
  }

  public static Set<DeliveryStatus> unsettled() {
    return Arrays.stream(values()).filter(s -> !s.settled()).collect(toUnmodifiableSet());
  }
}
