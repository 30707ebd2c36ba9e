package dev.credmill.batch.duplicate;

import dev.credmill.batch.duplicate.RowKeys.Key;
import dev.credmill.contracts.id.BatchId;
import dev.credmill.contracts.id.OrganizationId;
import dev.credmill.contracts.id.RowId;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The keys of rows that are looked up and added together. The more there are, the more neighbours
 * in the index are visited at once: by 50,000 rows each costs half of what it costs by 1,000. Takes
 * about 80 bytes for each row. Not for use by several threads.
 */
public final class RowKeyBlock {
  /** Bits of an entry's place in a number of the order; 16 million entries are more than enough. */
  private static final int PLACE = 24;

  private static final long PLACES = (1L << PLACE) - 1;

  private final RowKeys keys;
  private int rows;
  private int size;
  private long[] hashes = new long[64];
  private long[] contents = new long[64];
  private int[] numbers = new int[64];
  private boolean[] telling = new boolean[64];

  public RowKeyBlock(OrganizationId organization) {
    this.keys = new RowKeys(organization);
  }

  public void add(RowIdentity row) {
    List<Key> own = keys.of(row);
    int tellingOnes = RowKeys.telling(row, own);
    for (int i = 0; i < own.size(); i++) {
      add(own.get(i), row.number(), i < tellingOnes);
    }
    rows++;
  }

  private void add(Key key, int number, boolean tells) {
    if (size == hashes.length) {
      hashes = Arrays.copyOf(hashes, 2 * size);
      contents = Arrays.copyOf(contents, 2 * size);
      numbers = Arrays.copyOf(numbers, 2 * size);
      telling = Arrays.copyOf(telling, 2 * size);
    }
    hashes[size] = key.hash();
    contents[size] = key.content();
    numbers[size] = number;
    telling[size++] = tells;
  }

  public int rows() {
    return rows;
  }

  int size() {
    return size;
  }

  Key key(int place) {
    return new Key(hashes[place], contents[place]);
  }

  int number(int place) {
    return numbers[place];
  }

  /**
   * The places of all entries, as the index has them: by their hashes, as far as 40 bits tell them
   * apart, then by row. Sorting bare numbers takes a tenth of the time of sorting objects.
   */
  int[] inOrder() {
    long[] order = new long[size];
    for (int i = 0; i < size; i++) {
      order[i] = hashes[i] & ~PLACES | i;
    }
    Arrays.sort(order);
    int[] places = new int[size];
    for (int i = 0; i < size; i++) {
      places[i] = (int) (order[i] & PLACES);
    }
    return places;
  }

  /** The places of the entries that make a row a duplicate of another with the same key. */
  int[] tellingInOrder(int[] inOrder) {
    return Arrays.stream(inOrder).filter(place -> telling[place]).toArray();
  }

  /**
   * What rows of the block say that one further up in it says already.
   *
   * @param order of the telling entries
   */
  Map<Integer, Duplicate> repeated(BatchId batch, int[] order) {
    Map<Integer, Duplicate> found = new HashMap<>();
    int from = 0;
    for (int to = 1; to <= order.length; to++) {
      if (to == order.length || !meet(order[from], order[to])) {
        if (to - from > 1) {
          addRepeated(batch, Arrays.copyOfRange(order, from, to), found);
        }
        from = to;
      }
    }
    return found;
  }

  private boolean meet(int place, int other) {
    return hashes[place] >>> PLACE == hashes[other] >>> PLACE;
  }

  private void addRepeated(BatchId batch, int[] places, Map<Integer, Duplicate> found) {
    Map<Key, Integer> first = new HashMap<>();
    for (int place : places) {
      Integer earlier = first.putIfAbsent(key(place), numbers[place]);
      if (earlier != null && earlier != numbers[place]) {
        RowId of = new RowId(batch, earlier);
        found.merge(
            numbers[place], new Duplicate(Duplicate.Kind.SAME_SHEET, of), Duplicate::graver);
      }
    }
  }
}
