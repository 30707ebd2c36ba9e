package dev.credmill.notification;

import static org.awaitility.Awaitility.await;

import dev.credmill.contracts.event.DeliveryOutcome;
import dev.credmill.contracts.event.Events;
import dev.credmill.contracts.id.RowId;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Reads what the service publishes. */
@ApplicationScoped
class Outcomes {
  private final KafkaConsumer<String, byte[]> consumer;
  private final List<DeliveryOutcome> seen = new ArrayList<>();

  Outcomes(@ConfigProperty(name = "kafka.bootstrap.servers") String servers) {
    consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", servers, "auto.offset.reset", "earliest"),
            new StringDeserializer(),
            new ByteArrayDeserializer());
    consumer.assign(
        consumer.partitionsFor(DeliveryOutcome.TOPIC).stream()
            .map(p -> new org.apache.kafka.common.TopicPartition(p.topic(), p.partition()))
            .toList());
    consumer.seekToBeginning(consumer.assignment());
  }

  /** Waits until this many outcomes of the row were published in all. */
  List<DeliveryOutcome> of(RowId row, int count) {
    return await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> published(row), outcomes -> outcomes.size() >= count);
  }

  synchronized List<DeliveryOutcome> published(RowId row) {
    seen.addAll(Events.read(consumer.poll(Duration.ofMillis(50)), DeliveryOutcome.class));
    return seen.stream().filter(outcome -> outcome.row().equals(row)).toList();
  }

  void close(@Observes ShutdownEvent stopping) {
    consumer.close();
  }
}
