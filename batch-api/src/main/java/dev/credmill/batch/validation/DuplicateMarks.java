package dev.credmill.batch.validation;

import dev.credmill.batch.Batch;
import dev.credmill.batch.duplicate.Duplicate;
import dev.credmill.batch.row.IssueStatus;
import dev.credmill.batch.status.Counter;
import dev.credmill.batch.status.Counts;
import dev.credmill.contracts.database.BinaryCopy;
import dev.credmill.contracts.id.BatchId;
import io.agroal.api.AgroalDataSource;
import io.quarkus.agroal.DataSource;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;

/** Writes down what stored rows repeat, and holds them back where the issuer wants that. */
@ApplicationScoped
public class DuplicateMarks {
  private static final String COPY =
      """
      copy row_duplicate (batch_id, number, kind, of_batch, of_number) from stdin (format binary)
      """;
  private static final String HOLD =
      """
      update sheet_row set issue = cast(? as issue_state)
      where batch_id = ? and number = any(?) and issue = 'READY'
      returning number
      """;

  private final AgroalDataSource database;

  DuplicateMarks(@DataSource("batch") AgroalDataSource database) {
    this.database = database;
  }

  /**
   * Marks rows of a batch.
   *
   * @param found what they repeat, by row number
   * @param changes take up what this changes in the counts
   * @return the rows that were READY and are now what the issuer wants of duplicates
   */
  public Set<Integer> put(
      BatchId batch,
      Map<Integer, Duplicate> found,
      Batch.OnDuplicate onDuplicate,
      Counts.Changes changes)
      throws SQLException {
    if (found.isEmpty()) {
      return Set.of();
    }
    try (Connection connection = database.getConnection()) {
      Map<Integer, Duplicate> inOrder = new TreeMap<>(found);
      BinaryCopy marks = new BinaryCopy(5, 80 * found.size());
      inOrder.forEach((number, duplicate) -> mark(marks, batch.value(), number, duplicate));
      marks.send(connection, COPY);
      found.values().forEach(d -> changes.add(batch, Counter.of(d.kind()), 1));
      IssueStatus becomes = onDuplicate.becomes();
      if (becomes == IssueStatus.READY) {
        return Set.of();
      }
      Set<Integer> held = hold(connection, batch, inOrder.keySet(), becomes);
      changes.add(batch, Counter.valueOf(becomes.name()), held.size());
      if (becomes == IssueStatus.INVALID) {
        FaultLines faults = new FaultLines(batch);
        for (int number : held) {
          RowFault fault = new RowFault("", "duplicate", inOrder.get(number).sentence());
          faults.add(number, 0, fault);
        }
        faults.send(connection);
      }
      return held;
    }
  }

  private static void mark(BinaryCopy marks, UUID batch, int number, Duplicate duplicate) {
    marks
        .row()
        .uuid(batch)
        .int4(number)
        .text(duplicate.kind().name())
        .uuid(duplicate.of().batch().value())
        .int4(duplicate.of().number());
  }

  private static Set<Integer> hold(
      Connection connection, BatchId batch, Set<Integer> numbers, IssueStatus becomes)
      throws SQLException {
    Set<Integer> held = new TreeSet<>();
    try (PreparedStatement hold = connection.prepareStatement(HOLD)) {
      hold.setString(1, becomes.name());
      hold.setObject(2, batch.value());
      hold.setArray(3, connection.createArrayOf("int", numbers.toArray()));
      try (ResultSet row = hold.executeQuery()) {
        while (row.next()) {
          held.add(row.getInt(1));
        }
      }
    }
    return held;
  }
}
