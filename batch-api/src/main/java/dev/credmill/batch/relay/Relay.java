package dev.credmill.batch.relay;

import dev.credmill.batch.Batch;
import dev.credmill.batch.BatchConfig;
import dev.credmill.batch.status.Counter;
import dev.credmill.batch.status.Counts;
import dev.credmill.contracts.event.CredentialRequested;
import dev.credmill.contracts.event.EventPublisher;
import dev.credmill.contracts.registry.CredentialDefinition;
import dev.credmill.contracts.registry.Registry;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Sends rows on their way, a chunk at a time: decide (reserve, commit), publish, wait for every
 * ack, move the cursor, commit. What is decided goes out even if the batch is paused or cancelled
 * meanwhile, and nothing else ever does, so no row is both cancelled and signed.
 */
@ApplicationScoped
class Relay {
  private final UUID owner = UUID.randomUUID();
  private final BatchConfig config;
  private final RelayTable table;
  private final RelayRows rows;
  private final Counts counts;
  private final Registry registry;
  private final EventPublisher publisher;

  Relay(
      BatchConfig config,
      RelayTable table,
      RelayRows rows,
      Counts counts,
      Registry registry,
      EventPublisher publisher) {
    this.config = config;
    this.table = table;
    this.rows = rows;
    this.counts = counts;
    this.registry = registry;
    this.publisher = publisher;
  }

  /** One chunk for every organization that has work and room; whether there may be more. */
  boolean round() throws SQLException {
    boolean worked = false;
    for (String organization : table.organizationsWithWork()) {
      int room = config.relayWindow() - table.queued(organization);
      Optional<RelayTable.Run> run = table.claim(organization, owner, room > 0);
      if (run.isPresent()) {
        worked |= chunk(run.get(), Math.min(room, config.relayChunk()));
      }
    }
    return worked;
  }

  private boolean chunk(RelayTable.Run run, int room) throws SQLException {
    Batch batch = QuarkusTransaction.requiringNew().call(() -> Batch.of(run.batch()).orElseThrow());
    CredentialDefinition definition =
        registry.definition(batch.organizationId(), batch.definitionId).orElseThrow();
    if (run.published() < run.reserved()) {
      return publishReserved(run, batch, definition);
    }
    return reserveAndPublish(run, batch, definition, room);
  }

  private boolean publishReserved(RelayTable.Run run, Batch batch, CredentialDefinition definition)
      throws SQLException {
    List<CredentialRequested> events =
        rows.next(
            batch, definition, run.number(), run.published(), run.reserved(), config.relayChunk());
    publisher.publish(events);
    boolean all = events.size() < config.relayChunk();
    table.published(run, owner, all ? run.reserved() : events.getLast().row().number());
    return true;
  }

  private boolean reserveAndPublish(
      RelayTable.Run run, Batch batch, CredentialDefinition definition, int room)
      throws SQLException {
    List<CredentialRequested> events =
        rows.next(
            batch, definition, run.number(), run.reserved(), Integer.MAX_VALUE, Math.max(room, 0));
    int upTo = events.isEmpty() ? run.reserved() : events.getLast().row().number();
    boolean exhausted = events.size() < room;
    if (!reserve(run, upTo, events.size(), exhausted) || events.isEmpty()) {
      return false;
    }
    publisher.publish(events);
    table.published(run, owner, upTo);
    return true;
  }

  private boolean reserve(RelayTable.Run run, int upTo, int count, boolean exhausted) {
    return QuarkusTransaction.requiringNew()
        .call(
            () -> {
              if (!table.reserve(run, owner, upTo, exhausted)) {
                return false;
              }
              counts.apply(
                  new Counts.Changes().add(run.batch(), Counter.RELAYED, count), Counts.OWN_SLOT);
              return true;
            });
  }
}
