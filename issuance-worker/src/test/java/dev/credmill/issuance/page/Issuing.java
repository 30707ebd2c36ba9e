package dev.credmill.issuance.page;

import static org.awaitility.Awaitility.await;

import dev.credmill.contracts.event.ClaimAccess;
import dev.credmill.contracts.event.CredentialOutcome;
import dev.credmill.contracts.event.CredentialOutcome.Issued;
import dev.credmill.contracts.event.CredentialRequested;
import dev.credmill.contracts.event.EventPublisher;
import dev.credmill.contracts.event.Events;
import dev.credmill.contracts.id.BatchId;
import dev.credmill.contracts.id.RowId;
import dev.credmill.contracts.registry.CredentialDefinition;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Has a credential issued as the batch API would: asked for over Kafka, answered over Kafka. */
@ApplicationScoped
public class Issuing {
  private final EventPublisher publisher;
  private final Map<String, Object> broker;

  Issuing(
      EventPublisher publisher, @Identifier("default-kafka-broker") Map<String, Object> broker) {
    this.publisher = publisher;
    this.broker = broker;
  }

  /** The token of the new credential's link. */
  public String issue(CredentialDefinition definition, Instant from, Instant until, String claims) {
    return issue(definition, from, until, claims, null).linkToken();
  }

  /** The answer to a request with that access to a claim. */
  public Issued issue(
      CredentialDefinition definition,
      Instant from,
      Instant until,
      String claims,
      ClaimAccess access) {
    RowId row = new RowId(BatchId.at(Instant.now()), 2);
    Map<String, Object> settings = new HashMap<>(broker);
    settings.put("group.id", "test-" + UUID.randomUUID());
    settings.put("auto.offset.reset", "earliest");
    try (KafkaConsumer<String, byte[]> outcomes =
        new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer())) {
      outcomes.assign(
          outcomes.partitionsFor(CredentialOutcome.TOPIC).stream()
              .map(p -> new org.apache.kafka.common.TopicPartition(p.topic(), p.partition()))
              .toList());
      publisher.publish(
          java.util.List.of(
              new CredentialRequested(
                  row,
                  1,
                  definition.organization(),
                  definition.id(),
                  definition.certificateTemplateId(),
                  1,
                  from,
                  until,
                  claims,
                  access)));
      AtomicReference<Issued> answer = new AtomicReference<>();
      await()
          .atMost(Duration.ofSeconds(60))
          .until(
              () -> {
                issuedOf(row, outcomes.poll(Duration.ofMillis(100))).ifPresent(answer::set);
                return answer.get() != null;
              });
      return answer.get();
    }
  }

  private static Optional<Issued> issuedOf(RowId row, ConsumerRecords<String, byte[]> records) {
    for (CredentialOutcome outcome : Events.read(records, CredentialOutcome.class)) {
      if (outcome.row().equals(row)) {
        return Optional.of((Issued) outcome);
      }
    }
    return Optional.empty();
  }
}
