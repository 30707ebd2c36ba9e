package dev.credmill.batch.webhook;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;

/** How long a receiver asks to be left alone (RFC 9110, 10.2.3). */
final class RetryAfter {
  /** Nobody waits longer for what is given up after a day. */
  private static final Duration LONGEST = Duration.ofDays(7);

  private final Clock clock;

  RetryAfter(Clock clock) {
    this.clock = clock;
  }

  /**
   * Zero for what is no such time, or none at all.
   *
   * @param header seconds or a date; may be null
   */
  Duration of(String header) {
    if (header == null) {
      return Duration.ZERO;
    }
    String text = header.strip();
    if (text.matches("\\d{1,9}")) {
      return within(Duration.ofSeconds(Long.parseLong(text)));
    }
    try {
      Instant until = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
      return within(Duration.between(clock.instant(), until));
    } catch (DateTimeException e) {
      return Duration.ZERO;
    }
  }

  private static Duration within(Duration wanted) {
    if (wanted.isNegative()) {
      return Duration.ZERO;
    }
    return wanted.compareTo(LONGEST) < 0 ? wanted : LONGEST;
  }
}
