package dev.credmill.registry.template;

import dev.credmill.contracts.problem.ProblemException;
import dev.credmill.contracts.problem.ProblemType;
import dev.credmill.registry.RegistryConfig;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Draws what organizations designed, within bounds: few at a time, few waiting, none for long. A
 * template is hostile until shown otherwise, and a renderer cannot be interrupted everywhere.
 */
@ApplicationScoped
class Drawing {
  private final Duration timeLimit;
  private final ThreadPoolExecutor threads;

  Drawing(RegistryConfig config) {
    RegistryConfig.Preview preview = config.preview();
    this.timeLimit = preview.timeLimit();
    this.threads =
        new ThreadPoolExecutor(
            preview.threads(),
            preview.threads(),
            30,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(preview.waiting()),
            Thread.ofPlatform().daemon().name("certificate-preview-", 0).factory());
    threads.allowCoreThreadTimeOut(true);
  }

  /**
   * What the work gives, if it gives it in time.
   *
   * @throws ProblemException when it does not, or when the template cannot be drawn
   */
  <T> T within(Callable<T> work) {
    Future<T> drawn;
    try {
      drawn = threads.submit(work);
    } catch (RejectedExecutionException e) {
      throw busy();
    }
    try {
      return drawn.get(timeLimit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      drawn.cancel(true);
      throw busy();
    } catch (InterruptedException e) {
      drawn.cancel(true);
      Thread.currentThread().interrupt();
      throw busy();
    } catch (ExecutionException e) {
      // A StackOverflowError or OutOfMemoryError is the template's doing like any exception.
      throw e.getCause() instanceof ProblemException problem
          ? problem
          : ProblemType.CERTIFICATE_TEMPLATE_INVALID.because(
              "The template cannot be drawn; make it simpler, or smaller in width");
    }
  }

  private static ProblemException busy() {
    return ProblemType.UNAVAILABLE.because(
        "Too much is being drawn just now; send the request again after the seconds in Retry-After");
  }

  @PreDestroy
  void close() {
    threads.shutdownNow();
  }
}
