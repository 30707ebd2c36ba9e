package dev.credmill.batch.validation;

import dev.credmill.contracts.database.BinaryCopy;
import dev.credmill.contracts.id.BatchId;
import io.agroal.api.AgroalDataSource;
import io.quarkus.agroal.DataSource;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;

/** Stores checked rows and their faults by COPY, a chunk at a time. */
@ApplicationScoped
public class CheckedRows {
  private static final String COPY_ROWS =
      """
      copy sheet_row (batch_id, number, definition, reference, first_name, last_name, email, phone,
                      language, expiration, cells, claims, issue, run) from stdin (format binary)
      """;
  static final String COPY_ERRORS =
      """
      copy row_error (batch_id, number, ordinal, field, code, message) from stdin (format binary)
      """;
  private static final int ROW = 700; // bytes, about

  private final AgroalDataSource database;

  CheckedRows(@DataSource("batch") AgroalDataSource database) {
    this.database = database;
  }

  /**
   * Adds rows to a batch.
   *
   * @param run the attempt in which they may go out
   */
  public void store(BatchId batch, List<CheckedRow> rows, int run) throws SQLException {
    UUID id = batch.value();
    BinaryCopy lines = new BinaryCopy(14, rows.size() * ROW);
    BinaryCopy errors = errors();
    for (CheckedRow row : rows) {
      write(lines.row().uuid(id), row).text(row.issue().name()).int4(run);
      List<RowFault> faults = row.faults();
      for (int i = 0; i < faults.size(); i++) {
        write(errors, id, row.number(), i, faults.get(i));
      }
    }
    try (Connection connection = database.getConnection()) {
      lines.send(connection, COPY_ROWS);
      errors.send(connection, COPY_ERRORS);
    }
  }

  private static BinaryCopy write(BinaryCopy line, CheckedRow row) {
    return line.int4(row.number())
        .int2(row.definition())
        .text(row.reference())
        .text(row.firstName())
        .text(row.lastName())
        .text(row.email())
        .text(row.phone())
        .text(row.language())
        .text(row.expiration())
        .text(row.cells())
        .text(row.claims());
  }

  /** An empty list of faults, for {@link #COPY_ERRORS}. */
  static BinaryCopy errors() {
    return new BinaryCopy(6, 256);
  }

  static void write(BinaryCopy errors, UUID batch, int number, int ordinal, RowFault fault) {
    errors
        .row()
        .uuid(batch)
        .int4(number)
        .int2(ordinal)
        .text(fault.column())
        .text(fault.code())
        .text(fault.message());
  }
}
