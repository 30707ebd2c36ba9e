package dev.credmill.quickstart;

import java.time.Duration;
import java.util.Locale;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** How far a long step is: a bar on a terminal, a line now and then elsewhere. */
sealed interface Progress extends AutoCloseable {
  /**
   * @param total how many there are; 0 while unknown
   */
  void at(long done, long total);

  @Override
  void close();

  /**
   * @param done where the step stands when it is first looked at
   */
  static Progress of(String step, long done) {
    return Console.isTerminal() ? new Bar(step, done) : new Lines(step, done);
  }

  /** Redraws one line. */
  final class Bar implements Progress {
    private final ProgressBar bar;

    private Bar(String step, long done) {
      bar =
          new ProgressBarBuilder()
              .setTaskName(step)
              .setInitialMax(-1)
              .setUnit(" rows", 1)
              .setStyle(ProgressBarStyle.COLORFUL_UNICODE_BAR)
              .setUpdateIntervalMillis(200)
              .startsFrom(done, Duration.ZERO)
              .showSpeed()
              .build();
    }

    @Override
    public void at(long done, long total) {
      bar.maxHint(total > 0 ? total : -1);
      bar.stepTo(done);
    }

    @Override
    public void close() {
      bar.close();
    }
  }

  /** For logs and pipes. */
  final class Lines implements Progress {
    private static final Duration INTERVAL = Duration.ofSeconds(2);
    private final String step;
    private final long from;
    private final long began = System.nanoTime();
    private long told = began;
    private long lastDone;
    private long lastTotal;
    private long lastTold = -1;

    private Lines(String step, long done) {
      this.step = step;
      this.from = done;
      this.lastDone = done;
    }

    @Override
    public void at(long done, long total) {
      lastDone = done;
      lastTotal = total;
      if (System.nanoTime() - told >= INTERVAL.toNanos() && done != lastTold) {
        tell();
      }
    }

    private void tell() {
      told = System.nanoTime();
      lastTold = lastDone;
      double rate = (lastDone - from) / Math.max(0.001, (told - began) / 1e9);
      StringBuilder line = new StringBuilder("%-10s %,d".formatted(step, lastDone));
      if (lastTotal > 0) {
        line.append(
            String.format(Locale.ROOT, " of %,d (%d %%)", lastTotal, 100 * lastDone / lastTotal));
      }
      line.append(String.format(Locale.ROOT, ", %,.0f rows/s", rate));
      if (lastTotal > lastDone && rate > 0) {
        line.append(String.format(Locale.ROOT, ", %,.0f s to go", (lastTotal - lastDone) / rate));
      }
      Console.line("%s", line);
    }

    @Override
    public void close() {
      tell();
    }
  }
}
