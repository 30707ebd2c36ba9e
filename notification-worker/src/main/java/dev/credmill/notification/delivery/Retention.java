package dev.credmill.notification.delivery;

import dev.credmill.notification.NotificationConfig;
import dev.credmill.notification.sms.SmsMessages;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import org.jboss.logging.Logger;

/** Forgets whom messages went to once nobody needs to know it any more. */
@ApplicationScoped
class Retention {
  private static final Logger LOG = Logger.getLogger(Retention.class);
  private static final int CHUNK = 1_000;
  private final Deliveries deliveries;
  private final SmsMessages smsMessages;
  private final NotificationConfig config;
  private final Clock clock;

  Retention(
      Deliveries deliveries, SmsMessages smsMessages, NotificationConfig config, Clock clock) {
    this.deliveries = deliveries;
    this.smsMessages = smsMessages;
    this.config = config;
    this.clock = clock;
  }

  @Scheduled(
      identity = "notification-retention",
      every = "1h",
      delayed = "1m",
      concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
  void erase() {
    Instant now = clock.instant();
    Instant limit = now.minus(config.retention());
    int erased = 0;
    int chunk;
    do {
      chunk = deliveries.erase(limit, now, CHUNK);
      erased += chunk;
    } while (chunk == CHUNK);
    smsMessages.delete(limit);
    if (erased > 0) {
      LOG.infof("erased contact, name and link of %d deliveries settled before %s", erased, limit);
    }
  }
}
