package dev.credmill.batch;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jboss.logging.Logger;

/**
 * A thread that does a step again and again while there is work, and naps when there is none. It
 * survives every failure of a step: what failed is tried again after a nap.
 */
public final class Lane implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(Lane.class);
  private final Semaphore woken = new Semaphore(0);
  private final Thread thread;
  private volatile boolean closing;

  /**
   * @param nap the longest pause between two steps
   * @param step does some work and tells whether there may be more
   */
  public Lane(String name, Duration nap, BooleanSupplier step) {
    thread = Thread.ofPlatform().daemon().name(name).start(() -> run(nap, step));
  }

  /** There is work: do not nap on. */
  public void wake() {
    woken.release();
  }

  private void run(Duration nap, BooleanSupplier step) {
    while (!closing) {
      if (!attempt(step) && !closing) {
        nap(nap);
      }
    }
  }

  private boolean attempt(BooleanSupplier step) {
    try {
      return step.getAsBoolean();
    } catch (RuntimeException | Error e) {
      if (!closing) {
        LOG.errorf(e, "%s failed and will try again", Thread.currentThread().getName());
      }
      return false;
    }
  }

  private void nap(Duration nap) {
    try {
      if (woken.tryAcquire(nap.toMillis(), TimeUnit.MILLISECONDS)) {
        woken.drainPermits();
      }
    } catch (InterruptedException e) {
      closing = true;
    }
  }

  /** Lets the step at hand end, for five seconds at most. */
  @Override
  public void close() {
    closing = true;
    wake();
    try {
      if (!thread.join(Duration.ofSeconds(5))) {
        thread.interrupt();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
