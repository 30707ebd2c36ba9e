package dev.credmill.contracts.event;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.smallrye.common.annotation.Identifier;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.jboss.logging.Logger;

/**
 * The consumers of this process, each a thread. What they take is configured with {@code kafka.*},
 * where it is not of their nature.
 */
@ApplicationScoped
public class EventConsumers {
  private static final Logger LOG = Logger.getLogger(EventConsumers.class);
  private static final Duration LONGEST_STOP = Duration.ofSeconds(10);
  private static final Duration LONGEST_LEAVE = Duration.ofSeconds(5);

  /** Before the publisher and all others that consumers work with. */
  private static final int FIRST_TO_STOP = 100;

  private record Running(EventConsumer consumer, Thread thread) {}

  private final Map<String, Object> broker;
  private final Consumption consumption;
  private final MeterRegistry meters;
  private final List<Running> all = new ArrayList<>();

  EventConsumers(
      @Identifier("default-kafka-broker") Map<String, Object> broker,
      Consumption consumption,
      MeterRegistry meters) {
    this.broker = broker;
    this.consumption = consumption;
    this.meters = meters;
  }

  /**
   * Starts to consume a topic.
   *
   * @param count of consumers in this process
   * @param work of one poll ({@code kafka.max.poll.records}, 1,000); tried again without end where
   *     it throws, so bad data must never make it
   */
  public synchronized void start(
      String group, String topic, int count, Consumer<ConsumerRecords<String, byte[]>> work) {
    for (int i = 1; i <= count; i++) {
      String name = "%s.%s-%d".formatted(group, topic, i);
      EventConsumer consumer =
          new EventConsumer(name, topic, settings(group, name), meters, consumption, work);
      all.add(new Running(consumer, Thread.ofPlatform().daemon().name(name).start(consumer)));
    }
  }

  private Map<String, Object> settings(String group, String name) {
    Map<String, Object> settings = new HashMap<>();
    settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 1_000);
    // A topic that is made later is found soon.
    settings.put(ConsumerConfig.METADATA_MAX_AGE_CONFIG, 10_000);
    settings.putAll(broker);
    // One name for several members would have each put the other out.
    settings.remove(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG);
    // The assignor below belongs to this protocol.
    settings.put(ConsumerConfig.GROUP_PROTOCOL_CONFIG, "classic");
    settings.put(ConsumerConfig.GROUP_ID_CONFIG, group);
    settings.put(ConsumerConfig.CLIENT_ID_CONFIG, name);
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    settings.put(
        ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG,
        CooperativeStickyAssignor.class.getName());
    return settings;
  }

  synchronized void stop(@Observes @Priority(FIRST_TO_STOP) ShutdownEvent stopping)
      throws InterruptedException {
    all.forEach(running -> running.consumer.stop());
    for (Running late : running(LONGEST_STOP)) {
      LOG.warnf("%s is interrupted; its events come again", late.thread.getName());
      late.thread.interrupt();
    }
    running(LONGEST_LEAVE);
  }

  /** Those that have not ended after that time. */
  private List<Running> running(Duration longest) throws InterruptedException {
    long end = System.nanoTime() + longest.toNanos();
    List<Running> late = new ArrayList<>();
    for (Running running : all) {
      if (!running.thread.join(Duration.ofNanos(Math.max(1, end - System.nanoTime())))) {
        late.add(running);
      }
    }
    return late;
  }
}
