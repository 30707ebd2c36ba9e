package dev.credmill.batch.duplicate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.credmill.backing.BackingTestResource;
import dev.credmill.batch.CatalogueTestResource;
import io.agroal.api.AgroalDataSource;
import io.quarkus.agroal.DataSource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** How PostgreSQL looks rows up in tables that have just grown and that it knows nothing of. */
@QuarkusTest
@QuarkusTestResource(BackingTestResource.class)
@QuarkusTestResource(CatalogueTestResource.class)
class RowKeyTableIT {
  @Inject
  @DataSource("batch")
  AgroalDataSource database;

  @Test
  void everyLookUpWalksAnIndex() throws SQLException {
    try (Connection connection = database.getConnection()) {
      connection.setAutoCommit(false);
      // Given
      try (Statement statement = connection.createStatement()) {
        statement.execute(
            "insert into row_key select (random() * 9e18)::bigint, 0, gen_random_uuid(), 2 from generate_series(1, 200000)");
        statement.execute(IndexWalk.BEGIN);
      }
      UUID batch = UUID.randomUUID();
      Integer[] numbers = {2, 3};
      Long[] hashes = {1L, 2L};
      UUID[] batches = {batch, batch};
      // When
      String probe =
          plan(
              connection,
              RowKeyTable.PROBE,
              connection.createArrayOf("int8", hashes),
              connection.createArrayOf("int8", hashes),
              100);
      String each =
          plan(
              connection,
              RowKeyTable.PROBE_EACH,
              connection.createArrayOf("int8", hashes),
              connection.createArrayOf("int8", hashes));
      String issued =
          plan(connection, KnownRows.ISSUED, batch, connection.createArrayOf("int4", numbers));
      String search =
          plan(connection, RowKeyTable.WITH_HASH, connection.createArrayOf("int8", hashes), 1_000);
      String references =
          plan(connection, RowKeyTable.REFERENCES, connection.createArrayOf("int8", hashes));
      String rows =
          plan(
              connection,
              RowIndex.BATCHES,
              connection.createArrayOf("uuid", batches),
              connection.createArrayOf("int4", numbers),
              "x",
              "x",
              "x",
              "x");
      Short[] buckets = {1, 2};
      String filters =
          plan(connection, PackedKeys.FILTERS, "acme", connection.createArrayOf("int2", buckets));
      String pages =
          plan(
              connection,
              PackedKeys.PAGES,
              connection.createArrayOf("int2", buckets),
              connection.createArrayOf("uuid", batches),
              connection.createArrayOf("int4", numbers),
              "acme");
      String gone =
          plan(connection, RowKeyVoid.AMONG, batch, connection.createArrayOf("int4", numbers));
      connection.rollback();
      // Then
      assertThat(probe).contains("Index Scan using row_key_hash").doesNotContain("Seq Scan");
      assertThat(each).contains("Index Scan using row_key_hash").doesNotContain("Seq Scan");
      assertThat(issued).contains("using row_credential_pkey").doesNotContain("Seq Scan");
      assertThat(search).contains("using row_key_hash").doesNotContain("Seq Scan");
      assertThat(references).contains("using row_key_hash").doesNotContain("Seq Scan");
      assertThat(rows).contains("using sheet_row_pkey").doesNotContain("Seq Scan");
      assertThat(filters).contains("using row_key_filter_pkey").doesNotContain("Seq Scan");
      assertThat(pages).contains("using row_key_page_pkey").doesNotContain("Seq Scan");
      assertThat(gone).contains("using row_key_void_pkey").doesNotContain("Seq Scan");
    }
  }

  private static String plan(Connection connection, String sql, Object... values)
      throws SQLException {
    StringBuilder plan = new StringBuilder();
    try (PreparedStatement explain = connection.prepareStatement("explain " + sql)) {
      for (int i = 0; i < values.length; i++) {
        explain.setObject(i + 1, values[i]);
      }
      try (ResultSet line = explain.executeQuery()) {
        while (line.next()) {
          plan.append(line.getString(1)).append('\n');
        }
      }
    }
    return plan.toString();
  }
}
