package dev.credmill.batch.validation;

import dev.credmill.contracts.database.BinaryCopy;
import dev.credmill.contracts.id.BatchId;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.UUID;

/** Faults of rows as COPY takes them. */
final class FaultLines {
  private static final String COPY =
      """
      copy row_error (batch_id, number, ordinal, field, code, message) from stdin (format binary)
      """;
  private static final int FEW = 256; // bytes

  private final UUID batch;
  private final BinaryCopy lines = new BinaryCopy(6, FEW);

  FaultLines(BatchId batch) {
    this.batch = batch.value();
  }

  void add(int number, int ordinal, RowFault fault) {
    lines
        .row()
        .uuid(batch)
        .int4(number)
        .int2(ordinal)
        .text(fault.column())
        .text(fault.code())
        .text(fault.message());
  }

  int size() {
    return lines.size();
  }

  void send(Connection connection) throws SQLException {
    lines.send(connection, COPY);
  }

  void clear() {
    lines.clear();
  }
}
