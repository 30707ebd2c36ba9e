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
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * The table {@code row_key}: from a hash to the rows that have it. An entry may outlive its row, so
 * every reader looks at the row too.
 */
@ApplicationScoped
class RowKeyTable {
  private static final String COPY =
      "copy row_key (hash, content, batch_id, number) from stdin (format binary)";

  /** A sheet of one row a million times over must not make each look at all the others. */
  private static final String PROBE =
      """
      select u.row, d.batch_id, d.number, d.kind
      from unnest(?::int[], ?::bigint[], ?::bigint[]) as u (row, hash, content)
      cross join lateral (
        select k.batch_id, k.number,
               case when k.batch_id = ? then 'SAME_SHEET'
                    when r.validity = 'REVOKED' then 'REVOKED' else 'ISSUED' end as kind
        from (select batch_id, number from row_key
              where hash = u.hash and content = u.content
                and (batch_id <> ? or (number < ? and number <> u.row))
              limit 20) k
        left join row r on r.batch_id = k.batch_id and r.number = k.number
        where k.batch_id = ? or r.issue = 'ISSUED'
        order by case when k.batch_id = ? then 1 when r.validity = 'REVOKED' then 2 else 0 end,
                 k.batch_id, k.number
        limit 1) d
      """;

  private static final String DELETE =
      """
      delete from row_key k
      using unnest(?::bigint[], ?::int[]) as u (hash, number)
      where k.hash = u.hash and k.number = u.number and k.batch_id = ?
      """;

  private final AgroalDataSource database;

  RowKeyTable(@DataSource("batch") AgroalDataSource database) {
    this.database = database;
  }

  /** A key and the row that has it. */
  record Entry(RowKeys.Key key, int number) {}

  /** Adds entries in the order of their hashes, so that neighbours in the index come together. */
  void add(BatchId batch, List<Entry> entries) throws SQLException {
    List<Entry> sorted =
        entries.stream().sorted(Comparator.comparingLong(e -> e.key().hash())).toList();
    BinaryCopy lines = new BinaryCopy(4, 64 * sorted.size() + 64);
    for (Entry entry : sorted) {
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

  /**
   * What rows repeat that are stored already.
   *
   * @param before only rows of the same batch with numbers below this count
   */
  Map<Integer, Duplicate> probe(BatchId batch, List<Entry> entries, int before)
      throws SQLException {
    Map<Integer, Duplicate> found = new HashMap<>();
    if (entries.isEmpty()) {
      return found;
    }
    List<Entry> sorted =
        entries.stream().sorted(Comparator.comparingLong(e -> e.key().hash())).toList();
    try (Connection connection = database.getConnection();
        PreparedStatement probe = connection.prepareStatement(PROBE)) {
      probe.setArray(
          1, connection.createArrayOf("int", sorted.stream().map(Entry::number).toArray()));
      probe.setArray(
          2,
          connection.createArrayOf("bigint", sorted.stream().map(e -> e.key().hash()).toArray()));
      probe.setArray(
          3,
          connection.createArrayOf(
              "bigint", sorted.stream().map(e -> e.key().content()).toArray()));
      probe.setObject(4, batch.value());
      probe.setObject(5, batch.value());
      probe.setInt(6, before);
      probe.setObject(7, batch.value());
      probe.setObject(8, batch.value());
      try (ResultSet row = probe.executeQuery()) {
        while (row.next()) {
          RowId of = new RowId(new BatchId(row.getObject(2, UUID.class)), row.getInt(3));
          Duplicate duplicate = new Duplicate(Duplicate.Kind.valueOf(row.getString(4)), of);
          found.merge(row.getInt(1), duplicate, RowKeyTable::graver);
        }
      }
    }
    return found;
  }

  /** A row may repeat one by its reference and another by its claims: what was issued counts. */
  static Duplicate graver(Duplicate one, Duplicate other) {
    return rank(one) <= rank(other) ? one : other;
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
