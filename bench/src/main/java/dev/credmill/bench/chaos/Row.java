package dev.credmill.bench.chaos;

import java.sql.SQLException;
import java.util.List;
import java.util.UUID;

/**
 * A row as batch-api's database has it.
 *
 * @param problem of the row or of its delivery; null for none
 */
record Row(int number, String issue, String email, String problem) {
  static List<Row> of(Sql sql, String batch) throws SQLException {
    return sql.list(
        """
        select number, issue::text, email_delivery::text, problem from batch.row
        where batch_id = ? order by number
        """,
        row -> new Row(row.getInt(1), row.getString(2), row.getString(3), row.getString(4)),
        UUID.fromString(batch));
  }
}
