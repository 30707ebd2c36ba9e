package dev.credmill.batch.duplicate;

import dev.credmill.contracts.database.BinaryCopy;
import dev.credmill.contracts.id.BatchId;
import dev.credmill.contracts.id.OrganizationId;
import dev.credmill.contracts.id.RowId;
import io.agroal.api.AgroalDataSource;
import io.quarkus.agroal.DataSource;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.ByteBuffer;
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
import java.util.function.Consumer;
import java.util.stream.LongStream;
import org.postgresql.PGConnection;

/**
 * The table {@code row_key_page}: the keys of large blocks, packed. What PostgreSQL does for a key
 * in an index of its own it does here for two hundred.
 */
@ApplicationScoped
class RowKeyPages {
  /** Of fewer rows each key would be a page: those are better off in the index. */
  static final int LEAST = 50_000;

  private static final String COPY =
      "copy row_key_page (organization, bucket, batch_id, from_number, entries) from stdin (format binary)";

  static final String READ =
      """
      select bucket, batch_id, entries from row_key_page
      where organization = ? and bucket = any(?)
      order by organization, bucket
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
  private static final int READ_AT_ONCE = 200; // pages

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
      int sent = 0;
      int from = 0;
      while (from < order.length) {
        short bucket = KeyPage.bucket(block.hash(order[from]));
        int to = end(block, order, from);
        ByteBuffer entries = ByteBuffer.allocate((to - from) * KeyPage.ENTRY);
        for (int i = from; i < to; i++) {
          KeyPage.write(block, order[i], entries);
        }
        pages
            .row()
            .text(block.organization().value())
            .int2(bucket)
            .uuid(batch.value())
            .int4(block.from())
            .bytea(entries.array());
        sent += entries.capacity();
        from = to;
        if (sent > SENT_AT_ONCE || from == order.length) {
          pages.send(connection, COPY);
          pages.clear();
          sent = 0;
        }
      }
    }
  }

  /** Behind the last of those in the bucket of the first. */
  private static int end(RowKeyBlock block, int[] order, int from) {
    short bucket = KeyPage.bucket(block.hash(order[from]));
    int to = from;
    while (to < order.length && KeyPage.bucket(block.hash(order[to])) == bucket) {
      to++;
    }
    return to;
  }

  /**
   * Rows with these keys of a block.
   *
   * @param places of entries of the block, in order
   */
  static List<Hit> hits(Connection connection, RowKeyBlock block, int[] places)
      throws SQLException {
    Meeting meeting = new Meeting(block, places);
    read(
        connection,
        block.organization(),
        Arrays.stream(places).mapToLong(block::hash),
        meeting::page);
    return withoutVoid(connection, meeting.hits);
  }

  /** Pages in the order of the buckets beside the entries of a block in theirs. */
  private static final class Meeting {
    private final RowKeyBlock block;
    private final int[] places;
    private final List<Hit> hits = new ArrayList<>();
    private int from;
    private int to;

    Meeting(RowKeyBlock block, int[] places) {
      this.block = block;
      this.places = places;
    }

    void page(KeyPage page) {
      while (to == from || KeyPage.bucket(block.hash(places[from])) != page.bucket()) {
        from = to;
        to = end(block, places, from);
      }
      page.meet(block, Arrays.copyOfRange(places, from, to), hits);
    }
  }

  /** Rows that have one of these hashes; a few of each in each block, see {@link Hit#MOST_EACH}. */
  static List<Hit> withHash(Connection connection, OrganizationId organization, long[] hashes)
      throws SQLException {
    List<Hit> hits = new ArrayList<>();
    read(
        connection,
        organization,
        Arrays.stream(hashes),
        page -> {
          for (long hash : hashes) {
            if (KeyPage.bucket(hash) == page.bucket()) {
              page.find(hash, hits);
            }
          }
        });
    return withoutVoid(connection, hits);
  }

  /** In the order of the buckets, some at a time where there is a transaction. */
  private static void read(
      Connection connection,
      OrganizationId organization,
      LongStream hashes,
      Consumer<KeyPage> pages)
      throws SQLException {
    short[] buckets = shorts(hashes.mapToInt(KeyPage::bucket).distinct().toArray());
    try (PreparedStatement read = connection.prepareStatement(READ)) {
      read.setFetchSize(READ_AT_ONCE);
      read.setString(1, organization.value());
      read.setArray(2, connection.unwrap(PGConnection.class).createArrayOf("int2", buckets));
      try (ResultSet page = read.executeQuery()) {
        while (page.next()) {
          pages.accept(
              new KeyPage(
                  page.getShort(1),
                  new BatchId(page.getObject(2, UUID.class)),
                  ByteBuffer.wrap(page.getBytes(3))));
        }
      }
    }
  }

  private static short[] shorts(int[] numbers) {
    short[] shorts = new short[numbers.length];
    for (int i = 0; i < numbers.length; i++) {
      shorts[i] = (short) numbers[i];
    }
    return shorts;
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
