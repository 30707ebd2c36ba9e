package dev.credmill.notification.callback;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;

/** When something happened, as a provider has it: in ISO 8601, or in seconds since 1970. */
public final class EventTime {
  private static final Duration OLDEST = Duration.ofDays(30);

  private EventTime() {}

  /**
   * @param now when it was told; taken where the other cannot be
   */
  public static Instant of(String text, Instant now) {
    try {
      Instant said =
          text.matches("\\d{1,15}")
              ? Instant.ofEpochSecond(Long.parseLong(text))
              : OffsetDateTime.parse(text).toInstant();
      return said.isBefore(now) && said.isAfter(now.minus(OLDEST)) ? said : now;
    } catch (DateTimeException _) {
      return now;
    }
  }
}
