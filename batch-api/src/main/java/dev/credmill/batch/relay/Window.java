package dev.credmill.batch.relay;

/**
 * How many rows of one organization may be queued: as many as are answered in the time that others'
 * rows are let wait behind them, by how fast answers came of late. For one thread.
 */
final class Window {
  private static final double WAIT_SECONDS = 1;
  private static final double SHORTEST_LOOK_SECONDS = 0.5;

  /** After a longer pause nobody can say how long the answers took. */
  private static final double LONGEST_LOOK_SECONDS = 5;

  private static final double NANOS_OF_SECOND = 1e9;

  private final int least;
  private final int most;
  private int size;
  private long lookedAt;
  private int queuedThen;
  private int relayedSince;

  /**
   * @param now in the time of {@link System#nanoTime()}
   */
  Window(int least, int most, long now) {
    this.least = Math.min(least, most);
    this.most = most;
    this.size = this.least;
    this.lookedAt = now;
  }

  /** So many more rows were sent on their way. */
  void relayed(int count) {
    relayedSince += count;
  }

  /**
   * Rows that may be queued in all.
   *
   * @param queued rows that are now
   * @param now in the time of {@link System#nanoTime()}
   */
  int size(int queued, long now) {
    double look = (now - lookedAt) / NANOS_OF_SECOND;
    if (look < SHORTEST_LOOK_SECONDS) {
      return size;
    }
    int underWay = queuedThen + relayedSince;
    // Few answers to few rows say nothing about how fast they could come.
    if (look < LONGEST_LOOK_SECONDS && underWay >= size / 2) {
      double answersPerSecond = Math.max(0, underWay - queued) / look;
      int next = (int) (size + answersPerSecond * WAIT_SECONDS) / 2;
      size = Math.clamp(next, least, most);
    }
    lookedAt = now;
    queuedThen = queued;
    relayedSince = 0;
    return size;
  }
}
