package dev.credmill.notification.delivery;

import dev.credmill.notification.NotificationConfig;
import dev.credmill.notification.suppression.Suppressions;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/** One dispatcher per medium, from start to graceful end. */
@ApplicationScoped
class Dispatchers {
  /** Before the broker, the database and the mail client are closed by later observers. */
  private static final int BEFORE_OTHERS = 100;

  private static final Duration MARGIN = Duration.ofSeconds(5);

  private final List<Dispatcher> dispatchers;
  private final Results results;
  private final Duration longestEnd;

  Dispatchers(
      @Any Instance<Sender> senders,
      Deliveries deliveries,
      Suppressions suppressions,
      Results results,
      NotificationConfig config,
      MeterRegistry meters,
      Clock clock) {
    if (config.lease().compareTo(config.sendTimeout().multipliedBy(2)) <= 0) {
      throw new IllegalArgumentException(
          "notification.lease (%s) must be longer than twice notification.send-timeout (%s)"
              .formatted(config.lease(), config.sendTimeout()));
    }
    this.dispatchers =
        senders.stream()
            .map(
                sender ->
                    new Dispatcher(
                        sender, deliveries, suppressions, results, config, meters, clock))
            .toList();
    this.results = results;
    this.longestEnd = config.sendTimeout().plus(MARGIN);
  }

  void start(@Observes StartupEvent started) {
    results.start();
    dispatchers.forEach(Dispatcher::start);
  }

  /** New deliveries are there to be sent. */
  void wake() {
    dispatchers.forEach(Dispatcher::wake);
  }

  void stop(@Observes @Priority(BEFORE_OTHERS) ShutdownEvent stopping) throws InterruptedException {
    dispatchers.forEach(Dispatcher::stop);
    for (Dispatcher dispatcher : dispatchers) {
      dispatcher.awaitEnd(longestEnd);
    }
    results.stop(longestEnd);
  }
}
