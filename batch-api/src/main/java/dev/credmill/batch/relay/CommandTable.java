package dev.credmill.batch.relay;

import dev.credmill.contracts.id.BatchId;
import io.agroal.api.AgroalDataSource;
import io.quarkus.agroal.DataSource;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** What commands change in {@code row} and {@code relay_run}. */
@ApplicationScoped
class CommandTable {
  private static final String NEXT_RUN =
      "select greatest(coalesce(max(run), 1), 1) + 1 from relay_run where batch_id = ?";

  /** Only rows that no run has reserved: what is queued belongs to its run. */
  private static final String MOVE =
      """
      update sheet_row r set run = ?
      where r.batch_id = ? and r.number = any(?) and r.issue = 'READY'
        and not exists (
          select from relay_run q
          where q.batch_id = r.batch_id and q.run = r.run and q.reserved >= r.number)
      """;

  private static final String RETRY =
      """
      update sheet_row r set issue = 'READY', run = ?, problem = null
      where r.batch_id = ? and r.issue = 'FAILED'
        and not exists (
          select from row_credential c
          where c.batch_id = r.batch_id and c.number = r.number offset 0)
      """;
  private static final String LOCK_RUNS =
      "select from relay_run where batch_id = ? order by run for update";
  private static final String FORGET_FILE = "delete from upload_chunk where batch_id = ?";
  private static final String CLOSE = "update relay_run set closed = true where batch_id = ?";

  /** A range of numbers, so that each row is looked at once, however many were cancelled before. */
  private static final String CANCEL =
      """
      update sheet_row r set issue = 'CANCELLED'
      where r.batch_id = ? and r.number > ? and r.number <= ? and r.issue = 'READY'
        and r.number > coalesce(
          (select q.reserved from relay_run q where q.batch_id = r.batch_id and q.run = r.run), 1)
      """;

  private static final String LAST_NUMBER = "select last_number from batch where id = ?";
  private static final String CANCELLED_WITH_READY_ROWS =
      """
      select b.id from batch_overview b where b.cancelled_at > now() - interval '7 days' and b.ready > 0
      """;

  private final AgroalDataSource database;

  CommandTable(@DataSource("batch") AgroalDataSource database) {
    this.database = database;
  }

  int nextRun(BatchId batch) throws SQLException {
    return number(NEXT_RUN, batch);
  }

  private int number(String sql, BatchId batch) throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement select = connection.prepareStatement(sql)) {
      select.setObject(1, batch.value());
      try (ResultSet result = select.executeQuery()) {
        result.next();
        return result.getInt(1);
      }
    }
  }

  int moveToRun(BatchId batch, List<Integer> rows, int run) throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement move = connection.prepareStatement(MOVE)) {
      move.setInt(1, run);
      move.setObject(2, batch.value());
      move.setArray(3, connection.createArrayOf("int", rows.toArray()));
      return move.executeUpdate();
    }
  }

  int retryFailed(BatchId batch, int run) throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement retry = connection.prepareStatement(RETRY)) {
      retry.setInt(1, run);
      retry.setObject(2, batch.value());
      return retry.executeUpdate();
    }
  }

  void lockRuns(BatchId batch) throws SQLException {
    execute(LOCK_RUNS, batch);
  }

  void closeRuns(BatchId batch) throws SQLException {
    execute(CLOSE, batch);
  }

  /** The file of a batch that was cancelled while it was validated; nobody reads it any more. */
  void forgetFile(BatchId batch) throws SQLException {
    execute(FORGET_FILE, batch);
  }

  private void execute(String sql, BatchId batch) throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setObject(1, batch.value());
      statement.execute();
    }
  }

  int lastNumber(BatchId batch) throws SQLException {
    return number(LAST_NUMBER, batch);
  }

  /** Cancels what is READY and not reserved, of the numbers in (after, upTo]. */
  int cancel(BatchId batch, int after, int upTo) throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement cancel = connection.prepareStatement(CANCEL)) {
      cancel.setObject(1, batch.value());
      cancel.setInt(2, after);
      cancel.setInt(3, upTo);
      return cancel.executeUpdate();
    }
  }

  /** Batches whose cancelling was interrupted. */
  List<BatchId> halfCancelled() throws SQLException {
    List<BatchId> batches = new ArrayList<>();
    try (Connection connection = database.getConnection();
        PreparedStatement select = connection.prepareStatement(CANCELLED_WITH_READY_ROWS);
        ResultSet result = select.executeQuery()) {
      while (result.next()) {
        batches.add(new BatchId(result.getObject(1, UUID.class)));
      }
    }
    return batches;
  }
}
