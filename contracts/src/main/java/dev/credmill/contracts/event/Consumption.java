package dev.credmill.contracts.event;

import io.smallrye.faulttolerance.api.Guard;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Default;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Liveness;
import org.jboss.logging.Logger;

/**
 * How consumers meet trouble: a list of events is tried again without end, with growing pauses,
 * while its consumer stands still; after five minutes the process says that it is not alive. Bad
 * data must never get here as an exception, or it would be retried for ever.
 */
@Liveness
@Default
@ApplicationScoped
public class Consumption implements HealthCheck {
  private static final Logger LOG = Logger.getLogger(Consumption.class);
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private final Map<String, Instant> failingSince = new ConcurrentHashMap<>();
  private final Clock clock;

  Consumption(Clock clock) {
    this.clock = clock;
  }

  /** Does the work of one poll, however long the database or the broker are away. */
  void insist(String consumer, Runnable work) {
    Guard guard =
        Guard.create()
            .withRetry()
            .maxRetries(-1)
            .maxDuration(0, ChronoUnit.SECONDS)
            .delay(200, ChronoUnit.MILLIS)
            .jitter(100, ChronoUnit.MILLIS)
            .withExponentialBackoff()
            .maxDelay(10, ChronoUnit.SECONDS)
            .done()
            .abortOn(Stopped.class)
            .done()
            .build();
    guard.get(() -> attempt(consumer, work), Void.class);
  }

  // An Error, too, is tried again: it must not end a consumer that nobody would miss.
  private Void attempt(String consumer, Runnable work) {
    try {
      work.run();
      return null;
    } catch (RuntimeException | Error e) {
      if (Thread.currentThread().isInterrupted()) {
        throw new Stopped(e);
      }
      fails(consumer);
      LOG.warnf(e, "%s stands still and tries again", consumer);
      throw new StandsStill(e);
    }
  }

  /** Takes note of trouble that has just begun, or goes on. */
  void fails(String consumer) {
    failingSince.putIfAbsent(consumer, clock.instant());
  }

  /** Takes note that there is no trouble any more. */
  void goesOn(String consumer) {
    failingSince.remove(consumer);
  }

  @Override
  public HealthCheckResponse call() {
    HealthCheckResponseBuilder response = HealthCheckResponse.named("event consumers");
    Instant limit = clock.instant().minus(PATIENCE);
    failingSince.forEach((consumer, since) -> response.withData(consumer, since.toString()));
    return response.status(failingSince.values().stream().noneMatch(limit::isAfter)).build();
  }

  /** Something went wrong that may go right the next time. */
  private static final class StandsStill extends RuntimeException {
    private static final long serialVersionUID = 1;

    StandsStill(Throwable cause) {
      super(cause);
    }
  }

  /** The process is stopping; whoever starts next gets the same events again. */
  static final class Stopped extends RuntimeException {
    private static final long serialVersionUID = 1;

    Stopped(Throwable cause) {
      super("stopped", cause);
    }
  }
}
