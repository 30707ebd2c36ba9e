package dev.credmill.batch.webhook;

import dev.credmill.batch.BatchConfig;
import dev.credmill.batch.Lane;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Two threads: one puts messages together, one takes up what is due and has each sent by a thread
 * of its own. Any number of processes may do so side by side.
 */
@ApplicationScoped
class WebhookLane {
  /** Before the database and the HTTP client are closed. */
  private static final int BEFORE_OTHERS = 100;

  /** What an attempt takes besides its timeout, generously: its lease must not end before it. */
  private static final Duration MARGIN = Duration.ofSeconds(30);

  private static final Duration LONGEST_END = Duration.ofSeconds(5);

  private final BatchConfig config;
  private final Composing composing;
  private final DeliveryTable deliveries;
  private final Sending sending;
  private final Clock clock;
  private final Semaphore room;
  private final ExecutorService attempts = Executors.newVirtualThreadPerTaskExecutor();
  private volatile Lane composer;
  private volatile Lane sender;

  WebhookLane(
      BatchConfig config,
      Composing composing,
      DeliveryTable deliveries,
      Sending sending,
      Clock clock) {
    this.config = config;
    this.composing = composing;
    this.deliveries = deliveries;
    this.sending = sending;
    this.clock = clock;
    this.room = new Semaphore(config.webhooks().inFlight());
  }

  void start(@Observes StartupEvent starting) {
    composer = new Lane("webhook-messages", config.pollInterval(), composing::round);
    sender = new Lane("webhooks", config.pollInterval(), this::round);
  }

  /** What is under way is waited for; what is not at its end by then is sent again by another. */
  void stop(@Observes @Priority(BEFORE_OTHERS) ShutdownEvent stopping) throws InterruptedException {
    composer.close();
    sender.close();
    attempts.shutdown();
    if (!attempts.awaitTermination(LONGEST_END.toMillis(), TimeUnit.MILLISECONDS)) {
      attempts.shutdownNow();
    }
  }

  /** Something is due. */
  void wake() {
    if (sender != null) {
      sender.wake();
    }
  }

  private boolean round() {
    int most = room.availablePermits();
    if (most == 0) {
      return false; // whoever ends wakes
    }
    WebhookConfig webhooks = config.webhooks();
    List<Outgoing> claimed =
        QuarkusTransaction.requiringNew()
            .call(
                () ->
                    deliveries.claim(
                        clock.instant(),
                        webhooks.timeout().plus(MARGIN),
                        most,
                        webhooks.inFlightPerWebhook()));
    for (Outgoing message : claimed) {
      room.acquireUninterruptibly();
      attempts.execute(
          () -> {
            try {
              sending.send(message);
            } finally {
              room.release();
              wake();
            }
          });
    }
    return !claimed.isEmpty();
  }
}
