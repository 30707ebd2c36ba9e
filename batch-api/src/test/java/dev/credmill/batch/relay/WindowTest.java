package dev.credmill.batch.relay;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WindowTest {
  private static final long SECOND = 1_000_000_000L;
  private static final int LEAST = 2_000;
  private static final int MOST = 8_000;
  // The origin of System.nanoTime() is any.
  private long now = -7 * SECOND;
  private final Window window = new Window(LEAST, MOST, now);
  private int queued;

  @Test
  void itIsWhatASecondBrings() {
    run(3_000, 20);
    assertThat(size()).isBetween(2_800, 3_200);
  }

  @Test
  void itGrowsNoFurtherThanTheConfigurationAllows() {
    run(20_000, 20);
    assertThat(size()).isEqualTo(MOST);
  }

  @Test
  void slowAnswersLeaveTheLeast() {
    run(100, 20);
    assertThat(size()).isEqualTo(LEAST);
    run(0, 20);
    assertThat(size()).isEqualTo(LEAST);
  }

  @Test
  void itGrowsAgainWhenAnswersComeFasterAgain() {
    run(100, 20);
    run(20_000, 20);
    assertThat(size()).isEqualTo(MOST);
  }

  @Test
  void fewRowsAndPausesSayNothing() {
    // Given
    run(20_000, 20);
    queued = 0;
    // When
    for (int i = 0; i < 20; i++) {
      window.relayed(10);
      now += SECOND;
      size();
    }
    now += 60 * SECOND;
    // Then
    assertThat(size()).isEqualTo(MOST);
  }

  @Test
  void aWindowOfOneStaysOne() {
    assertThat(new Window(LEAST, 1, now).size(0, now + SECOND)).isEqualTo(1);
  }

  /** Keeps the window full while so many rows a second are answered. */
  private void run(int answersPerSecond, int seconds) {
    for (int tenth = 0; tenth < 10 * seconds; tenth++) {
      int room = Math.max(0, size() - queued);
      window.relayed(room);
      queued += room;
      now += SECOND / 10;
      queued = Math.max(0, queued - answersPerSecond / 10);
    }
  }

  private int size() {
    return window.size(queued, now);
  }
}
