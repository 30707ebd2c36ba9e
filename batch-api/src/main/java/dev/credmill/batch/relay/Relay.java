package dev.credmill.batch.relay;

import dev.credmill.batch.Batch;
import dev.credmill.batch.BatchConfig;
import dev.credmill.batch.status.Counter;
import dev.credmill.batch.status.Counts;
import dev.credmill.contracts.event.EventPublisher;
import dev.credmill.contracts.registry.CredentialDefinition;
import dev.credmill.contracts.registry.Registry;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;

/**
 * Sends rows on their way, a chunk at a time: decide (reserve, commit), publish, wait for every
 * ack, move the cursor, commit. What is decided goes out even if the batch is paused or cancelled
 * meanwhile, and nothing else ever does, so no row is both cancelled and signed.
 */
@ApplicationScoped
class Relay {
  private static final Logger LOG = Logger.getLogger(Relay.class);
  private final UUID owner = UUID.randomUUID();
  private final BatchConfig config;
  private final RelayTable table;
  private final RelayRows rows;
  private final Counts counts;
  private final Registry registry;
  private final EventPublisher publisher;
  private final Map<String, Window> windows = new HashMap<>();

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
      worked |= turn(organization);
    }
    return worked;
  }

  /** Trouble with the rows of one organization must not keep the others from their turn. */
  private boolean turn(String organization) {
    try {
      long now = System.nanoTime();
      Window window =
          windows.computeIfAbsent(
              organization, _ -> new Window(config.relayWindowLeast(), config.relayWindow(), now));
      int queued = table.queued(organization);
      int size = window.size(queued, now);
      int room = size - queued;
      // A round costs the same for few rows as for many: wait until a chunk has room.
      int worthwhile = Math.max(1, Math.min(config.relayChunk(), size / 2));
      Optional<RelayTable.Run> run = table.claim(organization, owner, room >= worthwhile);
      return run.isPresent() && chunk(run.get(), Math.min(room, config.relayChunk()), window);
    } catch (SQLException | RuntimeException e) {
      LOG.errorf(
          e, "rows of organization %s could not be relayed and will be tried again", organization);
      return false;
    }
  }

  private boolean chunk(RelayTable.Run run, int room, Window window) throws SQLException {
    Batch batch = QuarkusTransaction.requiringNew().call(() -> Batch.of(run.batch()).orElseThrow());
    List<CredentialDefinition> definitions =
        batch.definitionIds.stream()
            .map(id -> registry.definition(batch.organizationId(), id).orElseThrow())
            .toList();
    if (run.published() < run.reserved()) {
      return publishReserved(run, batch, definitions);
    }
    return reserveAndPublish(run, batch, definitions, room, window);
  }

  private boolean publishReserved(
      RelayTable.Run run, Batch batch, List<CredentialDefinition> definitions) throws SQLException {
    RelayRows.Chunk chunk =
        QuarkusTransaction.requiringNew()
            .call(
                () ->
                    rows.unanswered(
                        batch,
                        definitions,
                        run.number(),
                        run.published(),
                        run.reserved(),
                        config.relayChunk()));
    publisher.publish(chunk.events());
    table.published(run, owner, chunk.more() ? chunk.lastNumber() : run.reserved());
    return true;
  }

  private boolean reserveAndPublish(
      RelayTable.Run run,
      Batch batch,
      List<CredentialDefinition> definitions,
      int room,
      Window window)
      throws SQLException {
    RelayRows.Chunk chunk =
        QuarkusTransaction.requiringNew().call(() -> reserve(run, batch, definitions, room));
    if (chunk.events().isEmpty()) {
      return false;
    }
    window.relayed(chunk.events().size());
    publisher.publish(chunk.events());
    table.published(run, owner, chunk.lastNumber());
    return true;
  }

  /**
   * Decides which rows go out. The run is locked before they are read: a command that moves rows to
   * another run locks it too, so no row is reserved by one run and moved to another.
   */
  private RelayRows.Chunk reserve(
      RelayTable.Run run, Batch batch, List<CredentialDefinition> definitions, int room)
      throws SQLException {
    if (!table.lock(run, owner)) {
      return RelayRows.Chunk.NONE;
    }
    RelayRows.Chunk chunk =
        rows.next(batch, definitions, run.number(), run.reserved(), Math.max(room, 0));
    int count = chunk.events().size();
    table.reserve(run, count == 0 ? run.reserved() : chunk.lastNumber(), !chunk.more());
    counts.apply(new Counts.Changes().add(run.batch(), Counter.RELAYED, count), Counts.OWN_SLOT);
    return chunk;
  }
}
