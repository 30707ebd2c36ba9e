package dev.credmill.notification.delivery;

import dev.credmill.contracts.event.DeliveryRequested;
import dev.credmill.contracts.event.EventConsumers;
import dev.credmill.contracts.event.Events;
import dev.credmill.notification.delivery.Deliveries.Request;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecords;

/** Keeps what is to be sent, and returns: sending takes the time that others need. */
@ApplicationScoped
class DeliveryRequests {
  private final EventConsumers consumers;
  private final Deliveries deliveries;
  private final Plausibility plausibility;
  private final Dispatchers dispatchers;
  private final Clock clock;

  DeliveryRequests(
      EventConsumers consumers,
      Deliveries deliveries,
      Plausibility plausibility,
      Dispatchers dispatchers,
      Clock clock) {
    this.consumers = consumers;
    this.deliveries = deliveries;
    this.plausibility = plausibility;
    this.dispatchers = dispatchers;
    this.clock = clock;
  }

  void start(@Observes StartupEvent starting) {
    consumers.start("notification-worker", DeliveryRequested.TOPIC, 1, this::consume);
  }

  private void consume(ConsumerRecords<String, byte[]> records) {
    List<Request> requests =
        Events.read(records, DeliveryRequested.class).stream().map(plausibility::check).toList();
    if (!requests.isEmpty()) {
      deliveries.supersede(requests, clock.instant());
      if (deliveries.insert(requests, clock.instant()) < requests.size()) {
        deliveries.announceAgain(requests);
      }
      dispatchers.wake();
    }
  }
}
