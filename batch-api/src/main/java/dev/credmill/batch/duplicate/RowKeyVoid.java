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
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.postgresql.PGConnection;

/** The table {@code row_key_void}: rows that say something else than what is packed of them. */
@ApplicationScoped
class RowKeyVoid {
  static final String AMONG =
      "select number from row_key_void where batch_id = ? and number = any(?)";

  /** Of a batch that has nothing packed there is nothing to be said. */
  private static final String ADD =
      """
      insert into row_key_void (batch_id, number)
      select b.id, unnest(?::int[])
      from (select cast(? as uuid) as id) b
      where exists (select from row_key_filter where organization = ? and batch_id = b.id)
      on conflict (batch_id, number) do nothing
      """;

  private final AgroalDataSource database;

  RowKeyVoid(@DataSource("batch") AgroalDataSource database) {
    this.database = database;
  }

  /** Whatever is packed of these rows counts no longer. */
  void add(BatchId batch, RowKeyBlock block) throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement insert = connection.prepareStatement(ADD)) {
      int[] numbers = new int[block.size()];
      Arrays.setAll(numbers, block::number);
      numbers = Arrays.stream(numbers).distinct().sorted().toArray();
      insert.setArray(1, connection.unwrap(PGConnection.class).createArrayOf("int4", numbers));
      insert.setObject(2, batch.value());
      insert.setString(3, block.organization().value());
      insert.executeUpdate();
    }
  }

  /** Those packed keys that still count. */
  static List<Hit> without(Connection connection, List<Hit> hits) throws SQLException {
    Set<RowId> gone = new HashSet<>();
    for (Map.Entry<BatchId, int[]> rows : Hit.numbersByBatch(hits).entrySet()) {
      try (PreparedStatement select = connection.prepareStatement(AMONG)) {
        select.setObject(1, rows.getKey().value());
        select.setArray(
            2, connection.unwrap(PGConnection.class).createArrayOf("int4", rows.getValue()));
        try (ResultSet row = select.executeQuery()) {
          while (row.next()) {
            gone.add(new RowId(rows.getKey(), row.getInt(1)));
          }
        }
      }
    }
    return gone.isEmpty() ? hits : hits.stream().filter(hit -> !gone.contains(hit.of())).toList();
  }
}
