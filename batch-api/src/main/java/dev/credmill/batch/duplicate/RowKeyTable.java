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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.postgresql.PGConnection;

/** The table {@code row_key}: from a hash to the rows that have it. Hashes may meet by chance. */
@ApplicationScoped
class RowKeyTable {
  private static final String COPY =
      "copy row_key (hash, content, batch_id, number) from stdin (format binary)";

  /** One walk along the index for all keys together; pairs of halves of two keys come with it. */
  static final String PROBE =
      """
      select hash, content, batch_id, number from row_key
      where hash = any(?) and content = any(?)
      limit ?
      """;

  /** A few rows of each key, see {@link Hit#MOST_EACH}. */
  static final String PROBE_EACH =
      """
      select k.hash, k.content, k.batch_id, k.number
      from (select distinct * from unnest(?::bigint[], ?::bigint[]) as u (hash, content)) u
      cross join lateral (
        select * from row_key where hash = u.hash and content = u.content limit %d) k
      """
          .formatted(Hit.MOST_EACH);

  /** Rows with a hash, whatever their content. */
  static final String WITH_HASH =
      """
      select hash, content, batch_id, number from row_key where hash = any(?) limit ?
      """;

  /** A few rows for each of many references. */
  static final String REFERENCES =
      """
      select k.hash, k.content, k.batch_id, k.number
      from unnest(?::bigint[]) as u (hash)
      cross join lateral (select * from row_key where hash = u.hash and content = 0 limit %d) k
      """
          .formatted(Hit.MOST_EACH);

  private static final String DELETE =
      """
      delete from row_key k
      using unnest(?::bigint[], ?::int[]) as u (hash, number)
      where k.hash = u.hash and k.number = u.number and k.batch_id = ?
      """;

  private static final int PIECE = 10_000; // entries

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
          lines
              .row()
              .int8(block.hash(order[i]))
              .int8(block.content(order[i]))
              .uuid(batch.value())
              .int4(block.number(order[i]));
        }
        lines.send(connection, COPY);
      }
    }
  }

  /**
   * Rows with these keys.
   *
   * @param places of entries of the block, in order; a few thousand, for each may bring twenty rows
   */
  static List<Hit> hits(Connection connection, RowKeyBlock block, int[] places)
      throws SQLException {
    // Arrays of primitives go over in binary; boxed ones as text, for ten times the time.
    PGConnection arrays = connection.unwrap(PGConnection.class);
    Array hashes =
        arrays.createArrayOf("int8", Arrays.stream(places).mapToLong(block::hash).toArray());
    long[] contents = Arrays.stream(places).mapToLong(block::content).toArray();
    int most = 4 * places.length + 1_000;
    try (PreparedStatement probe = connection.prepareStatement(PROBE)) {
      probe.setArray(1, hashes);
      // In order like the hashes: PostgreSQL sorts what is not, and takes longer.
      probe.setArray(2, arrays.createArrayOf("int8", Arrays.stream(contents).sorted().toArray()));
      probe.setInt(3, most);
      List<Hit> hits = hits(probe);
      if (hits.size() < most) {
        return hits;
      }
    }
    try (PreparedStatement probe = connection.prepareStatement(PROBE_EACH)) {
      probe.setArray(1, hashes);
      probe.setArray(2, arrays.createArrayOf("int8", contents));
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

  void remove(BatchId batch, RowKeyBlock block) throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement delete = connection.prepareStatement(DELETE)) {
      PGConnection arrays = connection.unwrap(PGConnection.class);
      IntStream places = IntStream.range(0, block.size());
      delete.setArray(1, arrays.createArrayOf("int8", places.mapToLong(block::hash).toArray()));
      places = IntStream.range(0, block.size());
      delete.setArray(2, arrays.createArrayOf("int4", places.map(block::number).toArray()));
      delete.setObject(3, batch.value());
      delete.executeUpdate();
    }
  }

  /** Rows that have one of these hashes, {@code most} at most. */
  static List<Hit> withHash(Connection connection, long[] hashes, int most) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(WITH_HASH)) {
      select.setArray(1, connection.unwrap(PGConnection.class).createArrayOf("int8", hashes));
      select.setInt(2, most);
      return hits(select);
    }
  }

  /** A few rows for each of the hashes of references. */
  static List<Hit> withReferences(Connection connection, long[] hashes) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(REFERENCES)) {
      select.setArray(1, connection.unwrap(PGConnection.class).createArrayOf("int8", hashes));
      return hits(select);
    }
  }
}
