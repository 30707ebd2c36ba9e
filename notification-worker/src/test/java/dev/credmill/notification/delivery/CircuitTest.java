package dev.credmill.notification.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class CircuitTest {
  private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 1_000);
  private final Circuit circuit = new Circuit(now::get);

  @Test
  void aFewFailuresLeaveItClosed() {
    for (int i = 1; i < Circuit.FAILURES_TO_OPEN; i++) {
      assertThat(circuit.failed()).isFalse();
    }
    circuit.rest();
    assertThat(circuit.isOpen()).isFalse();
    assertThat(circuit.isResting()).isFalse();
  }

  @Test
  void severalInARowOpenItOnce() {
    // Given
    fail(Circuit.FAILURES_TO_OPEN - 1);
    circuit.worked();
    fail(Circuit.FAILURES_TO_OPEN - 1);
    // When
    boolean isOpenedByThis = circuit.failed();
    // Then
    assertThat(isOpenedByThis).isTrue();
    assertThat(circuit.isOpen()).isTrue();
    assertThat(circuit.failed()).isFalse();
  }

  @Test
  void restsGrowWithEachProbeThatFails() {
    // Given
    fail(Circuit.FAILURES_TO_OPEN);
    List<Long> rests = new ArrayList<>();
    for (int i = 0; i < 9; i++) {
      // When
      circuit.rest();
      rests.add(slept());
      circuit.failed();
    }
    // Then
    assertThat(rests)
        .containsExactly(500L, 1_000L, 2_000L, 4_000L, 8_000L, 16_000L, 30_000L, 30_000L, 30_000L);
  }

  @Test
  void ofManyFailuresThatWereUnderWayTogetherOneRestFollows() {
    // Given
    fail(32);
    // When
    circuit.rest();
    circuit.rest();
    // Then
    assertThat(slept()).isEqualTo(500);
    circuit.rest();
    assertThat(circuit.isResting()).isFalse();
  }

  @Test
  void theFirstMessageThatIsTakenClosesIt() {
    // Given
    fail(Circuit.FAILURES_TO_OPEN);
    circuit.rest();
    // When
    boolean isClosedByThis = circuit.worked();
    // Then
    assertThat(isClosedByThis).isTrue();
    assertThat(circuit.isOpen()).isFalse();
    assertThat(circuit.isResting()).isFalse();
    assertThat(circuit.worked()).isFalse();
    fail(Circuit.FAILURES_TO_OPEN);
    circuit.rest();
    assertThat(slept()).isEqualTo(500);
  }

  private void fail(int times) {
    for (int i = 0; i < times; i++) {
      circuit.failed();
    }
  }

  /** How many milliseconds it rests. */
  private long slept() {
    long millis = 0;
    while (circuit.isResting()) {
      now.addAndGet(Duration.ofMillis(100).toNanos());
      millis += 100;
    }
    return millis;
  }
}
