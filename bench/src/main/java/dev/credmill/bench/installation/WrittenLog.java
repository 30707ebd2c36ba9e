package dev.credmill.bench.installation;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Makes a new PostgreSQL's log what it is where one has run for a while: its files are there and
 * are written anew. A new one fills each with zeros first, half a microsecond of processor time for
 * each row of a sheet.
 */
public final class WrittenLog {
  /** As many as checkpoints keep. */
  private static final long MOST = 3L << 30;

  private static final int PIECE = 1 << 20;

  private WrittenLog() {}

  /**
   * Writes that many bytes and begins anew.
   *
   * @param database the address, as its superuser
   */
  public static void of(String database, long bytes) throws SQLException {
    try (Connection connection = DriverManager.getConnection(database);
        Statement statement = connection.createStatement();
        PreparedStatement write =
            connection.prepareStatement(
                "select count(pg_logical_emit_message(false, 'bench', repeat('x', ?))) from generate_series(1, ?)")) {
      statement.execute("alter system set min_wal_size = '4GB'");
      statement.execute("select pg_reload_conf()");
      write.setInt(1, PIECE);
      write.setLong(2, Math.min(bytes, MOST) / PIECE);
      write.execute();
      statement.execute("checkpoint");
    }
  }
}
