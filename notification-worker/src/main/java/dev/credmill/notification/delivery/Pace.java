package dev.credmill.notification.delivery;

import java.time.Duration;
import java.util.OptionalLong;
import java.util.function.LongSupplier;

/**
 * Lets so many messages, or segments of them, begin in a time, evenly. (SmallRye's rate limit turns
 * away what comes too early; here it is to wait, and how much could begin soon decides how much is
 * claimed.)
 */
public final class Pace {
  private final long each;
  private final LongSupplier nanos;
  private long next;
  private long pausedUntil;

  /**
   * @param each how long after one the next may begin
   * @param nanos the time, as {@link System#nanoTime()} counts it
   */
  public Pace(Duration each, LongSupplier nanos) {
    this.each = each.toNanos();
    this.nanos = nanos;
    this.next = nanos.getAsLong();
    this.pausedUntil = next;
  }

  /** How many could begin within that time. */
  public synchronized int ready(Duration within) {
    long waiting = Math.max(0, next - nanos.getAsLong());
    return (int) Math.max(0, (within.toNanos() - waiting) / each);
  }

  /** Takes the next turn: after how many nanoseconds it is; empty, and not taken, if later. */
  public synchronized OptionalLong turn(int count, Duration within) {
    long now = nanos.getAsLong();
    long begin = Math.max(now, next);
    if (begin - now > within.toNanos()) {
      return OptionalLong.empty();
    }
    next = begin + count * each;
    return OptionalLong.of(begin - now);
  }

  /** Nothing begins for that long. */
  public synchronized void pause(Duration length) {
    pausedUntil = Math.max(pausedUntil, nanos.getAsLong() + length.toNanos());
    next = Math.max(next, pausedUntil);
  }

  /** For how long nothing may begin, though it had its turn. */
  public synchronized Duration paused() {
    return Duration.ofNanos(Math.max(0, pausedUntil - nanos.getAsLong()));
  }
}
