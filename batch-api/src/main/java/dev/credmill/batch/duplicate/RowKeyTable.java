package dev.credmill.batch.duplicate;

import dev.credmill.contracts.database.BinaryCopy;
import dev.credmill.contracts.id.BatchId;
import dev.credmill.contracts.id.RowId;
import io.agroal.api.AgroalDataSource;
import io.quarkus.agroal.DataSource;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.postgresql.PGConnection;

/** The table {@code row_key}: from a hash to the rows that have it. Hashes may meet by chance. */
@ApplicationScoped
class RowKeyTable {
  private static final String COPY =
      "copy row_key (hash, content, batch_id, number) from stdin (format binary)";

  /**
   * Walks the indexes, whatever the planner makes of tables that have just grown by a million rows
   * and have no statistics yet, and spares it looking at each of 100,000 hashes; until the
   * transaction ends.
   */
  static final String BY_INDEX =
      """
      select set_config('enable_seqscan', 'off', true), set_config('enable_bitmapscan', 'off', true),
             set_config('enable_hashjoin', 'off', true), set_config('enable_mergejoin', 'off', true),
             set_config('jit', 'off', true),
             set_config('plan_cache_mode', 'force_generic_plan', true)
      """;

  /** Back to what the rest of the transaction expects. */
  private static final String AS_USUAL =
      """
      select set_config('enable_seqscan', 'on', true), set_config('enable_bitmapscan', 'on', true),
             set_config('enable_hashjoin', 'on', true), set_config('enable_mergejoin', 'on', true),
             set_config('jit', 'on', true), set_config('plan_cache_mode', 'auto', true)
      """;

  /** One walk along the index for all keys together; pairs of halves of two keys come with it. */
  static final String PROBE =
      """
      select hash, content, batch_id, number from row_key
      where hash = any(?) and content = any(?)
      limit ?
      """;

  /**
   * A few rows of each key: a sheet of one row a million times over, or uploaded every day, must
   * not make each look at all the others.
   */
  static final String PROBE_EACH =
      """
      select k.hash, k.content, k.batch_id, k.number
      from (select distinct * from unnest(?::bigint[], ?::bigint[]) as u (hash, content)) u
      cross join lateral (
        select * from row_key where hash = u.hash and content = u.content limit 20) k
      """;

  static final String ISSUED =
      """
      select c.batch_id, c.number, c.validity = 'REVOKED'
      from unnest(?::uuid[], ?::int[]) as u (batch_id, number)
      join row_credential c on c.batch_id = u.batch_id and c.number = u.number
      """;

  /** The row itself has the last word. */
  static final String BATCHES =
      """
      select distinct k.batch_id
      from (select batch_id, number from row_key where hash = any(?) limit 10000) k
      join sheet_row r on r.batch_id = k.batch_id and r.number = k.number
      where r.reference = ? or lower(r.email) = lower(?) or r.phone = ?
        or concat_ws(' ', r.first_name, r.last_name) = ?
      limit 1000
      """;

  /** The row itself has the last word. */
  static final String REFERENCES =
      """
      select u.reference, r.batch_id, r.number
      from unnest(?::bigint[], ?::text[]) as u (hash, reference)
      cross join lateral (select * from row_key where hash = u.hash and content = 0 limit 20) k
      join sheet_row r on r.batch_id = k.batch_id and r.number = k.number and r.reference = u.reference
      """;

  private static final String DELETE =
      """
      delete from row_key k
      using unnest(?::bigint[], ?::int[]) as u (hash, number)
      where k.hash = u.hash and k.number = u.number and k.batch_id = ?
      """;

  private static final int PIECE = 10_000; // entries
  private static final int MOST_KEYS = 5_000;

  private final AgroalDataSource database;

  RowKeyTable(@DataSource("batch") AgroalDataSource database) {
    this.database = database;
  }

  /**
   * Adds all entries of a block.
   *
   * @param order that of the index, so that neighbours in it are visited together
   */
  void add(BatchId batch, RowKeyBlock block, int[] order) throws SQLException {
    try (Connection connection = database.getConnection()) {
      BinaryCopy lines = new BinaryCopy(4, 54 * Math.min(order.length, PIECE) + 64);
      for (int from = 0; from < order.length; from += PIECE) {
        lines.clear();
        for (int i = from; i < Math.min(from + PIECE, order.length); i++) {
          RowKeys.Key key = block.key(order[i]);
          lines
              .row()
              .int8(key.hash())
              .int8(key.content())
              .uuid(batch.value())
              .int4(block.number(order[i]));
        }
        lines.send(connection, COPY);
      }
    }
  }

  /**
   * What rows with these keys repeat: rows of the same batch, and those that were issued. Needs a
   * transaction.
   *
   * @param places of the entries in the order of the index
   */
  Map<RowKeys.Key, Duplicate> find(BatchId batch, RowKeyBlock block, int[] places)
      throws SQLException {
    Map<RowKeys.Key, Duplicate> found = new HashMap<>();
    if (places.length == 0) {
      return found;
    }
    try (Connection connection = database.getConnection()) {
      set(connection, BY_INDEX);
      // Piece by piece, since each key may bring twenty rows.
      for (int from = 0; from < places.length; from += MOST_KEYS) {
        int to = Math.min(places.length, from + MOST_KEYS);
        find(connection, batch, block, Arrays.copyOfRange(places, from, to), found);
      }
      set(connection, AS_USUAL);
    }
    return found;
  }

