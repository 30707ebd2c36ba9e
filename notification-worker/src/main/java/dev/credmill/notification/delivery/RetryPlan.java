package dev.credmill.notification.delivery;

import dev.credmill.notification.NotificationConfig;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/**
 * When to try again: pauses double up to a limit, each shortened at random, so that what failed
 * together does not come back together.
 */
@ApplicationScoped
class RetryPlan {
  private static final int MOST_DOUBLINGS = 30;
  private final NotificationConfig.Retry config;

  RetryPlan(NotificationConfig config) {
    this.config = config.retry();
  }

  /** When to try the delivery again after its last attempt failed; empty for never. */
  Optional<Instant> next(Delivery delivery, Instant now) {
    if (delivery.attempt() >= config.attempts() || !mayWait(delivery, now)) {
      return Optional.empty();
    }
    return Optional.of(now.plus(pause(delivery.attempt())));
  }

  /** Whether the delivery is not too old by then. */
  boolean mayWait(Delivery delivery, Instant until) {
    return !until.isAfter(delivery.requestedAt().plus(config.age()));
  }

  /** Between half and all of the full pause. */
  private Duration pause(int failures) {
    long doubled = config.first().toMillis() << Math.min(failures - 1, MOST_DOUBLINGS);
    long full = doubled <= 0 ? config.longest().toMillis() : doubled;
    long pause = Math.max(2, Math.min(full, config.longest().toMillis()));
    return Duration.ofMillis(ThreadLocalRandom.current().nextLong(pause / 2, pause + 1));
  }
}
