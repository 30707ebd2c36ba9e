package dev.credmill.notification.bounce;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class RestTest {
  private static final Duration EVERY = Duration.ofSeconds(30);
  private static final Duration MOMENT = Duration.ofMillis(1);

  @Test
  void oneThatWasReadSlowlyRestsForLongerThanItTook() {
    Rest rest = Rest.afterReading(1, Duration.ofMinutes(2));
    assertThat(length(rest)).isBetween(Duration.ofMinutes(7), Duration.ofMinutes(8));
    assertThat(rest.isOver(1)).isFalse();
  }

  @Test
  void oneThatWasReadAtOnceIsReadTheNextTime() {
    assertThat(length(Rest.afterReading(1, MOMENT))).isLessThan(Duration.ofSeconds(1));
    assertThat(Rest.afterReading(1, Duration.ZERO).isOver(1)).isTrue();
  }

  @Test
  void oneThatFailsRestsForLongerEachTimeUntilItWasRead() {
    // Given
    Rest once = Rest.afterFailure(null, 1, MOMENT, EVERY);
    Rest twice = Rest.afterFailure(once, 1, MOMENT, EVERY);
    // Then
    assertThat(length(once)).isLessThanOrEqualTo(EVERY);
    assertThat(length(twice)).isBetween(EVERY, EVERY.multipliedBy(2));
    assertThat(Rest.afterFailure(Rest.afterReading(1, MOMENT), 1, MOMENT, EVERY).failures())
        .isEqualTo(1);
  }

  @Test
  void newSettingsAreTriedAtOnce() {
    Rest failed = Rest.afterFailure(null, 1, MOMENT, EVERY);
    assertThat(failed.isOver(2)).isTrue();
    assertThat(Rest.afterFailure(failed, 2, MOMENT, EVERY).failures()).isEqualTo(1);
  }

  @Test
  void noFailureHasItRestForLongerThanHalfAnHour() {
    Rest rest = null;
    for (int i = 0; i < 100; i++) {
      rest = Rest.afterFailure(rest, 1, MOMENT, EVERY);
    }
    assertThat(length(rest)).isLessThanOrEqualTo(Duration.ofMinutes(30));
  }

  private static Duration length(Rest rest) {
    return Duration.ofNanos(rest.until() - System.nanoTime());
  }
}
