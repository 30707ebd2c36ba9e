package dev.credmill.batch.duplicate;

import dev.credmill.contracts.database.BinaryCopy;
import dev.credmill.contracts.id.BatchId;
import io.agroal.api.AgroalDataSource;
import io.quarkus.agroal.DataSource;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * Writes the tables {@code row_key_page} and {@code row_key_filter}: the keys of large blocks,
 * packed. What PostgreSQL does for a key in an index of its own it does here for two hundred.
 */
@ApplicationScoped
class RowKeyPages {
  /** Of fewer rows each key would be a page: those are better off in the index. */
  static final int LEAST = 50_000;

  private static final String COPY_PAGES =
      "copy row_key_page (organization, bucket, batch_id, from_number, entries) from stdin (format binary)";
  private static final String COPY_FILTERS =
      "copy row_key_filter (organization, bucket, batch_id, from_number, prefixes) from stdin (format binary)";

  private static final int SENT_AT_ONCE = 1 << 20; // bytes

  private final AgroalDataSource database;

  RowKeyPages(@DataSource("batch") AgroalDataSource database) {
    this.database = database;
  }

  /**
   * Adds all entries of a block of rows that had no keys before.
   *
   * @param order of all of them
   */
  void add(BatchId batch, RowKeyBlock block, int[] order) throws SQLException {
    try (Connection connection = database.getConnection()) {
      add(connection, batch, block, order, COPY_PAGES, KeyPage::bucket, KeyPage::of);
      add(connection, batch, block, order, COPY_FILTERS, KeyFilter::bucket, KeyFilter::of);
    }
  }

  private interface Buckets {
    short of(long hash);
  }

  private interface Packing {
    byte[] of(RowKeyBlock block, int[] order, int from, int to);
  }

  /** Packs what is in one bucket into a value. */
  private static void add(
      Connection connection,
      BatchId batch,
      RowKeyBlock block,
      int[] order,
      String copy,
      Buckets buckets,
      Packing packing)
      throws SQLException {
    BinaryCopy lines = new BinaryCopy(5, SENT_AT_ONCE);
    int from = 0;
    while (from < order.length) {
      short bucket = buckets.of(block.hash(order[from]));
      int to = from + 1;
      while (to < order.length && buckets.of(block.hash(order[to])) == bucket) {
        to++;
      }
      lines
          .row()
          .text(block.organization().value())
          .int2(bucket)
          .uuid(batch.value())
          .int4(block.from())
          .bytea(packing.of(block, order, from, to));
      from = to;
      if (lines.size() > SENT_AT_ONCE || from == order.length) {
        lines.send(connection, copy);
        lines.clear();
      }
    }
  }
}
