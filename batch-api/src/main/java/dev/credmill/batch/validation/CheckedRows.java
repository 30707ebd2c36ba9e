package dev.credmill.batch.validation;

import dev.credmill.contracts.id.BatchId;
import io.agroal.api.AgroalDataSource;
import io.quarkus.agroal.DataSource;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;

/** Stores checked rows and their faults by COPY, a chunk at a time. */
@ApplicationScoped
class CheckedRows {
  private static final String COPY_ROWS =
      """
      copy row (batch_id, number, reference, first_name, last_name, email, phone, language,
                expiration, cells, claims, issue) from stdin
      """;
  private static final String COPY_ERRORS =
      "copy row_error (batch_id, number, ordinal, field, code, message) from stdin";

  private final AgroalDataSource database;

  CheckedRows(@DataSource("batch") AgroalDataSource database) {
    this.database = database;
  }

  void store(BatchId batch, List<CheckedRow> rows) throws SQLException {
    String id = batch.toString();
    CopyText lines = new CopyText(rows.size() * 400);
    CopyText errors = new CopyText(256);
    for (CheckedRow row : rows) {
      lines
          .field(id)
          .field(row.number())
          .field(row.reference())
          .field(row.firstName())
          .field(row.lastName())
          .field(row.email())
          .field(row.phone())
          .field(row.language())
          .field(row.expiration())
          .field(row.cells())
          .field(row.claims())
          .field(row.valid() ? "READY" : "INVALID")
          .endLine();
      for (int i = 0; i < row.faults().size(); i++) {
        RowFault fault = row.faults().get(i);
        errors
            .field(id)
            .field(row.number())
            .field(i)
            .field(fault.column())
            .field(fault.code())
            .field(fault.message())
            .endLine();
      }
    }
    try (Connection connection = database.getConnection()) {
      CopyManager copy = connection.unwrap(PGConnection.class).getCopyAPI();
      copy(copy, COPY_ROWS, lines);
      copy(copy, COPY_ERRORS, errors);
    }
  }

  private static void copy(CopyManager copy, String sql, CopyText text) throws SQLException {
    if (text.isEmpty()) {
      return;
    }
    try {
      copy.copyIn(sql, new ByteArrayInputStream(text.toString().getBytes(StandardCharsets.UTF_8)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** PostgreSQL's text format of COPY. */
  private static final class CopyText {
    private final StringBuilder text;
    private boolean lineStarted;

    CopyText(int capacity) {
      text = new StringBuilder(capacity);
    }

    CopyText field(int value) {
      separate();
      text.append(value);
      return this;
    }

    CopyText field(String value) {
      separate();
      if (value == null) {
        text.append("\\N");
        return this;
      }
      for (int i = 0; i < value.length(); i++) {
        char c = value.charAt(i);
        switch (c) {
          case '\\' -> text.append("\\\\");
          case '\t' -> text.append("\\t");
          case '\n' -> text.append("\\n");
          case '\r' -> text.append("\\r");
          default -> text.append(c);
        }
      }
      return this;
    }

    void endLine() {
      text.append('\n');
      lineStarted = false;
    }

    boolean isEmpty() {
      return text.isEmpty();
    }

    private void separate() {
      if (lineStarted) {
        text.append('\t');
      }
      lineStarted = true;
    }

    @Override
    public String toString() {
      return text.toString();
    }
  }
}
