package dev.credmill.batch.status;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toSet;

import dev.credmill.contracts.id.BatchId;
import io.agroal.api.AgroalDataSource;
import io.quarkus.agroal.DataSource;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The table {@code batch_count}: how many rows of a batch are in which state. Changes are made from
 * rows that really changed, in the transaction that changed them, as its last statement.
 */
@ApplicationScoped
public class Counts {
  /** The slot of everything that is not a consumer of a partition. */
  public static final int OWN_SLOT = -1;

  private static final Counter[] COUNTERS = Counter.values();
  private static final String ADD =
      """
      insert into batch_count (batch_id, slot, issue_changed_at, delivery_changed_at, %s)
      values (?, ?, ?, ?, %s)
      on conflict (batch_id, slot) do update set
        issue_changed_at = coalesce(excluded.issue_changed_at, batch_count.issue_changed_at),
        delivery_changed_at = coalesce(excluded.delivery_changed_at, batch_count.delivery_changed_at),
        %s
      """
          .formatted(
              columns("%s"), columns("?"), columns("%1$s = batch_count.%1$s + excluded.%1$s"));

  private final AgroalDataSource database;
  private final Clock clock;

  Counts(@DataSource("batch") AgroalDataSource database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  /** By how much the counts of several batches change. */
  public static final class Changes {
    private final SortedMap<BatchId, Map<Counter, Integer>> byBatch = new TreeMap<>();

    public Changes add(BatchId batch, Counter counter, int rows) {
      if (rows != 0) {
        byBatch
            .computeIfAbsent(batch, _ -> new EnumMap<>(Counter.class))
            .merge(counter, rows, Integer::sum);
      }
      return this;
    }

    /** Batches of which more messages than before did not arrive. */
    public Set<BatchId> moreUndelivered() {
      return byBatch.entrySet().stream()
          .filter(
              entry ->
                  entry.getValue().entrySet().stream()
                      .anyMatch(change -> change.getKey().isUndelivered() && change.getValue() > 0))
          .map(Map.Entry::getKey)
          .collect(toSet());
    }

    public boolean isEmpty() {
      return byBatch.isEmpty();
    }
  }

  /**
   * Applies the changes in key order, so that two transactions never wait for each other in a ring.
   */
  public void apply(Changes changes, int slot) throws SQLException {
    if (changes.byBatch.isEmpty()) {
      return;
    }
    Timestamp now = Timestamp.from(clock.instant());
    try (Connection connection = database.getConnection();
        PreparedStatement add = connection.prepareStatement(ADD)) {
      for (Map.Entry<BatchId, Map<Counter, Integer>> entry : changes.byBatch.entrySet()) {
        Map<Counter, Integer> change = entry.getValue();
        add.setObject(1, entry.getKey().value());
        add.setInt(2, slot);
        add.setTimestamp(3, change.keySet().stream().allMatch(Counter::ofDelivery) ? null : now);
        add.setTimestamp(4, change.keySet().stream().anyMatch(Counter::ofDelivery) ? now : null);
        for (int i = 0; i < COUNTERS.length; i++) {
          add.setInt(5 + i, change.getOrDefault(COUNTERS[i], 0));
        }
        add.addBatch();
      }
      add.executeBatch();
    }
  }

  private static String columns(String format) {
    return Arrays.stream(COUNTERS).map(c -> format.formatted(c.column())).collect(joining(", "));
  }
}
