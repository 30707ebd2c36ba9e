package dev.credmill.batch.outcome;

import dev.credmill.batch.relay.Issue;
import dev.credmill.batch.status.Counts;
import dev.credmill.contracts.event.Consumption;
import dev.credmill.contracts.event.CredentialOutcome;
import dev.credmill.contracts.event.DeliveryRequested;
import dev.credmill.contracts.event.EventPublisher;
import dev.credmill.contracts.event.Events;
import dev.credmill.contracts.id.RowId;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.smallrye.reactive.messaging.annotations.Blocking;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** What became of requested credentials: write it down, ask for the messages, return. */
@ApplicationScoped
class CredentialOutcomes {
  private static final String CHANNEL = "batch-api.credential-outcome";
  private final Consumption consumption;
  private final OutcomeTable table;
  private final Counts counts;
  private final MessagesWanted messages;
  private final EventPublisher publisher;
  private final Issue issue;

  CredentialOutcomes(
      Consumption consumption,
      OutcomeTable table,
      Counts counts,
      MessagesWanted messages,
      EventPublisher publisher,
      Issue issue) {
    this.consumption = consumption;
    this.table = table;
    this.counts = counts;
    this.messages = messages;
    this.publisher = publisher;
    this.issue = issue;
  }

  @Incoming(CHANNEL)
  @Blocking
  void consume(ConsumerRecords<String, byte[]> records) {
    List<CredentialOutcome> outcomes = Events.read(records, CredentialOutcome.class);
    int slot = records.partitions().iterator().next().partition();
    consumption.insist(
        CHANNEL,
        () -> {
          QuarkusTransaction.requiringNew().call(() -> write(outcomes, slot));
          publisher.publish(wanted(outcomes));
          issue.announce();
        });
  }

  private Void write(List<CredentialOutcome> outcomes, int slot) throws SQLException {
    Counts.Changes changes = new Counts.Changes();
    table.issued(of(outcomes, CredentialOutcome.Issued.class), changes);
    table.refused(of(outcomes, CredentialOutcome.Refused.class), changes);
    counts.apply(changes, slot);
    return null;
  }

  private List<DeliveryRequested> wanted(List<CredentialOutcome> outcomes) {
    List<RowId> issued =
        of(outcomes, CredentialOutcome.Issued.class).stream()
            .map(CredentialOutcome.Issued::row)
            .toList();
    try {
      return messages.of(issued);
    } catch (SQLException e) {
      throw new IllegalStateException("the wanted messages could not be read", e);
    }
  }

  private static <T extends CredentialOutcome> List<T> of(
      List<CredentialOutcome> outcomes, Class<T> kind) {
    return outcomes.stream().filter(kind::isInstance).map(kind::cast).toList();
  }
}
