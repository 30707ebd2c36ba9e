package dev.credmill.notification.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class PaceTest {
  private static final Duration SECOND = Duration.ofSeconds(1);
  private final AtomicLong now = new AtomicLong(1_000);
  private final Pace pace = new Pace(SECOND.dividedBy(10), now::get);

  @Test
  void segmentsBeginEvenly() {
    assertThat(pace.turn(1, SECOND)).isEqualTo(millis(0));
    assertThat(pace.turn(3, SECOND)).isEqualTo(millis(100));
    assertThat(pace.turn(1, SECOND)).isEqualTo(millis(400));
  }

  @Test
  void whatWouldWaitTooLongTakesNoTurn() {
    pace.turn(11, SECOND);
    assertThat(pace.turn(1, SECOND)).isEmpty();
    now.addAndGet(SECOND.toNanos());
    assertThat(pace.turn(1, SECOND)).isEqualTo(millis(100));
  }

  @Test
  void howMuchCouldBeginSoonFollowsFromWhatHas() {
    assertThat(pace.ready(SECOND.multipliedBy(2))).isEqualTo(20);
    pace.turn(5, SECOND);
    assertThat(pace.ready(SECOND.multipliedBy(2))).isEqualTo(15);
    pace.turn(30, SECOND);
    assertThat(pace.ready(SECOND.multipliedBy(2))).isZero();
    now.addAndGet(SECOND.multipliedBy(4).toNanos());
    assertThat(pace.ready(SECOND.multipliedBy(2))).isEqualTo(20);
  }

  @Test
  void nothingBeginsInAPause() {
    pace.pause(SECOND.multipliedBy(5));
    assertThat(pace.ready(SECOND)).isZero();
    assertThat(pace.turn(1, SECOND)).isEmpty();
    assertThat(pace.paused()).isEqualTo(SECOND.multipliedBy(5));
    now.addAndGet(SECOND.multipliedBy(5).toNanos());
    assertThat(pace.paused()).isZero();
    assertThat(pace.turn(1, SECOND)).isEqualTo(millis(0));
  }

  private static OptionalLong millis(long millis) {
    return OptionalLong.of(Duration.ofMillis(millis).toNanos());
  }
}
