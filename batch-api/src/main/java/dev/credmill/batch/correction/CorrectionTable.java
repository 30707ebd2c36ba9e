package dev.credmill.batch.correction;

import dev.credmill.batch.Batch;
import dev.credmill.batch.duplicate.Duplicate;
import dev.credmill.batch.duplicate.RowIdentity;
import dev.credmill.batch.row.IssueStatus;
import dev.credmill.batch.sheet.CellSources;
import dev.credmill.contracts.id.BatchId;
import io.agroal.api.AgroalDataSource;
import io.quarkus.agroal.DataSource;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What corrections read and take away; the rows come back through the same door as new ones. */
@ApplicationScoped
class CorrectionTable {
  private static final String SELECT =
      """
      select r.number, r.definition, r.reference, r.first_name, r.last_name, r.email, r.phone,
             r.claims, r.language, r.expiration, r.cells, d.kind,
             case when c.number is not null then 'ISSUED'
                  when r.issue = 'READY' and r.number <= q.reserved then 'QUEUED'
                  else r.issue::text end as issue
      from sheet_row r
      left join lateral (
        select number from row_credential
        where batch_id = r.batch_id and number = r.number offset 0) c on true
      left join relay_run q on q.batch_id = r.batch_id and q.run = r.run
      left join row_duplicate d on d.batch_id = r.batch_id and d.number = r.number
      where r.batch_id = ? and r.number = any(?)
      order by r.number
      for update of r
      """;
  private static final String BY_REFERENCE =
      """
      select reference, min(number), count(*) from sheet_row
      where batch_id = ? and reference = any(?) group by reference
      """;
  private static final String REPEATING =
      """
      select number from row_duplicate
      where batch_id = ? and number = any(?) and kind = 'SAME_SHEET'
      """;
  private static final String REPEATERS =
      """
      select number from row_duplicate
      where of_batch = ? and of_number = any(?) and batch_id = of_batch and kind = 'SAME_SHEET'
      order by number limit ?
      """;
  private static final List<String> FORGET =
      List.of(
          "delete from sheet_row where batch_id = ? and number = any(?)",
          "delete from row_error where batch_id = ? and number = any(?)",
          "delete from row_duplicate where batch_id = ? and number = any(?)");
  private static final List<String> DROP =
      List.of(
          "update sheet_row set issue = 'CANCELLED' where batch_id = ? and number = any(?)",
          "delete from row_error where batch_id = ? and number = any(?)",
          "delete from row_duplicate where batch_id = ? and number = any(?)");
  private static final String DEFINITIONS = "update batch set definition_ids = ? where id = ?";

  private final AgroalDataSource database;

  CorrectionTable(@DataSource("batch") AgroalDataSource database) {
    this.database = database;
  }

  /**
   * A row as it stands.
   *
   * @param duplicate what it was found to repeat; null for nothing
   */
  record Standing(
      RowIdentity identity, List<String> cells, IssueStatus issue, Duplicate.Kind duplicate) {
    int number() {
      return identity.number();
    }

    /** Whether an attempt to issue it was made. */
    boolean wasOut() {
      return issue == IssueStatus.FAILED;
    }

    /** Whether it waits; what has failed goes out again only when somebody asks for that. */
    boolean waits() {
      return correctable() && !wasOut();
    }

    /** What is queued or issued is out of reach; what was cancelled stays so. */
    boolean correctable() {
      return switch (issue) {
        case INVALID, READY, FAILED, SKIPPED -> true;
        case QUEUED, ISSUED, CANCELLED -> false;
      };
    }
  }

  /** The rows of those numbers, locked; numbers that the batch has not are left out. */
  Map<Integer, Standing> lock(Batch batch, Collection<Integer> numbers) throws SQLException {
    Map<Integer, Standing> rows = new LinkedHashMap<>();
    CellSources sources = batch.cellSources();
    try (Connection connection = database.getConnection();
        PreparedStatement select = connection.prepareStatement(SELECT)) {
      select.setObject(1, batch.id);
      select.setArray(2, connection.createArrayOf("int", numbers.toArray()));
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          rows.put(row.getInt(1), standing(batch, sources, row));
        }
      }
    }
    return rows;
  }

  private static Standing standing(Batch batch, CellSources sources, ResultSet row)
      throws SQLException {
    int definition = row.getInt(2);
    RowIdentity identity =
        new RowIdentity(
            row.getInt(1),
            definition < 0 ? null : batch.definitionIds.get(definition),
            row.getString(3),
            row.getString(4),
            row.getString(5),
            row.getString(6),
            row.getString(7),
            row.getString(8));
    CellSources.Said said =
        new CellSources.Said(
            identity.reference(),
            identity.firstName(),
            identity.lastName(),
            identity.email(),
            identity.phone(),
            row.getString(9),
            row.getString(10));
    String kind = row.getString(12);
    return new Standing(
        identity,
        sources.cells(row.getString(11), said, identity.claims()),
        IssueStatus.valueOf(row.getString(13)),
        kind == null ? null : Duplicate.Kind.valueOf(kind));
  }

  /** The row of each reference; 0 where several rows have it. */
  Map<String, Integer> numbers(BatchId batch, Collection<String> references) throws SQLException {
    Map<String, Integer> numbers = new LinkedHashMap<>();
    try (Connection connection = database.getConnection();
        PreparedStatement select = connection.prepareStatement(BY_REFERENCE)) {
      select.setObject(1, batch.value());
      select.setArray(2, connection.createArrayOf("text", references.toArray()));
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          numbers.put(row.getString(1), row.getInt(3) == 1 ? row.getInt(2) : 0);
        }
      }
    }
    return numbers;
  }

  /** Those of these rows that are marked as repeating another of their sheet. */
  Set<Integer> repeating(BatchId batch, Collection<Integer> numbers) throws SQLException {
    Set<Integer> repeating = new HashSet<>();
    try (Connection connection = database.getConnection();
        PreparedStatement select = connection.prepareStatement(REPEATING)) {
      select.setObject(1, batch.value());
      select.setArray(2, connection.createArrayOf("int", numbers.toArray()));
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          repeating.add(row.getInt(1));
        }
      }
    }
    return repeating;
  }

  /** The first rows of the batch that are marked as repeating one of these. */
  Set<Integer> repeaters(BatchId batch, Collection<Integer> numbers, int limit)
      throws SQLException {
    Set<Integer> repeaters = new TreeSet<>();
    try (Connection connection = database.getConnection();
        PreparedStatement select = connection.prepareStatement(REPEATERS)) {
      select.setObject(1, batch.value());
      select.setArray(2, connection.createArrayOf("int", numbers.toArray()));
      select.setInt(3, limit);
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          repeaters.add(row.getInt(1));
        }
      }
    }
    return repeaters;
  }

  void forget(BatchId batch, Collection<Integer> numbers) throws SQLException {
    execute(FORGET, batch, numbers);
  }

  void drop(BatchId batch, int number) throws SQLException {
    execute(DROP, batch, List.of(number));
  }

  private void execute(List<String> statements, BatchId batch, Collection<Integer> numbers)
      throws SQLException {
    try (Connection connection = database.getConnection()) {
      for (String sql : statements) {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
          statement.setObject(1, batch.value());
          statement.setArray(2, connection.createArrayOf("int", numbers.toArray()));
          statement.executeUpdate();
        }
      }
    }
  }

  void definitions(BatchId batch, List<String> ids) throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement update = connection.prepareStatement(DEFINITIONS)) {
      update.setArray(1, connection.createArrayOf("text", ids.toArray()));
      update.setObject(2, batch.value());
      update.executeUpdate();
    }
  }
}
