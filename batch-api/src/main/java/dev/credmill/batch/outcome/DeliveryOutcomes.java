package dev.credmill.batch.outcome;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import dev.credmill.batch.report.ReportQueue;
import dev.credmill.batch.revocation.Notices;
import dev.credmill.batch.status.Counts;
import dev.credmill.batch.webhook.Happened;
import dev.credmill.batch.webhook.WebhookEvents;
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
import java.util.Comparator;
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
  private final WebhookEvents webhooks;
  private final Fallback fallback;
  private final ReportQueue reports;

  DeliveryOutcomes(
      EventConsumers consumers,
      OutcomeTable table,
      Notices notices,
      Counts counts,
      WebhookEvents webhooks,
      Fallback fallback,
      ReportQueue reports) {
    this.consumers = consumers;
    this.table = table;
    this.notices = notices;
    this.counts = counts;
    this.webhooks = webhooks;
    this.fallback = fallback;
    this.reports = reports;
  }

  /**
   * @param notice whether they tell of a change of status: those are no states of the row's own
   *     message
   */
  private record Kind(DeliveryStatus status, Medium medium, boolean notice)
      implements Comparable<Kind> {
    private static final Comparator<Kind> ORDER =
        Comparator.comparing(Kind::status).thenComparing(Kind::medium).thenComparing(Kind::notice);

    static Kind of(DeliveryOutcome outcome) {
      return new Kind(outcome.status(), outcome.medium(), outcome.purpose() != Purpose.ISSUED);
    }

    @Override
    public int compareTo(Kind other) {
      return ORDER.compare(this, other);
    }
  }

  void start(@Observes StartupEvent starting) {
    consumers.start("batch-api", DeliveryOutcome.TOPIC, 1, this::consume);
  }

  private void consume(ConsumerRecords<String, byte[]> records) {
    List<DeliveryOutcome> outcomes = Events.read(records, DeliveryOutcome.class);
    int slot = records.partitions().iterator().next().partition();
    QuarkusTransaction.requiringNew().call(() -> write(outcomes, slot));
    fallback.publish(outcomes);
  }

  private Void write(List<DeliveryOutcome> outcomes, int slot) throws SQLException {
    Counts.Changes changes = new Counts.Changes();
    Happened happened = new Happened();
    table.hold(outcomes);
    Map<Kind, List<DeliveryOutcome>> kinds =
        outcomes.stream().collect(groupingBy(Kind::of, TreeMap::new, toList()));
    for (Map.Entry<Kind, List<DeliveryOutcome>> entry : kinds.entrySet()) {
      Kind kind = entry.getKey();
      if (kind.notice()) {
        notices.delivered(kind.medium(), kind.status(), entry.getValue());
      } else {
        table.delivered(kind.medium(), kind.status(), entry.getValue(), changes, happened);
      }
    }
    fallback.begin(outcomes, changes);
    reports.undelivered(changes.moreUndelivered());
    webhooks.record(happened);
    counts.apply(changes, slot);
    return null;
  }
}
