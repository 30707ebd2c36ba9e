package dev.credmill.issuance.request;

import dev.credmill.contracts.event.EventConsumers;
import dev.credmill.contracts.event.EventPublisher;
import dev.credmill.contracts.event.Events;
import dev.credmill.contracts.event.StatusRequested;
import dev.credmill.issuance.IssuanceConfig;
import dev.credmill.issuance.IssuanceRole;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.apache.kafka.clients.consumer.ConsumerRecords;

/** Takes changes of status, a poll at a time: stored, published, told, acknowledged. */
@ApplicationScoped
class StatusRequestConsumer {
  private final EventConsumers consumers;
  private final IssuanceConfig config;
  private final StatusChanges changes;
  private final EventPublisher publisher;

  StatusRequestConsumer(
      EventConsumers consumers,
      IssuanceConfig config,
      StatusChanges changes,
      EventPublisher publisher) {
    this.consumers = consumers;
    this.config = config;
    this.changes = changes;
    this.publisher = publisher;
  }

  void start(@Observes StartupEvent starting) {
    if (config.roles().contains(IssuanceRole.SIGN)) {
      consumers.start("issuance-worker", StatusRequested.TOPIC, 1, this::consume);
    }
  }

  private void consume(ConsumerRecords<String, byte[]> records) {
    publisher.publish(changes.answer(Events.read(records, StatusRequested.class)));
  }
}
