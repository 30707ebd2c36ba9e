package dev.credmill.notification.delivery;

import dev.credmill.contracts.event.Consumption;
import dev.credmill.contracts.event.DeliveryRequested;
import dev.credmill.contracts.event.Events;
import dev.credmill.notification.delivery.Deliveries.Request;
import io.smallrye.common.annotation.Blocking;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** Keeps what is to be sent, and returns: sending takes the time that others need. */
@ApplicationScoped
class DeliveryRequests {
  private static final String CHANNEL = "notification-worker.delivery-requested";
  private final Consumption consumption;
  private final Deliveries deliveries;
  private final Plausibility plausibility;
  private final Dispatchers dispatchers;
  private final Clock clock;

  DeliveryRequests(
      Consumption consumption,
      Deliveries deliveries,
      Plausibility plausibility,
      Dispatchers dispatchers,
      Clock clock) {
    this.consumption = consumption;
    this.deliveries = deliveries;
    this.plausibility = plausibility;
    this.dispatchers = dispatchers;
    this.clock = clock;
  }

  @Incoming(CHANNEL)
  @Blocking
  void consume(ConsumerRecords<String, byte[]> records) {
    consumption.insist(
        CHANNEL,
        () -> {
          List<Request> requests =
              Events.read(records, DeliveryRequested.class).stream()
                  .map(plausibility::check)
                  .toList();
          if (!requests.isEmpty()) {
            if (deliveries.insert(requests, clock.instant()) < requests.size()) {
              deliveries.announceAgain(requests);
            }
            dispatchers.wake();
          }
        });
  }
}
