package dev.credmill.batch.duplicate;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Has PostgreSQL walk the indexes, whatever the planner makes of tables that have just grown by a
 * million rows and have no statistics yet, and spares it looking at each of 100,000 hashes; until
 * it is closed or the transaction ends.
 */
final class IndexWalk implements AutoCloseable {
  static final String BEGIN =
      """
      select set_config('enable_seqscan', 'off', true), set_config('enable_bitmapscan', 'off', true),
             set_config('enable_hashjoin', 'off', true), set_config('enable_mergejoin', 'off', true),
             set_config('jit', 'off', true),
             set_config('plan_cache_mode', 'force_generic_plan', true)
      """;

  /** Back to what the rest of the transaction expects. */
  private static final String END =
      """
      set local enable_seqscan to default; set local enable_bitmapscan to default;
      set local enable_hashjoin to default; set local enable_mergejoin to default;
      set local jit to default; set local plan_cache_mode to default
      """;

  private final Connection connection;

  private IndexWalk(Connection connection) {
    this.connection = connection;
  }

  static IndexWalk begin(Connection connection) throws SQLException {
    set(connection, BEGIN);
    return new IndexWalk(connection);
  }

  @Override
  public void close() throws SQLException {
    set(connection, END);
  }

  private static void set(Connection connection, String settings) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(settings);
    }
  }
}
