package dev.credmill.notification.delivery;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Whether a server is to be worked with. After several sends in a row that found it not to be it is
 * open: nothing goes over it but a probe after each rest, and the rests grow. The first message
 * that is taken closes it. (SmallRye's circuit breaker turns calls away, after a delay that is
 * always the same; here how much is claimed depends on it, and what was under way tells its result
 * late.)
 */
final class Circuit {
  /** One message that a server does not get over is no reason to have all others wait. */
  static final int FAILURES_TO_OPEN = 5;

  private static final Duration FIRST_REST = Duration.ofMillis(500);
  private static final Duration LONGEST_REST = Duration.ofSeconds(30);
  private static final int MOST_DOUBLINGS = 10;

  private final LongSupplier nanos;

  /** In a row, with no message taken in between. */
  private int failures;

  /** Of them those that the last rest was for. */
  private int rested;

  private int rests;
  private long restsUntil;

  /**
   * @param nanos the time, as {@link System#nanoTime()} counts it
   */
  Circuit(LongSupplier nanos) {
    this.nanos = nanos;
    this.restsUntil = nanos.getAsLong();
  }

  /** The server could not be worked with; says whether that opened it. */
  synchronized boolean failed() {
    failures++;
    return failures == FAILURES_TO_OPEN;
  }

  /** The server took a message; says whether that closed it. */
  synchronized boolean worked() {
    boolean wasOpen = isOpen();
    failures = 0;
    rested = 0;
    rests = 0;
    restsUntil = nanos.getAsLong();
    return wasOpen;
  }

  synchronized boolean isOpen() {
    return failures >= FAILURES_TO_OPEN;
  }

  /**
   * Rests if it is open and something failed since the last rest: longer each time, and once
   * however many messages were under way.
   */
  synchronized void rest() {
    if (isOpen() && failures > rested) {
      rested = failures;
      restsUntil = nanos.getAsLong() + length(rests++).toNanos();
    }
  }

  synchronized boolean isResting() {
    return nanos.getAsLong() - restsUntil < 0;
  }

  private static Duration length(int before) {
    Duration length = FIRST_REST.multipliedBy(1L << Math.min(before, MOST_DOUBLINGS));
    return length.compareTo(LONGEST_REST) < 0 ? length : LONGEST_REST;
  }
}
