package dev.credmill.batch.webhook;

import dev.credmill.batch.BatchConfig;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import org.jboss.logging.Logger;

/** Forgets messages, and what became of them, once nobody needs to know it any more. */
@ApplicationScoped
class WebhookRetention {
  private static final Logger LOG = Logger.getLogger(WebhookRetention.class);
  private static final int CHUNK = 1_000;
  private final MessageTable messages;
  private final WebhookConfig config;
  private final Clock clock;

  WebhookRetention(MessageTable messages, BatchConfig config, Clock clock) {
    this.messages = messages;
    this.config = config.webhooks();
    this.clock = clock;
  }

  @Scheduled(
      identity = "batch-webhook-retention",
      every = "1h",
      delayed = "1m",
      concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
  void erase() {
    Instant limit = clock.instant().minus(config.retention());
    int erased = 0;
    int chunk;
    do {
      chunk = QuarkusTransaction.requiringNew().call(() -> messages.erase(limit, CHUNK));
      erased += chunk;
    } while (chunk == CHUNK);
    if (erased > 0) {
      LOG.infof("erased %d messages to webhooks from before %s", erased, limit);
    }
  }
}
