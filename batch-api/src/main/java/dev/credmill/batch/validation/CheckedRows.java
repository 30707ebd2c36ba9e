package dev.credmill.batch.validation;

import dev.credmill.contracts.id.BatchId;
import io.agroal.api.AgroalDataSource;
import io.quarkus.agroal.DataSource;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** Stores checked rows and their faults by COPY, a chunk at a time. */
@ApplicationScoped
public class CheckedRows {
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
    RowLines lines = new RowLines(batch, run);
    rows.forEach(lines::add);
    store(lines);
  }

  void store(RowLines lines) throws SQLException {
    try (Connection connection = database.getConnection()) {
      lines.send(connection);
    }
  }
}
