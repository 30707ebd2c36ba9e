package dev.credmill.batch.webhook;

import dev.credmill.batch.BatchConfig;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/**
 * When a message is tried again: each pause three times as long as the one before, up to a limit,
 * and shortened at random, so that what failed together does not come back together.
 */
@ApplicationScoped
class RetryPlan {
  private static final int TIMES = 3;
  private final WebhookConfig config;

  RetryPlan(BatchConfig config) {
    this.config = config.webhooks();
  }

  /**
   * When to try it again; empty for never.
   *
   * @param failures so far
   * @param begunAt from when on it is tried
   * @param wanted the pause that the receiver asks for
   */
  Optional<Instant> next(int failures, Instant begunAt, Instant now, Duration wanted) {
    Duration pause = pause(failures);
    Instant next = now.plus(pause.compareTo(wanted) < 0 ? wanted : pause);
    return next.isAfter(begunAt.plus(config.retryFor())) ? Optional.empty() : Optional.of(next);
  }

  /** Between three quarters and all of the full pause. */
  private Duration pause(int failures) {
    long full = Math.max(4, config.retryFirst().toMillis());
    long longest = Math.max(4, config.retryLongest().toMillis());
    for (int i = 1; i < failures && full < longest; i++) {
      full *= TIMES;
    }
    full = Math.min(full, longest);
    return Duration.ofMillis(ThreadLocalRandom.current().nextLong(full / 4 * 3, full + 1));
  }
}
