package dev.credmill.contracts.database;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import org.postgresql.PGStatement;

/** How PostgreSQL is to plan a statement. */
public final class Planning {
  private Planning() {}

  /**
   * Has it planned for its very parameters each time it is executed. A statement that is used often
   * gets one plan for any parameters, and that one takes "the first thousand behind this number"
   * for so few rows that it may read, and sort, all the rest of a batch to find them.
   */
  public static void eachTime(PreparedStatement statement) throws SQLException {
    statement.unwrap(PGStatement.class).setPrepareThreshold(0);
  }
}
