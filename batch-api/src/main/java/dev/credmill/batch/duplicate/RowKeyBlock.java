package dev.credmill.batch.duplicate;

import dev.credmill.batch.duplicate.RowKeys.Key;
import dev.credmill.contracts.id.BatchId;
import dev.credmill.contracts.id.OrganizationId;
import dev.credmill.contracts.id.RowId;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The keys of rows that are looked up and added together: the more there are, the more neighbours
 * are visited at once. Takes about 80 bytes for each row. Not for use by several threads at once.
 */
public final class RowKeyBlock {
  /** Bits of an entry's place in a number of the order. */
  private static final int PLACE = 24;

  private static final long PLACES = (1L << PLACE) - 1;

  private final OrganizationId organization;
  private final RowKeys keys;
  private int rows;
  private int size;
  private long[] hashes = new long[64];
  private long[] contents = new long[64];
  private int[] numbers = new int[64];
  private boolean[] telling = new boolean[64];

  public RowKeyBlock(OrganizationId organization) {
    this.organization = organization;
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
    if (size == PLACES) {
      throw new IllegalStateException("a block has no place for more keys than " + PLACES);
    }
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

  OrganizationId organization() {
    return organization;
  }

  long hash(int place) {
    return hashes[place];
  }

  long content(int place) {
    return contents[place];
  }

  boolean haveOneKey(int place, int other) {
    return hashes[place] == hashes[other] && contents[place] == contents[other];
  }

  /** The number of the first row that has a key. */
  int from() {
    return numbers[0];
  }

  /**
   * The places of all entries in the order of hash, content and row. Sorting bare numbers, of which
   * 40 bits tell nearly all hashes apart, takes a tenth of the time of sorting objects.
   */
  int[] inOrder() {
    long[] order = new long[size];
    for (int i = 0; i < size; i++) {
      order[i] = hashes[i] & ~PLACES | i;
    }
    Arrays.sort(order);
    int[] places = new int[size];
    int from = 0;
    for (int i = 0; i < size; i++) {
      places[i] = (int) (order[i] & PLACES);
      if (order[i] >>> PLACE != order[from] >>> PLACE) {
        sort(places, from, i);
        from = i;
      }
    }
    sort(places, from, size);
    return places;
  }

  /** Those whose hashes begin alike. */
  private void sort(int[] places, int from, int to) {
    if (to - from < 2) {
      return;
    }
    Comparator<Integer> order =
        Comparator.<Integer>comparingLong(place -> hashes[place])
            .thenComparingLong(place -> contents[place])
            .thenComparingInt(place -> numbers[place]);
    int[] sorted =
        Arrays.stream(places, from, to).boxed().sorted(order).mapToInt(Integer::intValue).toArray();
    System.arraycopy(sorted, 0, places, from, sorted.length);
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
    int first = 0;
    for (int i = 1; i < order.length; i++) {
      if (!haveOneKey(order[i], order[first])) {
        first = i;
      } else if (numbers[order[i]] != numbers[order[first]]) {
        RowId of = new RowId(batch, numbers[order[first]]);
        found.merge(
            numbers[order[i]], new Duplicate(Duplicate.Kind.SAME_SHEET, of), Duplicate::graver);
      }
    }
    return found;
  }
}
