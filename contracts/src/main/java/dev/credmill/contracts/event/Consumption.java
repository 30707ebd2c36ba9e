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
 * while its channel stands still; after five minutes the process says that it is not alive. Bad
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
  void insist(String channel, Runnable work) {
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
    guard.get(() -> attempt(channel, work), Void.class);
    failingSince.remove(channel);
  }

  private Void attempt(String channel, Runnable work) {
    try {
      work.run();
      return null;
    } catch (RuntimeException e) {
      if (Thread.currentThread().isInterrupted()) {
        throw new Stopped(e);
      }
      failingSince.putIfAbsent(channel, clock.instant());
      LOG.warnf(e, "%s stands still and is tried again", channel);
      throw e;
    }
  }

  @Override
  public HealthCheckResponse call() {
    HealthCheckResponseBuilder response = HealthCheckResponse.named("event consumers");
    Instant limit = clock.instant().minus(PATIENCE);
    failingSince.forEach((channel, since) -> response.withData(channel, since.toString()));
    return response.status(failingSince.values().stream().noneMatch(limit::isAfter)).build();
  }

  /** The process is stopping; whoever starts next gets the same events again. */
  static final class Stopped extends RuntimeException {
    private static final long serialVersionUID = 1;

    Stopped(Throwable cause) {
      super("stopped", cause);
    }
  }
}