  private static void find(
      Connection connection,
      BatchId batch,
      RowKeyBlock block,
      int[] places,
      Map<RowKeys.Key, Duplicate> found)
      throws SQLException {
    List<Hit> elsewhere = new ArrayList<>();
    for (Hit hit : hits(connection, block, places)) {
      if (hit.of().batch().equals(batch)) {
        found.merge(
            hit.key(), new Duplicate(Duplicate.Kind.SAME_SHEET, hit.of()), Duplicate::graver);
      } else {
        elsewhere.add(hit);
      }
    }
    if (!elsewhere.isEmpty()) {
      addIssued(connection, elsewhere, found);
    }
  }

  private static void set(Connection connection, String settings) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(settings);
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
      set(connection, BY_INDEX);
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

  /** A key and a row that has it already. */
  private record Hit(RowKeys.Key key, RowId of) {}

  private static List<Hit> hits(Connection connection, RowKeyBlock block, int[] places)
      throws SQLException {
    // Arrays of primitives go over in binary; boxed ones as text, for ten times the time.
    PGConnection arrays = connection.unwrap(PGConnection.class);
    Array hashes =
        arrays.createArrayOf(
            "int8", Arrays.stream(places).mapToLong(p -> block.key(p).hash()).toArray());
    Array contents =
        arrays.createArrayOf(
            "int8", Arrays.stream(places).mapToLong(p -> block.key(p).content()).toArray());
    int most = 4 * places.length + 1_000;
    try (PreparedStatement probe = connection.prepareStatement(PROBE)) {
      probe.setArray(1, hashes);
      probe.setArray(2, contents);
      probe.setInt(3, most);
      List<Hit> hits = hits(probe);
      if (hits.size() < most) {
        return hits;
      }
    }
    try (PreparedStatement probe = connection.prepareStatement(PROBE_EACH)) {
      probe.setArray(1, hashes);
      probe.setArray(2, contents);
      return hits(probe);
    }
  }

  private static List<Hit> hits(PreparedStatement probe) throws SQLException {
    List<Hit> hits = new ArrayList<>();
    try (ResultSet row = probe.executeQuery()) {
      while (row.next()) {
        BatchId batch = new BatchId(row.getObject(3, UUID.class));
        hits.add(
            new Hit(
                new RowKeys.Key(row.getLong(1), row.getLong(2)), new RowId(batch, row.getInt(4))));
      }
    }
    return hits;
  }

  private static void addIssued(
      Connection connection, List<Hit> elsewhere, Map<RowKeys.Key, Duplicate> found)
      throws SQLException {
    List<RowId> rows = elsewhere.stream().map(Hit::of).distinct().toList();
    Map<RowId, Duplicate> issued = new HashMap<>();
    try (PreparedStatement select = connection.prepareStatement(ISSUED)) {
      select.setArray(
          1,
          connection.createArrayOf(
              "uuid", rows.stream().map(row -> row.batch().value()).toArray()));
      select.setArray(
          2, connection.createArrayOf("int", rows.stream().map(RowId::number).toArray()));
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          RowId of = new RowId(new BatchId(row.getObject(1, UUID.class)), row.getInt(2));
          Duplicate.Kind kind = row.getBoolean(3) ? Duplicate.Kind.REVOKED : Duplicate.Kind.ISSUED;
          issued.put(of, new Duplicate(kind, of));
        }
      }
    }
    for (Hit hit : elsewhere) {
      if (issued.containsKey(hit.of())) {
        found.merge(hit.key(), issued.get(hit.of()), Duplicate::graver);
      }
    }
  }

  void remove(BatchId batch, RowKeyBlock block) throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement delete = connection.prepareStatement(DELETE)) {
      PGConnection arrays = connection.unwrap(PGConnection.class);
      IntStream places = IntStream.range(0, block.size());
      delete.setArray(
          1, arrays.createArrayOf("int8", places.mapToLong(p -> block.key(p).hash()).toArray()));
      places = IntStream.range(0, block.size());
      delete.setArray(2, arrays.createArrayOf("int4", places.map(block::number).toArray()));
      delete.setObject(3, batch.value());
      delete.executeUpdate();
    }
  }

  /** The rows of each reference. */
  Map<String, List<RowId>> rows(List<String> references, long[] hashes) throws SQLException {
    try (Connection connection = database.getConnection()) {
      try (Statement settings = connection.createStatement()) {
        settings.execute(BY_INDEX);
      }
      Map<String, List<RowId>> found = new HashMap<>();
      try (PreparedStatement select = connection.prepareStatement(REFERENCES)) {
        select.setArray(1, connection.unwrap(PGConnection.class).createArrayOf("int8", hashes));
        select.setArray(2, connection.createArrayOf("text", references.toArray()));
        try (ResultSet row = select.executeQuery()) {
          while (row.next()) {
            found
                .computeIfAbsent(row.getString(1), _ -> new ArrayList<>())
                .add(new RowId(new BatchId(row.getObject(2, UUID.class)), row.getInt(3)));
          }
        }
      }
      try (Statement settings = connection.createStatement()) {
        settings.execute(AS_USUAL);
      }
      return found;
    }
  }
}
