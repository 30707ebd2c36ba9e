package dev.credmill.issuance.request;

import dev.credmill.issuance.IssuanceConfig;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;

/**
 * The threads that sign. Platform threads, since they compute and never wait; fixed, since each has
 * its own initialised signatures and buffers.
 */
@ApplicationScoped
class SigningPool {
  /** Small enough that the threads end together, large enough that sharing costs nothing. */
  private static final int SLICE = 32;

  private final int threads;
  private final ExecutorService pool;

  SigningPool(IssuanceConfig config) {
    threads = config.signThreads().orElse(Runtime.getRuntime().availableProcessors());
    if (threads < 1) {
      throw new IllegalStateException("issuance.sign-threads must be at least 1: " + threads);
    }
    AtomicInteger number = new AtomicInteger();
    pool =
        Executors.newFixedThreadPool(
            threads,
            task -> {
              Thread thread = new Thread(task, "signing-" + number.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
  }

  /** Does the work for each of 0 to count - 1, and returns when all of it is done. */
  void each(int count, IntConsumer work) {
    AtomicInteger next = new AtomicInteger();
    Runnable slices =
        () -> {
          for (int from = next.getAndAdd(SLICE); from < count; from = next.getAndAdd(SLICE)) {
            int to = Math.min(count, from + SLICE);
            for (int i = from; i < to; i++) {
              work.accept(i);
            }
          }
        };
    int workers = Math.min(threads, (count + SLICE - 1) / SLICE);
    List<Future<?>> running = new ArrayList<>(workers);
    for (int i = 0; i < workers; i++) {
      running.add(pool.submit(slices));
    }
    for (Future<?> one : running) {
      await(one);
    }
  }

  private static void await(Future<?> work) {
    try {
      work.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while signing", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("signing failed", e.getCause());
    }
  }

  @PreDestroy
  void stop() {
    pool.shutdownNow();
  }
}
