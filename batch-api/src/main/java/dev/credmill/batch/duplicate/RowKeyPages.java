package dev.credmill.batch.duplicate;

import dev.credmill.contracts.database.BinaryCopy;
import dev.credmill.contracts.id.BatchId;
import dev.credmill.contracts.id.OrganizationId;
import dev.credmill.contracts.id.RowId;
import io.agroal.api.AgroalDataSource;
import io.quarkus.agroal.DataSource;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.ByteBuffer;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.postgresql.PGConnection;

/**
 * The tables {@code row_key_page} and {@code row_key_filter}: the keys of large blocks, packed.
 * What PostgreSQL does for a key in an index of its own it does here for two hundred.
 */
@ApplicationScoped
class RowKeyPages {
  /** Of fewer rows each key would be a page: those are better off in the index. */
  static final int LEAST = 50_000;

  private static final String COPY_PAGES =
      "copy row_key_page (organization, bucket, batch_id, from_number, entries) from stdin (format binary)";
  private static final String COPY_FILTERS =
      "copy row_key_filter (organization, bucket, batch_id, from_number, prefixes) from stdin (format binary)";

  static final String FILTERS =
      """
      select bucket, batch_id, from_number, prefixes from row_key_filter
      where organization = ? and bucket = any(?)
      """;

  static final String PAGES =
      """
      select p.bucket, p.batch_id, p.entries
      from unnest(?::smallint[], ?::uuid[], ?::int[]) as u (bucket, batch_id, from_number)
      join row_key_page p on p.organization = ? and p.bucket = u.bucket
        and p.batch_id = u.batch_id and p.from_number = u.from_number
      """;

  static final String VOID =
      """
      select v.batch_id, v.number
      from unnest(?::uuid[], ?::int[]) as u (batch_id, number)
      join row_key_void v on v.batch_id = u.batch_id and v.number = u.number
      """;

  private static final String MAKE_VOID =
      """
      insert into row_key_void (batch_id, number) select ?, unnest(?::int[])
      on conflict (batch_id, number) do nothing
      """;

