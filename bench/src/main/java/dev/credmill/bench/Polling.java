package dev.credmill.bench;

import dev.credmill.bench.installation.Api;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Integrators who look while others work: so many GETs a second of one address, and how long each
 * took from the moment at which it was due.
 */
final class Polling implements AutoCloseable {
  private static final long PER_SECOND = 50;
  private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
  private final ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor();
  private final List<Double> millis = new ArrayList<>();
  private int failures;

  private Polling() {}

  static Polling of(Api api, String path) {
    Polling polling = new Polling();
    polling.clock.scheduleAtFixedRate(
        () -> {
          long due = System.nanoTime();
          polling.callers.execute(() -> polling.look(api, path, due));
        },
        0,
        TimeUnit.SECONDS.toNanos(1) / PER_SECOND,
        TimeUnit.NANOSECONDS);
    return polling;
  }

  private void look(Api api, String path, long due) {
    boolean failed = false;
    try {
      api.get(path);
    } catch (RuntimeException _) {
      failed = true;
    }
    double took = (System.nanoTime() - due) / 1e6;
    synchronized (millis) {
      millis.add(took);
      failures += failed ? 1 : 0;
    }
  }

  /** Milliseconds, one value for each look; ends the polling. */
  double[] end() {
    close();
    synchronized (millis) {
      if (failures > 0) {
        throw new IllegalStateException(failures + " of the polls failed");
      }
      return millis.stream().mapToDouble(Double::doubleValue).toArray();
    }
  }

  @Override
  public void close() {
    clock.close();
    callers.close();
  }
}
