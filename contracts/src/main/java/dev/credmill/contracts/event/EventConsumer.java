package dev.credmill.contracts.event;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.kafka.KafkaClientMetrics;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jboss.logging.Logger;

/**
 * One member of a consumer group: takes a list of events, has its work done, commits its offsets,
 * one list after the other. Events whose offsets were not committed come again, here or elsewhere.
 */
final class EventConsumer implements Runnable {
  private static final Logger LOG = Logger.getLogger(EventConsumer.class);
  private static final Duration LONGEST_POLL = Duration.ofMillis(500);
  private static final Duration LONGEST_CLOSE = Duration.ofSeconds(3);
  private static final Duration PAUSE = Duration.ofSeconds(1);

  /** Who was put out for what comes next in a topic has come back to it by then. */
  private static final Duration SOUND_AFTER = Duration.ofSeconds(30);

  private final String name;
  private final String topic;
  private final Map<String, Object> settings;
  private final Consumer<ConsumerRecords<String, byte[]>> work;
  private final MeterRegistry meters;
  private final Consumption consumption;
  private volatile boolean stopping;

  EventConsumer(
      String name,
      String topic,
      Map<String, Object> settings,
      MeterRegistry meters,
      Consumption consumption,
      Consumer<ConsumerRecords<String, byte[]>> work) {
    this.name = name;
    this.topic = topic;
    this.settings = settings;
    this.meters = meters;
    this.consumption = consumption;
    this.work = work;
  }

  /** Ends after the list that is being worked on. */
  void stop() {
    stopping = true;
  }

  @Override
  public void run() {
    while (!stopping) {
      try {
        consume();
      } catch (CommitFailedException e) {
        LOG.infof("%s lost its partitions; whoever has them gets the same events", name);
      } catch (Exception | Error e) {
        if (!stopping) {
          consumption.fails(name);
          LOG.warnf(e, "%s leaves its group and joins again", name);
          pause();
        }
      }
    }
  }

  /**
   * @throws CommitFailedException when it is no longer a member of its group: it took too long, or
   *     the broker lost its data. In the second case a consumer that had an answer from the new
   *     broker before its commit knows higher leader epochs than that will ever tell, and waits for
   *     them without a word; so it is given up for a new one
   */
  private void consume() {
    KafkaConsumer<String, byte[]> consumer =
        new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer());
    try (KafkaClientMetrics metrics = new KafkaClientMetrics(consumer)) {
      metrics.bindTo(meters);
      consumer.subscribe(List.of(topic));
      long joined = System.nanoTime();
      boolean owesCommit = false;
      while (!stopping) {
        ConsumerRecords<String, byte[]> records = consumer.poll(LONGEST_POLL);
        if (!records.isEmpty()) {
          consumption.insist(name, () -> work.accept(records));
          owesCommit = true;
        }
        boolean worked = owesCommit && committed(consumer);
        owesCommit = owesCommit && !worked;
        if (worked || System.nanoTime() - joined > SOUND_AFTER.toNanos()) {
          consumption.goesOn(name);
        }
      }
    } finally {
      consumer.close(CloseOptions.timeout(LONGEST_CLOSE));
    }
  }

  /** Whether there is nothing left to commit; otherwise it is tried again after the next poll. */
  private boolean committed(KafkaConsumer<String, byte[]> consumer) {
    try {
      consumer.commitSync();
      return true;
    } catch (RebalanceInProgressException | TimeoutException e) {
      LOG.debugf(e, "%s commits later", name);
      return false;
    }
  }

  private void pause() {
    try {
      Thread.sleep(PAUSE);
    } catch (InterruptedException _) {
      stopping = true;
    }
  }
}
