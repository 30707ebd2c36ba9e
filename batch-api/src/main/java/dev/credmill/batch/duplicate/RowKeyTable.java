package dev.credmill.batch.duplicate;

import dev.credmill.batch.BinaryCopy;
import dev.credmill.contracts.id.BatchId;
import dev.credmill.contracts.id.RowId;
import io.agroal.api.AgroalDataSource;
import io.quarkus.agroal.DataSource;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.postgresql.PGConnection;

/**
 * The table {@code row_key}: from a hash to the rows that have it. An entry may outlive its row, so
 * every reader looks at the row too.
 */
@ApplicationScoped
class RowKeyTable {
  private static final String COPY =
      "copy row_key (hash, content, batch_id, number) from stdin (format binary)";

  /**
   * Walks the indexes, whatever the planner makes of tables that have just grown by a million rows
   * and have no statistics yet; until the transaction ends.
   */
  static final String BY_INDEX =
      """
      select set_config('enable_seqscan', 'off', true), set_config('enable_bitmapscan', 'off', true),
             set_config('enable_hashjoin', 'off', true), set_config('enable_mergejoin', 'off', true),
             set_config('jit', 'off', true)
      """;

  /** A sheet of one row a million times over must not make each look at all the others. */
  static final String PROBE =
      """
      select u.row, k.batch_id, k.number
      from unnest(?::int[], ?::bigint[], ?::bigint[]) as u (row, hash, content)
      cross join lateral (
        select batch_id, number from row_key
        where hash = u.hash and content = u.content
          and (batch_id <> ? or (number < ? and number <> u.row))
        limit 20) k
      """;

  static final String ISSUED =
      """
      select u.row, r.batch_id, r.number, r.validity = 'REVOKED'
      from unnest(?::int[], ?::uuid[], ?::int[]) as u (row, batch_id, number)
      join row r on r.batch_id = u.batch_id and r.number = u.number
      where r.issue = 'ISSUED'
      """;

  /** The row itself has the last word: entries may outlive it, and hashes may meet. */
  static final String BATCHES =
      """
      select distinct k.batch_id
      from (select batch_id, number from row_key where hash = any(?) limit 10000) k
      join row r on r.batch_id = k.batch_id and r.number = k.number
      where r.reference = ? or lower(r.email) = lower(?) or r.phone = ?
        or concat_ws(' ', r.first_name, r.last_name) = ?
      limit 1000
      """;

  private static final String DELETE =
      """
      delete from row_key k
      using unnest(?::bigint[], ?::int[]) as u (hash, number)
      where k.hash = u.hash and k.number = u.number and k.batch_id = ?
      """;

  private static final Comparator<RowId> ORDER =
      Comparator.comparing(RowId::batch).thenComparingInt(RowId::number);

  private final AgroalDataSource database;

  RowKeyTable(@DataSource("batch") AgroalDataSource database) {
    this.database = database;
  }

  /** A key and the row that has it. */
  record Entry(RowKeys.Key key, int number) {
    static final Comparator<Entry> BY_HASH = (a, b) -> Long.compare(a.key.hash(), b.key.hash());
  }

  void add(BatchId batch, List<Entry> entries) throws SQLException {
    BinaryCopy lines = new BinaryCopy(4, 64 * entries.size() + 64);
    for (Entry entry : entries) {
      lines
          .row()
          .int8(entry.key().hash())
          .int8(entry.key().content())
          .uuid(batch.value())
          .int4(entry.number());
    }
    try (Connection connection = database.getConnection()) {
      lines.send(connection, COPY);
    }
  }

  /** A row and one that has a key of it. */
  private record Hit(int row, RowId of) {}

  /**
   * What rows repeat that are known already. Needs a transaction.
   *
   * @param before only rows of the same batch with numbers below this count
   */
  Map<Integer, Duplicate> probe(BatchId batch, List<Entry> entries, int before)
      throws SQLException {
    Map<Integer, Duplicate> found = new HashMap<>();
    if (entries.isEmpty()) {
      return found;
    }
    try (Connection connection = database.getConnection()) {
      byIndex(connection);
      List<Hit> elsewhere = new ArrayList<>();
      for (Hit hit : hits(connection, batch, entries, before)) {
        if (hit.of().batch().equals(batch)) {
          found.merge(
              hit.row(), new Duplicate(Duplicate.Kind.SAME_SHEET, hit.of()), RowKeyTable::graver);
        } else {
          elsewhere.add(hit);
        }
      }
      if (!elsewhere.isEmpty()) {
        addIssued(connection, elsewhere, found);
      }
    }
    return found;
  }

