package dev.credmill.issuance.request;

import dev.credmill.contracts.event.Consumption;
import dev.credmill.contracts.event.CredentialRequested;
import dev.credmill.contracts.event.EventPublisher;
import dev.credmill.contracts.event.Events;
import io.smallrye.reactive.messaging.annotations.Blocking;
import jakarta.enterprise.context.ApplicationScoped;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** Takes requests, a poll at a time: stored, then told, then acknowledged. */
@ApplicationScoped
class CredentialRequestConsumer {
  static final String CHANNEL = "issuance-worker.credential-requested";
  private final Consumption consumption;
  private final Issuance issuance;
  private final EventPublisher publisher;

  CredentialRequestConsumer(Consumption consumption, Issuance issuance, EventPublisher publisher) {
    this.consumption = consumption;
    this.issuance = issuance;
    this.publisher = publisher;
  }

  @Incoming(CHANNEL)
  @Blocking
  void consume(ConsumerRecords<String, byte[]> records) {
    consumption.insist(
        CHANNEL,
        () -> publisher.publish(issuance.answer(Events.read(records, CredentialRequested.class))));
  }
}
