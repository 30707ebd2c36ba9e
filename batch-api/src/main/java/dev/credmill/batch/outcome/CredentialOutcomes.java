package dev.credmill.batch.outcome;

import static java.util.Comparator.comparingInt;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import dev.credmill.batch.relay.Issue;
import dev.credmill.batch.revocation.ReplacedCredentials;
import dev.credmill.batch.status.Counts;
import dev.credmill.batch.webhook.EventType;
import dev.credmill.batch.webhook.Happened;
import dev.credmill.batch.webhook.WebhookEvents;
import dev.credmill.contracts.event.CredentialOutcome;
import dev.credmill.contracts.event.DeliveryRequested;
import dev.credmill.contracts.event.EventConsumers;
import dev.credmill.contracts.event.EventPublisher;
import dev.credmill.contracts.event.Events;
import dev.credmill.contracts.id.BatchId;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecords;

/** What became of requested credentials: write it down, ask for the messages, return. */
@ApplicationScoped
class CredentialOutcomes {
  private final EventConsumers consumers;
  private final IssuedRows issuedRows;
  private final OutcomeTable table;
  private final Counts counts;
  private final MessagesWanted messages;
  private final EventPublisher publisher;
  private final Issue issue;
  private final ReplacedCredentials replaced;
  private final WebhookEvents webhooks;

  CredentialOutcomes(
      EventConsumers consumers,
      IssuedRows issuedRows,
      OutcomeTable table,
      Counts counts,
      MessagesWanted messages,
      EventPublisher publisher,
      Issue issue,
      ReplacedCredentials replaced,
      WebhookEvents webhooks) {
    this.consumers = consumers;
    this.issuedRows = issuedRows;
    this.table = table;
    this.counts = counts;
    this.messages = messages;
    this.publisher = publisher;
    this.issue = issue;
    this.replaced = replaced;
    this.webhooks = webhooks;
  }

  void start(@Observes StartupEvent starting) {
    consumers.start("batch-api", CredentialOutcome.TOPIC, 1, this::consume);
  }

  private void consume(ConsumerRecords<String, byte[]> records) {
    List<CredentialOutcome> outcomes = Events.read(records, CredentialOutcome.class);
    Map<BatchId, List<CredentialOutcome.Issued>> issued = byBatch(outcomes);
    List<CredentialOutcome.Refused> refused = of(outcomes, CredentialOutcome.Refused.class);
    int slot = records.partitions().iterator().next().partition();
    boolean anyReplaced =
        QuarkusTransaction.requiringNew().call(() -> write(issued, refused, slot));
    publisher.publish(wanted(issued));
    issue.announce();
    if (anyReplaced) {
      replaced.announce();
    }
  }

  /** Whether credentials of before are to be revoked, since others are issued in their place. */
  private boolean write(
      Map<BatchId, List<CredentialOutcome.Issued>> issued,
      List<CredentialOutcome.Refused> refused,
      int slot)
      throws SQLException {
    Counts.Changes changes = new Counts.Changes();
    Happened happened = new Happened();
    boolean anyReplaced = false;
    for (Map.Entry<BatchId, List<CredentialOutcome.Issued>> batch : issued.entrySet()) {
      IssuedRows.Added added = issuedRows.add(batch.getKey(), batch.getValue(), changes);
      happened.add(EventType.ROW_ISSUED, batch.getKey(), added.all());
      if (!added.replacing().isEmpty()) {
        replaced.revoke(batch.getKey(), added.replacing());
        anyReplaced = true;
      }
    }
    table.refused(refused, changes);
    webhooks.record(happened);
    counts.apply(changes, slot);
    return anyReplaced;
  }

  /** In the order of their keys, so that two transactions never wait for each other in a ring. */
  private static Map<BatchId, List<CredentialOutcome.Issued>> byBatch(
      List<CredentialOutcome> outcomes) {
    return of(outcomes, CredentialOutcome.Issued.class).stream()
        .sorted(comparingInt(outcome -> outcome.row().number()))
        .collect(groupingBy(outcome -> outcome.row().batch(), TreeMap::new, toList()));
  }

  private List<DeliveryRequested> wanted(Map<BatchId, List<CredentialOutcome.Issued>> issued) {
    List<DeliveryRequested> wanted = new ArrayList<>();
    try {
      for (Map.Entry<BatchId, List<CredentialOutcome.Issued>> batch : issued.entrySet()) {
        int[] numbers = batch.getValue().stream().mapToInt(o -> o.row().number()).toArray();
        wanted.addAll(messages.of(batch.getKey(), numbers));
      }
      return wanted;
    } catch (SQLException e) {
      throw new IllegalStateException("the wanted messages could not be read", e);
    }
  }

  private static <T extends CredentialOutcome> List<T> of(
      List<CredentialOutcome> outcomes, Class<T> kind) {
    return outcomes.stream().filter(kind::isInstance).map(kind::cast).toList();
  }
}
