package dev.credmill.issuance.request;

import dev.credmill.contracts.event.CredentialRequested;
import dev.credmill.contracts.event.EventConsumers;
import dev.credmill.contracts.event.EventPublisher;
import dev.credmill.contracts.event.Events;
import dev.credmill.issuance.IssuanceConfig;
import dev.credmill.issuance.IssuanceRole;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.apache.kafka.clients.consumer.ConsumerRecords;

/** Takes requests, a poll at a time: stored, then told, then acknowledged. */
@ApplicationScoped
class CredentialRequestConsumer {
  private final EventConsumers consumers;
  private final IssuanceConfig config;
  private final Issuance issuance;
  private final EventPublisher publisher;

  CredentialRequestConsumer(
      EventConsumers consumers,
      IssuanceConfig config,
      Issuance issuance,
      EventPublisher publisher) {
    this.consumers = consumers;
    this.config = config;
    this.issuance = issuance;
    this.publisher = publisher;
  }

  /** A process without the role {@code sign} does not even join the consumer group. */
  void start(@Observes StartupEvent starting) {
    if (config.roles().contains(IssuanceRole.SIGN)) {
      consumers.start(
          "issuance-worker", CredentialRequested.TOPIC, config.consumers(), this::consume);
    }
  }

  private void consume(ConsumerRecords<String, byte[]> records) {
    publisher.publish(issuance.answer(Events.read(records, CredentialRequested.class)));
  }
}
