package dev.credmill.bench.chaos;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** The services' consumer groups, seen from the broker. */
final class Groups {
  private static final Map<String, List<String>> TOPICS_OF =
      Map.of(
          "batch-api", List.of("credential-outcome", "delivery-outcome", "credential-changed"),
          "issuance-worker", List.of("credential-requested", "status-requested"),
          "notification-worker", List.of("delivery-requested"));
  private static final Set<String> GROUPS = TOPICS_OF.keySet();
  private static final List<String> TOPICS =
      TOPICS_OF.values().stream().flatMap(List::stream).toList();
  private final Map<String, Object> broker;

  Groups(String address) {
    broker = Map.of("bootstrap.servers", address);
  }

  /** Waits until every event is consumed; what is not after that time, by group and partition. */
  List<String> lagAfter(Duration longest) throws ExecutionException, InterruptedException {
    long end = System.nanoTime() + longest.toNanos();
    // What one group has consumed may be another's work a moment later: three empty looks in a row.
    List<String> lag = lag();
    for (int empty = lag.isEmpty() ? 1 : 0; empty < 3 && System.nanoTime() < end; ) {
      TimeUnit.MILLISECONDS.sleep(500);
      lag = lag();
      empty = lag.isEmpty() ? empty + 1 : 0;
    }
    return lag;
  }

  private List<String> lag() throws ExecutionException, InterruptedException {
    try (Admin admin = Admin.create(broker)) {
      List<String> lag = new ArrayList<>();
      for (String group : GROUPS) {
        Map<TopicPartition, OffsetAndMetadata> committed = committed(admin, group);
        Map<TopicPartition, Long> ends = offsets(admin, committed, OffsetSpec.latest());
        ends.forEach(
            (partition, last) -> {
              if (committed.get(partition).offset() < last) {
                lag.add(
                    "%s of %s: %d"
                        .formatted(partition, group, last - committed.get(partition).offset()));
              }
            });
      }
      return lag;
    }
  }

  /** Of every partition of the group's topics; 0 where it has committed nothing. */
  private static Map<TopicPartition, OffsetAndMetadata> committed(Admin admin, String group)
      throws ExecutionException, InterruptedException {
    Map<TopicPartition, OffsetAndMetadata> committed = new HashMap<>();
    admin
        .describeTopics(TOPICS_OF.get(group))
        .allTopicNames()
        .get()
        .forEach(
            (topic, found) ->
                found
                    .partitions()
                    .forEach(
                        p ->
                            committed.put(
                                new TopicPartition(topic, p.partition()),
                                new OffsetAndMetadata(0))));
    admin
        .listConsumerGroupOffsets(group)
        .partitionsToOffsetAndMetadata()
        .get()
        .forEach(
            (partition, offset) -> {
              if (offset != null) {
                committed.put(partition, offset);
              }
            });
    return committed;
  }

  private static Map<TopicPartition, Long> offsets(
      Admin admin, Map<TopicPartition, ?> partitions, OffsetSpec which)
      throws ExecutionException, InterruptedException {
    Map<TopicPartition, OffsetSpec> wanted = new HashMap<>();
    partitions.keySet().forEach(partition -> wanted.put(partition, which));
    Map<TopicPartition, Long> offsets = new HashMap<>();
    admin.listOffsets(wanted).all().get().forEach((p, found) -> offsets.put(p, found.offset()));
    return offsets;
  }

  /** Sets every group back to the first event that the broker has. Nobody may be consuming. */
  int rewind() throws ExecutionException, InterruptedException {
    int events = 0;
    try (Admin admin = Admin.create(broker)) {
      for (String group : GROUPS) {
        Map<TopicPartition, OffsetAndMetadata> committed = committed(admin, group);
        Map<TopicPartition, OffsetAndMetadata> first = new HashMap<>();
        for (var entry : offsets(admin, committed, OffsetSpec.earliest()).entrySet()) {
          first.put(entry.getKey(), new OffsetAndMetadata(entry.getValue()));
          events += (int) (committed.get(entry.getKey()).offset() - entry.getValue());
        }
        alter(admin, group, first);
      }
    }
    return events;
  }

  /** A group counts as consuming until the last member's leaving has come through. */
  private static void alter(Admin admin, String group, Map<TopicPartition, OffsetAndMetadata> to)
      throws ExecutionException, InterruptedException {
    for (int attempt = 1; ; attempt++) {
      try {
        admin.alterConsumerGroupOffsets(group, to).all().get();
        return;
      } catch (ExecutionException e) {
        if (attempt == 60) {
          throw e;
        }
        TimeUnit.SECONDS.sleep(1);
      }
    }
  }

  /** Publishes every event that the broker has once more, in random order; how many. */
  int publishAgain(Random random) {
    Map<String, Object> reading = new HashMap<>(broker);
    reading.put("enable.auto.commit", false);
    List<ConsumerRecord<byte[], byte[]>> events = new ArrayList<>();
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(reading, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          TOPICS.stream()
              .flatMap(topic -> consumer.partitionsFor(topic).stream())
              .map(p -> new TopicPartition(p.topic(), p.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.get(p))) {
        ConsumerRecords<byte[], byte[]> polled = consumer.poll(Duration.ofSeconds(1));
        polled.forEach(events::add);
      }
    }
    Collections.shuffle(events, random);
    Map<String, Object> writing = new HashMap<>(broker);
    writing.put("acks", "all");
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(writing, new ByteArraySerializer(), new ByteArraySerializer())) {
      events.forEach(
          event -> producer.send(new ProducerRecord<>(event.topic(), event.key(), event.value())));
      producer.flush();
    }
    return events.size();
  }
}
