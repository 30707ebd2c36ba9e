package dev.credmill.batch.duplicate;

import dev.credmill.contracts.id.BatchId;
import dev.credmill.contracts.id.RowId;
import io.agroal.api.AgroalDataSource;
import io.quarkus.agroal.DataSource;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.postgresql.PGConnection;

/** Which rows that have their keys already a row would repeat. */
@ApplicationScoped
class KnownRows {
  static final String ISSUED =
      """
      select number, validity = 'REVOKED' from row_credential
      where batch_id = ? and number = any(?)
      """;

  static final int MOST_KEYS = 5_000;

  private final AgroalDataSource database;

  KnownRows(@DataSource("batch") AgroalDataSource database) {
    this.database = database;
  }

  /**
   * What rows with these keys repeat: rows of the same batch, and those that were issued. Needs a
   * transaction.
   *
   * @param places of entries of the block, in order
   */
  Map<RowKeys.Key, Duplicate> find(BatchId batch, RowKeyBlock block, int[] places)
      throws SQLException {
    Map<RowKeys.Key, Duplicate> found = new HashMap<>();
    if (places.length == 0) {
      return found;
    }
    try (Connection connection = database.getConnection();
        IndexWalk _ = IndexWalk.begin(connection)) {
      // Piece by piece, since each key may bring twenty rows.
      int to;
      for (int from = 0; from < places.length; from = to) {
        to = end(block, places, from);
        int[] piece = Arrays.copyOfRange(places, from, to);
        // The pages first: a row that is changed meanwhile goes from there into the index.
        List<Hit> hits = new ArrayList<>(PackedKeys.hits(connection, block, piece));
        hits.addAll(RowKeyTable.hits(connection, block, piece));
        add(connection, batch, hits, found);
      }
    }
    return found;
  }

  /** A piece ends where a filter ends, if it can, so that few are read for two pieces. */
  static int end(RowKeyBlock block, int[] places, int from) {
    if (places.length - from <= MOST_KEYS) {
      return places.length;
    }
    int to = from + MOST_KEYS;
    short next = KeyFilter.bucket(block.hash(places[to]));
    while (to > from && KeyFilter.bucket(block.hash(places[to - 1])) == next) {
      to--;
    }
    return to == from ? from + MOST_KEYS : to;
  }

  private static void add(
      Connection connection, BatchId batch, List<Hit> hits, Map<RowKeys.Key, Duplicate> found)
      throws SQLException {
    List<Hit> elsewhere = new ArrayList<>();
    for (Hit hit : hits) {
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

  private static void addIssued(
      Connection connection, List<Hit> elsewhere, Map<RowKeys.Key, Duplicate> found)
      throws SQLException {
    Map<RowId, Duplicate> issued = new HashMap<>();
    for (Map.Entry<BatchId, int[]> rows : Hit.numbersByBatch(elsewhere).entrySet()) {
      try (PreparedStatement select = connection.prepareStatement(ISSUED)) {
        select.setObject(1, rows.getKey().value());
        select.setArray(
            2, connection.unwrap(PGConnection.class).createArrayOf("int4", rows.getValue()));
        try (ResultSet row = select.executeQuery()) {
          while (row.next()) {
            RowId of = new RowId(rows.getKey(), row.getInt(1));
            issued.put(
                of,
                new Duplicate(
                    row.getBoolean(2) ? Duplicate.Kind.REVOKED : Duplicate.Kind.ISSUED, of));
          }
        }
      }
    }
    for (Hit hit : elsewhere) {
      if (issued.containsKey(hit.of())) {
        found.merge(hit.key(), issued.get(hit.of()), Duplicate::graver);
      }
    }
  }
}
