package dev.credmill.batch;

import dev.credmill.contracts.event.Event;
import dev.credmill.contracts.event.Events;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.awaitility.Awaitility;
import org.eclipse.microprofile.config.ConfigProvider;

/** Everything that stands in a topic, read from its beginning. */
public final class Topic<E extends Event> implements AutoCloseable {
  private final KafkaConsumer<String, byte[]> consumer;
  private final Class<E> type;
  private final List<E> seen = new ArrayList<>();

  public Topic(String name, Class<E> type) {
    this.type = type;
    String broker = ConfigProvider.getConfig().getValue("kafka.bootstrap.servers", String.class);
    consumer =
        new KafkaConsumer<>(
            Map.of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, broker),
            new StringDeserializer(),
            new ByteArrayDeserializer());
    var partitions =
        consumer.partitionsFor(name).stream()
            .map(p -> new org.apache.kafka.common.TopicPartition(p.topic(), p.partition()))
            .toList();
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
  }

  /** Waits until that many different events of the batch are there, and gives each once. */
  public List<E> of(String batch, int atLeast) {
    return await(batch, atLeast, true);
  }

  /** Waits until that many events of the batch are there, repetitions included. */
  public List<E> withRepetitions(String batch, int atLeast) {
    return await(batch, atLeast, false);
  }

  private List<E> await(String batch, int atLeast, boolean distinct) {
    return Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .until(
            () -> {
              List<E> events = poll(e -> e.row().batch().toString().equals(batch));
              return distinct ? events.stream().distinct().toList() : events;
            },
            events -> events.size() >= atLeast);
  }

  private List<E> poll(Predicate<E> wanted) {
    seen.addAll(Events.read(consumer.poll(Duration.ofMillis(200)), type));
    return seen.stream().filter(wanted).toList();
  }

  @Override
  public void close() {
    consumer.close();
  }
}
