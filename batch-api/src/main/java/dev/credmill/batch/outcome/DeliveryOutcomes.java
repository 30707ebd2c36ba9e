package dev.credmill.batch.outcome;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.partitioningBy;

import dev.credmill.batch.revocation.Notices;
import dev.credmill.batch.status.Counts;
import dev.credmill.contracts.event.DeliveryOutcome;
import dev.credmill.contracts.event.DeliveryRequested.Purpose;
import dev.credmill.contracts.event.DeliveryStatus;
import dev.credmill.contracts.event.EventConsumers;
import dev.credmill.contracts.event.Events;
import dev.credmill.contracts.event.Medium;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecords;

/** What became of messages. Within a list, states are written in their order, each only forward. */
@ApplicationScoped
class DeliveryOutcomes {
  private final EventConsumers consumers;
  private final OutcomeTable table;
  private final Notices notices;
  private final Counts counts;

  DeliveryOutcomes(EventConsumers consumers, OutcomeTable table, Notices notices, Counts counts) {
    this.consumers = consumers;
    this.table = table;
    this.notices = notices;
    this.counts = counts;
  }

  private record Kind(DeliveryStatus status, Medium medium) implements Comparable<Kind> {
    @Override
    public int compareTo(Kind other) {
      int byStatus = status.compareTo(other.status);
      return byStatus != 0 ? byStatus : medium.compareTo(other.medium);
    }
  }

  void start(@Observes StartupEvent starting) {
    consumers.start("batch-api", DeliveryOutcome.TOPIC, 1, this::consume);
  }

  private void consume(ConsumerRecords<String, byte[]> records) {
    List<DeliveryOutcome> outcomes = Events.read(records, DeliveryOutcome.class);
    int slot = records.partitions().iterator().next().partition();
    Map<Boolean, List<DeliveryOutcome>> ofIssuing =
        outcomes.stream().collect(partitioningBy(o -> o.purpose() == Purpose.ISSUED));
    QuarkusTransaction.requiringNew()
        .call(() -> write(ofIssuing.get(true), ofIssuing.get(false), slot));
  }

  /** What is said of notices is no state of the row's own message. */
  private Void write(List<DeliveryOutcome> outcomes, List<DeliveryOutcome> ofNotices, int slot)
      throws SQLException {
    notices.delivered(ofNotices);
    Counts.Changes changes = new Counts.Changes();
    Map<Kind, List<DeliveryOutcome>> kinds =
        outcomes.stream()
            .collect(
                groupingBy(
                    o -> new Kind(o.status(), o.medium()),
                    TreeMap::new,
                    java.util.stream.Collectors.toList()));
    for (Map.Entry<Kind, List<DeliveryOutcome>> kind : kinds.entrySet()) {
      table.delivered(kind.getKey().medium(), kind.getKey().status(), kind.getValue(), changes);
    }
    counts.apply(changes, slot);
    return null;
  }
}