  private static final int SENT_AT_ONCE = 1 << 20; // bytes
  private static final int READ_AT_ONCE = 500; // filters or pages

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
      BinaryCopy pages = new BinaryCopy(5, SENT_AT_ONCE);
      BinaryCopy filters = new BinaryCopy(5, SENT_AT_ONCE / 4);
      int from = 0;
      while (from < order.length) {
        short bucket = KeyFilter.bucket(block.hash(order[from]));
        int to = from + 1;
        while (to < order.length && KeyFilter.bucket(block.hash(order[to])) == bucket) {
          to++;
        }
        key(pages, batch, block, bucket).bytea(KeyPage.of(block, order, from, to));
        key(filters, batch, block, bucket).bytea(KeyFilter.of(block, order, from, to));
        from = to;
        if (pages.size() > SENT_AT_ONCE || from == order.length) {
          pages.send(connection, COPY_PAGES);
          pages.clear();
        }
      }
      filters.send(connection, COPY_FILTERS);
    }
  }

  private static BinaryCopy key(BinaryCopy line, BatchId batch, RowKeyBlock block, short bucket) {
    return line.row()
        .text(block.organization().value())
        .int2(bucket)
        .uuid(batch.value())
        .int4(block.from());
  }

  /**
   * Rows with these keys of a block.
   *
   * @param places of entries of the block, in order
   */
  static List<Hit> hits(Connection connection, RowKeyBlock block, int[] places)
      throws SQLException {
    Wanted wanted = new Wanted(Arrays.stream(places).mapToLong(block::hash).toArray());
    List<Hit> hits = new ArrayList<>();
    read(
        connection,
        block.organization(),
        wanted,
        (bucket, page) ->
            page.meet(block, places, wanted.from(bucket), wanted.from(bucket + 1), hits));
    return withoutVoid(connection, hits);
  }

  /** Rows that have one of these hashes; a few of each in each block, see {@link Hit#MOST_EACH}. */
  static List<Hit> withHash(Connection connection, OrganizationId organization, long[] hashes)
      throws SQLException {
    Wanted wanted = new Wanted(Arrays.stream(hashes).sorted().toArray());
    List<Hit> hits = new ArrayList<>();
    read(
        connection,
        organization,
        wanted,
        (bucket, page) -> {
          for (int i = wanted.from(bucket); i < wanted.from(bucket + 1); i++) {
            page.find(wanted.hashes[i], hits);
          }
        });
    return withoutVoid(connection, hits);
  }

  /**
   * Hashes that are looked for.
   *
   * @param hashes in order
   */
  private record Wanted(long[] hashes) {
    /** Where those begin that are in a bucket or behind it. */
    int from(int bucket) {
      int low = 0;
      int high = hashes.length;
      while (low < high) {
        int middle = (low + high) >>> 1;
        if (KeyFilter.bucket(hashes[middle]) < bucket) {
          low = middle + 1;
        } else {
          high = middle;
        }
      }
      return low;
    }

    Array buckets(Connection connection) throws SQLException {
      return connection.createArrayOf(
          "int2", Arrays.stream(hashes).mapToObj(KeyFilter::bucket).distinct().toArray());
    }
  }

  private interface Reader {
    void read(short bucket, KeyPage page);
  }

  /**
   * Reads the pages that may hold one of the hashes; some at a time where there is a transaction.
   */
  private static void read(
      Connection connection, OrganizationId organization, Wanted wanted, Reader reader)
      throws SQLException {
    List<Short> buckets = new ArrayList<>();
    List<UUID> batches = new ArrayList<>();
    List<Integer> froms = new ArrayList<>();
    try (PreparedStatement select = connection.prepareStatement(FILTERS)) {
      select.setFetchSize(READ_AT_ONCE);
      select.setString(1, organization.value());
      select.setArray(2, wanted.buckets(connection));
      try (ResultSet filter = select.executeQuery()) {
        while (filter.next()) {
          short bucket = filter.getShort(1);
          KeyFilter prefixes = new KeyFilter(ByteBuffer.wrap(filter.getBytes(4)));
          if (prefixes.mayHold(wanted.hashes, wanted.from(bucket), wanted.from(bucket + 1))) {
            buckets.add(bucket);
            batches.add(filter.getObject(2, UUID.class));
            froms.add(filter.getInt(3));
          }
        }
      }
    }
    if (buckets.isEmpty()) {
      return;
    }
    try (PreparedStatement select = connection.prepareStatement(PAGES)) {
      select.setFetchSize(READ_AT_ONCE);
      select.setArray(1, connection.createArrayOf("int2", buckets.toArray()));
      select.setArray(2, connection.createArrayOf("uuid", batches.toArray()));
      select.setArray(3, connection.createArrayOf("int4", froms.toArray()));
      select.setString(4, organization.value());
      try (ResultSet page = select.executeQuery()) {
        while (page.next()) {
          BatchId batch = new BatchId(page.getObject(2, UUID.class));
          reader.read(page.getShort(1), new KeyPage(batch, ByteBuffer.wrap(page.getBytes(3))));
        }
      }
    }
  }

  private static List<Hit> withoutVoid(Connection connection, List<Hit> hits) throws SQLException {
    if (hits.isEmpty()) {
      return hits;
    }
    Set<RowId> gone = new HashSet<>();
    try (PreparedStatement select = connection.prepareStatement(VOID)) {
      List<RowId> rows = hits.stream().map(Hit::of).distinct().toList();
      select.setArray(
          1,
          connection.createArrayOf(
              "uuid", rows.stream().map(row -> row.batch().value()).toArray()));
      select.setArray(
          2, connection.createArrayOf("int4", rows.stream().map(RowId::number).toArray()));
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          gone.add(new RowId(new BatchId(row.getObject(1, UUID.class)), row.getInt(2)));
        }
      }
    }
    return gone.isEmpty() ? hits : hits.stream().filter(hit -> !gone.contains(hit.of())).toList();
  }

  /** Whatever is packed of these rows counts no longer. */
  void makeVoid(BatchId batch, RowKeyBlock block) throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement insert = connection.prepareStatement(MAKE_VOID)) {
      int[] numbers = new int[block.size()];
      Arrays.setAll(numbers, block::number);
      numbers = Arrays.stream(numbers).distinct().sorted().toArray();
      insert.setObject(1, batch.value());
      insert.setArray(2, connection.unwrap(PGConnection.class).createArrayOf("int4", numbers));
      insert.executeUpdate();
    }
  }
}