  private static void byIndex(Connection connection) throws SQLException {
    try (Statement plan = connection.createStatement()) {
      plan.execute(BY_INDEX);
    }
  }

  /**
   * The batches with a row that has one of the keys and says that text. Needs a transaction.
   *
   * @param text a reference, an email address or a full name
   * @param phone the same as a phone number
   */
  List<BatchId> batches(long[] hashes, String text, String phone) throws SQLException {
    List<BatchId> found = new ArrayList<>();
    try (Connection connection = database.getConnection()) {
      byIndex(connection);
      try (PreparedStatement find = connection.prepareStatement(BATCHES)) {
        find.setArray(1, connection.unwrap(PGConnection.class).createArrayOf("int8", hashes));
        find.setString(2, text);
        find.setString(3, text);
        find.setString(4, phone);
        find.setString(5, text);
        try (ResultSet row = find.executeQuery()) {
          while (row.next()) {
            found.add(new BatchId(row.getObject(1, UUID.class)));
          }
        }
      }
    }
    return found;
  }

  private static List<Hit> hits(
      Connection connection, BatchId batch, List<Entry> entries, int before) throws SQLException {
    List<Hit> hits = new ArrayList<>();
    // Arrays of primitives go over in binary; boxed ones as text, for ten times the time.
    PGConnection arrays = connection.unwrap(PGConnection.class);
    try (PreparedStatement probe = connection.prepareStatement(PROBE)) {
      probe.setArray(
          1, arrays.createArrayOf("int4", entries.stream().mapToInt(Entry::number).toArray()));
      probe.setArray(
          2,
          arrays.createArrayOf("int8", entries.stream().mapToLong(e -> e.key().hash()).toArray()));
      probe.setArray(
          3,
          arrays.createArrayOf(
              "int8", entries.stream().mapToLong(e -> e.key().content()).toArray()));
      probe.setObject(4, batch.value());
      probe.setInt(5, before);
      try (ResultSet row = probe.executeQuery()) {
        while (row.next()) {
          BatchId other = new BatchId(row.getObject(2, UUID.class));
          hits.add(new Hit(row.getInt(1), new RowId(other, row.getInt(3))));
        }
      }
    }
    return hits;
  }

  private static void addIssued(
      Connection connection, List<Hit> elsewhere, Map<Integer, Duplicate> found)
      throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(ISSUED)) {
      select.setArray(
          1, connection.createArrayOf("int", elsewhere.stream().map(Hit::row).toArray()));
      select.setArray(
          2,
          connection.createArrayOf(
              "uuid", elsewhere.stream().map(h -> h.of().batch().value()).toArray()));
      select.setArray(
          3,
          connection.createArrayOf("int", elsewhere.stream().map(h -> h.of().number()).toArray()));
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          Duplicate.Kind kind = row.getBoolean(4) ? Duplicate.Kind.REVOKED : Duplicate.Kind.ISSUED;
          RowId of = new RowId(new BatchId(row.getObject(2, UUID.class)), row.getInt(3));
          found.merge(row.getInt(1), new Duplicate(kind, of), RowKeyTable::graver);
        }
      }
    }
  }

  /** A row may repeat one by its reference and another by its claims: what was issued counts. */
  static Duplicate graver(Duplicate one, Duplicate other) {
    if (rank(one) != rank(other)) {
      return rank(one) < rank(other) ? one : other;
    }
    return ORDER.compare(one.of(), other.of()) <= 0 ? one : other;
  }

  private static int rank(Duplicate duplicate) {
    return switch (duplicate.kind()) {
      case ISSUED -> 0;
      case SAME_SHEET -> 1;
      case REVOKED -> 2;
    };
  }

  void remove(BatchId batch, List<Entry> entries) throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement delete = connection.prepareStatement(DELETE)) {
      delete.setArray(
          1,
          connection.createArrayOf("bigint", entries.stream().map(e -> e.key().hash()).toArray()));
      delete.setArray(
          2, connection.createArrayOf("int", entries.stream().map(Entry::number).toArray()));
      delete.setObject(3, batch.value());
      delete.executeUpdate();
    }
  }
}
