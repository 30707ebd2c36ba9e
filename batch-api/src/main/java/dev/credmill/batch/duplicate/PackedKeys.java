package dev.credmill.batch.duplicate;

import dev.credmill.contracts.id.BatchId;
import dev.credmill.contracts.id.OrganizationId;
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

/** Reads the tables {@code row_key_page} and {@code row_key_filter}: which rows have a key. */
final class PackedKeys {
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

  private static final int FILTERS_AT_ONCE = 200;

  /** A page is 4 kB, but 2 MB where all rows of its block have one contact. */
  private static final int PAGES_AT_ONCE = 16;

  private PackedKeys() {}

  /**
   * Rows with these keys of a block, of each the oldest few.
   *
   * @param places of entries of the block, in order
   */
  static List<Hit> hits(Connection connection, RowKeyBlock block, int[] places)
      throws SQLException {
    WantedHashes wanted = new WantedHashes(Arrays.stream(places).mapToLong(block::hash).toArray());
    int[] taken = new int[places.length];
    List<Hit> hits = new ArrayList<>();
    read(
        connection,
        block.organization(),
        wanted,
        (from, to, page) -> page.meet(block, places, from, to, taken, hits));
    return RowKeyVoid.without(connection, hits);
  }

  /** Rows that have one of these hashes, of each the oldest {@code most}. */
  static List<Hit> withHash(
      Connection connection, OrganizationId organization, long[] hashes, int most)
      throws SQLException {
    WantedHashes wanted = new WantedHashes(Arrays.stream(hashes).sorted().toArray());
    int[] taken = new int[hashes.length];
    List<Hit> hits = new ArrayList<>();
    read(
        connection,
        organization,
        wanted,
        (from, to, page) -> {
          for (int i = from; i < to; i++) {
            taken[i] += page.find(wanted.get(i), most - taken[i], hits);
          }
        });
    return RowKeyVoid.without(connection, hits);
  }

  private interface Reader {
    /**
     * @param from the first of the hashes that may be in the page
     * @param to behind the last of them
     */
    void read(int from, int to, KeyPage page);
  }

  /** Where a page stands in its organization. */
  private record Place(short bucket, UUID batch, int from) {}

  /** Reads the pages that may hold one of the hashes, in each bucket the oldest first. */
  private static void read(
      Connection connection, OrganizationId organization, WantedHashes wanted, Reader reader)
      throws SQLException {
    List<Place> places = places(connection, organization, wanted);
    for (int from = 0; from < places.size(); from += PAGES_AT_ONCE) {
      List<Place> some = places.subList(from, Math.min(places.size(), from + PAGES_AT_ONCE));
      Map<Place, KeyPage> pages = pages(connection, organization, some);
      for (Place place : some) {
        KeyPage page = pages.get(place);
        // A file that was rejected meanwhile has taken its pages with it.
        if (page != null) {
          reader.read(
              wanted.from(KeyPage.firstHash(place.bucket())),
              wanted.behind(KeyPage.lastHash(place.bucket())),
              page);
        }
      }
    }
  }

  /** Some filters are read at a time where there is a transaction. */
  private static List<Place> places(
      Connection connection, OrganizationId organization, WantedHashes wanted) throws SQLException {
    List<Place> places = new ArrayList<>();
    try (PreparedStatement select = connection.prepareStatement(FILTERS)) {
      select.setFetchSize(FILTERS_AT_ONCE);
      select.setString(1, organization.value());
      select.setArray(2, connection.createArrayOf("int2", wanted.filterBuckets()));
      try (ResultSet filter = select.executeQuery()) {
        while (filter.next()) {
          short[] pages = wanted.pagesThatMayHold(filter.getShort(1), filter.getBytes(4));
          for (short page : pages) {
            places.add(new Place(page, filter.getObject(2, UUID.class), filter.getInt(3)));
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
