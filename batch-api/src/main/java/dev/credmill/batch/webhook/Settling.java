package dev.credmill.batch.webhook;

import dev.credmill.batch.BatchConfig;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.jboss.logging.Logger;

/** What follows from an attempt, for the message and for its webhook. */
@ApplicationScoped
class Settling {
  private static final Logger LOG = Logger.getLogger(Settling.class);
  private final WebhookConfig config;
  private final DeliveryTable deliveries;
  private final RetryPlan retries;
  private final MeterRegistry meters;
  private final Clock clock;

  Settling(
      BatchConfig config,
      DeliveryTable deliveries,
      RetryPlan retries,
      MeterRegistry meters,
      Clock clock) {
    this.config = config.webhooks();
    this.deliveries = deliveries;
    this.retries = retries;
    this.meters = meters;
    this.clock = clock;
  }

  void settle(Outgoing message, Attempt attempt, Instant at, Duration took) {
    QuarkusTransaction.requiringNew()
        .call(
            () -> {
              Optional<Webhook> webhook = Webhook.locked(message.webhook());
              if (webhook.isPresent()) { // else it was deleted, and all of its with it
                settle(webhook.get(), message, attempt);
                deliveries.log(message, attempt, at, took);
              }
              return null;
            });
  }

  private void settle(Webhook webhook, Outgoing message, Attempt attempt) throws SQLException {
    Instant now = clock.instant();
    if (attempt.error() == null) {
      webhook.failingSince = null;
      webhook.pausedUntil = null;
      deliveries.settle(message, DeliveryView.Status.DELIVERED, 0, null);
      return;
    }
    if (webhook.failingSince == null) {
      webhook.failingSince = now;
    }
    if (attempt.pause().isPositive()) {
      webhook.pausedUntil = now.plus(attempt.pause());
    }
    int failures = message.failures() + 1;
    Optional<Instant> next = retries.next(failures, message.begunAt(), now, attempt.pause());
    disableIfHopeless(webhook, attempt, now);
    if (webhook.disabled() || next.isEmpty()) {
      deliveries.settle(message, DeliveryView.Status.FAILED, failures, null);
    } else {
      deliveries.settle(message, DeliveryView.Status.PENDING, failures, next.get());
    }
    if (webhook.disabled()) {
      deliveries.giveUp(webhook.id);
    }
  }

  private void disableIfHopeless(Webhook webhook, Attempt attempt, Instant now) {
    if (webhook.disabled()) {
      return;
    }
    if (attempt.error() == AttemptError.GONE) {
      disable(webhook, DisabledBecause.GONE, now);
    } else if (!now.isBefore(webhook.failingSince.plus(config.disableAfter()))) {
      disable(webhook, DisabledBecause.FAILING, now);
    }
  }

  private void disable(Webhook webhook, DisabledBecause why, Instant now) {
    webhook.disable(why, now);
    LOG.warnf(
        "webhook %s of organization %s is disabled: %s", webhook.id, webhook.organization, why);
    meters
        .counter("credmill.webhook.disabled", "reason", why.name().toLowerCase(Locale.ROOT))
        .increment();
  }
}
