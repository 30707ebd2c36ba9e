package dev.credmill.batch.upload;

import dev.credmill.batch.BatchConfig;
import dev.credmill.contracts.problem.ProblemException;
import dev.credmill.contracts.problem.ProblemType;
import io.quarkus.runtime.ShutdownEvent;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The threads that look at uploaded files. They are few, so that hostile files, however many come
 * at once, leave the rest of the service its threads; small files have their own, so that they
 * never wait behind large ones.
 */
@ApplicationScoped
public class UploadChecks {
  private static final long SMALL = 1 << 20;
  private static final int MOST_WAITING = 64;
  private final ThreadPoolExecutor small;
  private final ThreadPoolExecutor large;

  UploadChecks(BatchConfig config) {
    small = threads("upload-small-", config.uploadChecks());
    large = threads("upload-", config.uploadChecks());
  }

  void stop(@Observes ShutdownEvent stopping) {
    small.shutdownNow();
    large.shutdownNow();
  }

  /**
   * Does the work that a file gives, when its turn comes.
   *
   * @throws ProblemException when too many wait already
   */
  public <T> Uni<T> run(Path file, Callable<T> work) {
    Executor executor = size(file) < SMALL ? small : large;
    return Uni.createFrom()
        .item(() -> call(work))
        .runSubscriptionOn(executor)
        .onFailure(RejectedExecutionException.class)
        .transform(
            _ ->
                ProblemType.UNAVAILABLE.because(
                    "Too many files are being looked at; upload again in a minute"));
  }

  private static <T> T call(Callable<T> work) {
    try {
      return work.call();
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException("a file could not be looked at", e);
    }
  }

  private static long size(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ThreadPoolExecutor threads(String name, int count) {
    ThreadPoolExecutor threads =
        new ThreadPoolExecutor(
            count,
            count,
            1,
            TimeUnit.MINUTES,
            new ArrayBlockingQueue<>(MOST_WAITING),
            Thread.ofPlatform().daemon().name(name, 0).factory());
    threads.allowCoreThreadTimeOut(true);
    return threads;
  }
}
