package dev.credmill.contracts.event;

import io.quarkus.runtime.ShutdownEvent;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Publishes lists of events and returns when the broker has all of them. One producer serves a
 * process: it batches across topics, which one emitter per channel would not.
 */
@ApplicationScoped
public class EventPublisher {
  private final Map<String, Object> settings;
  private volatile KafkaProducer<String, byte[]> producer;

  EventPublisher(@Identifier("default-kafka-broker") Map<String, Object> broker) {
    settings = new HashMap<>(broker);
    settings.put(ProducerConfig.ACKS_CONFIG, "all");
    settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    settings.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
    settings.put(ProducerConfig.BATCH_SIZE_CONFIG, 128 * 1024);
    settings.put(ProducerConfig.LINGER_MS_CONFIG, 2);
    settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 10_000);
    settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 30_000);
    settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 10_000);
  }

  /**
   * Sends the events and waits for every broker ack.
   *
   * @throws PublishingFailed when the broker did not take all of them; which ones is unknown, so
   *     the caller publishes the same list again
   */
  public void publish(List<? extends Event> events) {
    List<Future<RecordMetadata>> acks = new ArrayList<>(events.size());
    for (Event event : events) {
      acks.add(
          producer().send(new ProducerRecord<>(event.topic(), event.key(), Events.write(event))));
    }
    for (Future<RecordMetadata> ack : acks) {
      await(ack);
    }
  }

  private static void await(Future<RecordMetadata> ack) {
    try {
      ack.get();
    } catch (ExecutionException e) {
      throw new PublishingFailed(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new PublishingFailed(e);
    }
  }

  private KafkaProducer<String, byte[]> producer() {
    if (producer == null) {
      synchronized (this) {
        if (producer == null) {
          producer =
              new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer());
        }
      }
    }
    return producer;
  }

  void close(@Observes ShutdownEvent stopping) {
    if (producer != null) {
      producer.close(Duration.ofSeconds(5));
    }
  }

  /** The broker did not take everything. */
  public static final class PublishingFailed extends RuntimeException {
    private static final long serialVersionUID = 1;

    PublishingFailed(Throwable cause) {
      super("the broker did not take every event", cause);
    }
  }
}
