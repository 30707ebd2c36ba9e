package dev.credmill.notification.delivery;

import dev.credmill.contracts.event.DeliveryOutcome;
import dev.credmill.contracts.event.EventPublisher;
import dev.credmill.notification.NotificationConfig;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Publishes outcomes that are committed. No event whose redelivery could repeat this causes it, so
 * the row itself remembers: commit, publish, wait for acks, mark announced. What a crash or the
 * broker's absence leaves unannounced is found in the table and published again; the receiver's
 * guarded update takes it any number of times.
 */
@ApplicationScoped
class Announcements implements Runnable {
  private static final Logger LOG = Logger.getLogger(Announcements.class);
  private static final int CHUNK = 1_000;
  private static final int MOST_WAITING = 100_000;
  private static final long IDLE_MILLIS = 200;

  /** What comes when it is full is dropped: the table has it. */
  private final BlockingQueue<DeliveryOutcome> fresh = new LinkedBlockingQueue<>(MOST_WAITING);

  private final Deliveries deliveries;
  private final EventPublisher publisher;
  private final NotificationConfig config;
  private final Clock clock;
  private final Thread thread;
  private volatile boolean stopping;

  Announcements(
      Deliveries deliveries, EventPublisher publisher, NotificationConfig config, Clock clock) {
    this.deliveries = deliveries;
    this.publisher = publisher;
    this.config = config;
    this.clock = clock;
    this.thread = Thread.ofPlatform().daemon().name("delivery-announcements").unstarted(this);
  }

  void start() {
    thread.start();
  }

  /** Outcomes just committed by this instance. */
  void add(List<DeliveryOutcome> outcomes) {
    outcomes.forEach(fresh::offer);
  }

  @Override
  public void run() {
    List<DeliveryOutcome> chunk = new ArrayList<>(CHUNK);
    while (!stopping || !fresh.isEmpty()) {
      try {
        DeliveryOutcome first = fresh.poll(IDLE_MILLIS, TimeUnit.MILLISECONDS);
        if (first != null) {
          chunk.add(first);
          fresh.drainTo(chunk, CHUNK - 1);
          announce(chunk);
        }
      } catch (InterruptedException _) {
        return;
      } catch (RuntimeException e) {
        LOG.warn("outcomes could not be announced; they are found in the table later", e);
      } finally {
        chunk.clear();
      }
    }
  }

  /** Those that an instance committed and, for whatever reason, did not announce. */
  @Scheduled(
      identity = "notification-announcements",
      every = "5s",
      concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
  void announceForgotten() {
    List<DeliveryOutcome> forgotten;
    do {
      forgotten = deliveries.unannounced(clock.instant().minus(config.announceAfter()), CHUNK);
      if (!forgotten.isEmpty()) {
        announce(forgotten);
      }
    } while (forgotten.size() == CHUNK && !stopping);
  }

  private void announce(List<DeliveryOutcome> outcomes) {
    publisher.publish(outcomes);
    deliveries.announced(outcomes);
  }

  void stop(Duration longest) throws InterruptedException {
    stopping = true;
    thread.join(longest);
  }
}
