package dev.credmill.batch.duplicate;

import dev.credmill.contracts.database.BinaryCopy;
import dev.credmill.contracts.id.BatchId;
import dev.credmill.contracts.id.OrganizationId;
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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;

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
      order by organization, bucket, batch_id, from_number
      """;

  static final String PAGES =
      """
      select p.bucket, p.batch_id, p.from_number, p.entries
      from unnest(?::smallint[], ?::uuid[], ?::int[]) as u (bucket, batch_id, from_number)
      join row_key_page p on p.organization = ? and p.bucket = u.bucket
        and p.batch_id = u.batch_id and p.from_number = u.from_number
      """;

  private static final int SENT_AT_ONCE = 1 << 20; // bytes
  private static final int FILTERS_AT_ONCE = 500;

  /** A page is 4 kB, but 2 MB where all rows of its block have one contact. */
  private static final int PAGES_AT_ONCE = 16;

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
   * Rows with these keys of a block, of each the oldest few.
   *
   * @param places of entries of the block, in order
   */
  static List<Hit> hits(Connection connection, RowKeyBlock block, int[] places)
      throws SQLException {
    Wanted wanted = new Wanted(Arrays.stream(places).mapToLong(block::hash).toArray());
    int[] taken = new int[places.length];
    List<Hit> hits = new ArrayList<>();
    read(
        connection,
        block.organization(),
        wanted,
        (bucket, page) ->
            page.meet(block, places, wanted.from(bucket), wanted.from(bucket + 1), taken, hits));
    return RowKeyVoid.without(connection, hits);
  }

  /** Rows that have one of these hashes, of each the oldest {@code most}. */
  static List<Hit> withHash(
      Connection connection, OrganizationId organization, long[] hashes, int most)
      throws SQLException {
    Wanted wanted = new Wanted(Arrays.stream(hashes).sorted().toArray());
    int[] taken = new int[hashes.length];
    List<Hit> hits = new ArrayList<>();
    read(
        connection,
        organization,
        wanted,
        (bucket, page) -> {
          for (int i = wanted.from(bucket); i < wanted.from(bucket + 1); i++) {
            taken[i] += page.find(wanted.hashes[i], most - taken[i], hits);
          }
        });
    return RowKeyVoid.without(connection, hits);
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

  /** Where a page stands in its organization. */
  private record Place(short bucket, UUID batch, int from) {}

  /** Reads the pages that may hold one of the hashes, in each bucket the oldest first. */
  private static void read(
      Connection connection, OrganizationId organization, Wanted wanted, Reader reader)
      throws SQLException {
    List<Place> places = places(connection, organization, wanted);
    for (int from = 0; from < places.size(); from += PAGES_AT_ONCE) {
      List<Place> some = places.subList(from, Math.min(places.size(), from + PAGES_AT_ONCE));
      Map<Place, KeyPage> pages = pages(connection, organization, some);
      for (Place place : some) {
        reader.read(place.bucket(), pages.get(place));
      }
    }
  }

  /** Some filters are read at a time where there is a transaction. */
  private static List<Place> places(
      Connection connection, OrganizationId organization, Wanted wanted) throws SQLException {
    List<Place> places = new ArrayList<>();
    try (PreparedStatement select = connection.prepareStatement(FILTERS)) {
      select.setFetchSize(FILTERS_AT_ONCE);
      select.setString(1, organization.value());
      select.setArray(2, wanted.buckets(connection));
      try (ResultSet filter = select.executeQuery()) {
        while (filter.next()) {
          short bucket = filter.getShort(1);
          KeyFilter prefixes = new KeyFilter(ByteBuffer.wrap(filter.getBytes(4)));
          if (prefixes.mayHold(wanted.hashes, wanted.from(bucket), wanted.from(bucket + 1))) {
            places.add(new Place(bucket, filter.getObject(2, UUID.class), filter.getInt(3)));
          }
        }
      }
    }
    return places;
  }

  private static Map<Place, KeyPage> pages(
      Connection connection, OrganizationId organization, List<Place> places) throws SQLException {
    Map<Place, KeyPage> pages = new HashMap<>();
    try (PreparedStatement select = connection.prepareStatement(PAGES)) {
      select.setArray(1, array(connection, "int2", places, Place::bucket));
      select.setArray(2, array(connection, "uuid", places, Place::batch));
      select.setArray(3, array(connection, "int4", places, Place::from));
      select.setString(4, organization.value());
      try (ResultSet page = select.executeQuery()) {
        while (page.next()) {
          UUID batch = page.getObject(2, UUID.class);
          pages.put(
              new Place(page.getShort(1), batch, page.getInt(3)),
              new KeyPage(new BatchId(batch), ByteBuffer.wrap(page.getBytes(4))));
        }
      }
    }
    return pages;
  }

  private static Array array(
      Connection connection, String type, List<Place> places, Function<Place, Object> element)
      throws SQLException {
    return connection.createArrayOf(type, places.stream().map(element).toArray());
  }
}
