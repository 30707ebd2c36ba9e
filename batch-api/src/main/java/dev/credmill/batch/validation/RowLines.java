package dev.credmill.batch.validation;

import dev.credmill.batch.row.IssueStatus;
import dev.credmill.contracts.database.BinaryCopy;
import dev.credmill.contracts.id.BatchId;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;

/**
 * Checked rows and their faults as COPY takes them. A row is written down as soon as it is checked
 * and then forgotten: thousands of rows that wait for the database would be copied about by every
 * garbage collection. Not for use by several threads at once.
 */
final class RowLines {
  private static final String COPY_ROWS =
      """
      copy sheet_row (batch_id, number, definition, reference, first_name, last_name, email, phone,
                      language, expiration, cells, claims, issue, run) from stdin (format binary)
      """;
  private static final int FEW = 1 << 14; // bytes

  private final UUID batch;
  private final int run;
  private final BinaryCopy lines = new BinaryCopy(14, FEW);
  private final FaultLines faults;
  private int rows;
  private int invalid;

  /**
   * @param run the attempt in which the rows may go out
   */
  RowLines(BatchId batch, int run) {
    this.batch = batch.value();
    this.run = run;
    this.faults = new FaultLines(batch);
  }

  void add(CheckedRow row) {
    rows++;
    if (row.issue() == IssueStatus.INVALID) {
      invalid++;
    }
    lines
        .row()
        .uuid(batch)
        .int4(row.number())
        .int2(row.definition())
        .text(row.reference())
        .text(row.firstName())
        .text(row.lastName())
        .text(row.email())
        .text(row.phone())
        .text(row.language())
        .text(row.expiration())
        .text(row.cells())
        .text(row.claims())
        .text(row.issue().name())
        .int4(run);
    List<RowFault> own = row.faults();
    for (int i = 0; i < own.size(); i++) {
      faults.add(row.number(), i, own.get(i));
    }
  }

  int rows() {
    return rows;
  }

  /** How many of the rows are INVALID. */
  int invalid() {
    return invalid;
  }

  /** Bytes that they take. */
  int size() {
    return lines.size() + faults.size();
  }

  void send(Connection connection) throws SQLException {
    lines.send(connection, COPY_ROWS);
    faults.send(connection);
  }

  void clear() {
    lines.clear();
    faults.clear();
    rows = 0;
    invalid = 0;
  }
}
