package dev.credmill.notification.sms;

import java.time.Duration;
import java.util.OptionalLong;
import java.util.function.LongSupplier;

/**
 * Lets so many segments begin in a second, evenly. (SmallRye's rate limit turns away what comes too
 * early; here it is to wait, and how much could begin soon decides how much is claimed.)
 */
final class Pace {
  private static final long SECOND = 1_000_000_000L;
  private final long each;
  private final LongSupplier nanos;
  private long next;
  private long pausedUntil;

  /**
   * @param nanos the time, as {@link System#nanoTime()} counts it
   */
  Pace(int perSecond, LongSupplier nanos) {
    this.each = SECOND / perSecond;
    this.nanos = nanos;
    this.next = nanos.getAsLong();
    this.pausedUntil = next;
  }

  /** How many segments could begin within that time. */
  synchronized int ready(Duration within) {
    long waiting = Math.max(0, next - nanos.getAsLong());
    return (int) Math.max(0, (within.toNanos() - waiting) / each);
  }

  /** Takes the next turn: after how many nanoseconds it is; empty, and not taken, if later. */
  synchronized OptionalLong turn(int segments, Duration within) {
    long now = nanos.getAsLong();
    long begin = Math.max(now, next);
    if (begin - now > within.toNanos()) {
      return OptionalLong.empty();
    }
    next = begin + segments * each;
    return OptionalLong.of(begin - now);
  }

  /** Nothing begins for that long. */
  synchronized void pause(Duration length) {
    pausedUntil = Math.max(pausedUntil, nanos.getAsLong() + length.toNanos());
    next = Math.max(next, pausedUntil);
  }

  /** For how long nothing may begin, though it had its turn. */
  synchronized Duration paused() {
    return Duration.ofNanos(Math.max(0, pausedUntil - nanos.getAsLong()));
  }
}
