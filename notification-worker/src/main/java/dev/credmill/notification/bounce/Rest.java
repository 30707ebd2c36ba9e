package dev.credmill.notification.bounce;

import java.time.Duration;

/**
 * A mailbox that was read is left alone for as long as that took, several times, so that slow ones
 * do not take all turns. One that could not be is for longer each time, or its server would take us
 * for somebody who guesses passwords.
 *
 * @param version of the settings
 * @param failures in a row
 * @param until in the time of {@link System#nanoTime()}
 */
record Rest(long version, int failures, long until) {
  private static final Duration LONGEST = Duration.ofMinutes(30);
  private static final int TIMES_AS_LONG = 4;
  private static final int MOST_DOUBLINGS = 16;

  static Rest afterReading(long version, Duration took) {
    return new Rest(version, 0, from(timesAsLong(took)));
  }

  /**
   * @param before null for none
   * @param first after the first failure
   */
  static Rest afterFailure(Rest before, long version, Duration took, Duration first) {
    int failures = before == null || before.version != version ? 1 : before.failures + 1;
    Duration doubled = first.multipliedBy(1L << Math.min(failures - 1, MOST_DOUBLINGS));
    Duration rest = doubled.compareTo(LONGEST) < 0 ? doubled : LONGEST;
    Duration least = timesAsLong(took);
    return new Rest(version, failures, from(rest.compareTo(least) > 0 ? rest : least));
  }

  private static Duration timesAsLong(Duration took) {
    return took.multipliedBy(TIMES_AS_LONG);
  }

  private static long from(Duration rest) {
    return System.nanoTime() + rest.toNanos();
  }

  boolean isOver(long newest) {
    return version != newest || System.nanoTime() - until >= 0;
  }
}
