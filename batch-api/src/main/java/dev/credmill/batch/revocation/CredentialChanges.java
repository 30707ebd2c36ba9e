package dev.credmill.batch.revocation;

import dev.credmill.batch.webhook.Happened;
import dev.credmill.batch.webhook.WebhookEvents;
import dev.credmill.contracts.event.CredentialChanged;
import dev.credmill.contracts.event.CredentialChanged.ClaimChanged;
import dev.credmill.contracts.event.CredentialChanged.ValidityChanged;
import dev.credmill.contracts.event.EventConsumers;
import dev.credmill.contracts.event.EventPublisher;
import dev.credmill.contracts.event.Events;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.sql.SQLException;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecords;

/** Takes down what became of issued credentials. */
@ApplicationScoped
class CredentialChanges {
  private final EventConsumers consumers;
  private final ValidityTable table;
  private final Notices notices;
  private final EventPublisher publisher;
  private final StatusChangeLane lane;
  private final WebhookEvents webhooks;

  CredentialChanges(
      EventConsumers consumers,
      ValidityTable table,
      Notices notices,
      EventPublisher publisher,
      StatusChangeLane lane,
      WebhookEvents webhooks) {
    this.consumers = consumers;
    this.table = table;
    this.notices = notices;
    this.publisher = publisher;
    this.lane = lane;
    this.webhooks = webhooks;
  }

  void start(@Observes StartupEvent starting) {
    consumers.start("batch-api", CredentialChanged.TOPIC, 1, this::consume);
  }

  private void consume(ConsumerRecords<String, byte[]> records) {
    List<CredentialChanged> changes = Events.read(records, CredentialChanged.class);
    QuarkusTransaction.requiringNew().call(() -> write(changes));
    publisher.publish(notices.of(of(changes, ValidityChanged.class)));
    // A change that was waiting for the last of these answers ends now.
    lane.wake();
  }

  private Void write(List<CredentialChanged> changes) throws SQLException {
    Happened happened = new Happened();
    table.changed(of(changes, ValidityChanged.class), happened);
    table.claimed(of(changes, ClaimChanged.class), happened);
    webhooks.record(happened);
    return null;
  }

  private static <T extends CredentialChanged> List<T> of(
      List<CredentialChanged> changes, Class<T> kind) {
    return changes.stream().filter(kind::isInstance).map(kind::cast).toList();
  }
}
