package dev.credmill.batch.duplicate;

import dev.credmill.contracts.id.BatchId;
import dev.credmill.contracts.id.RowId;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;

/**
 * Keys of one batch whose hashes begin alike, in the order of hash, content and row.
 *
 * @param entries of 20 bytes each
 */
record KeyPage(BatchId batch, ByteBuffer entries) {
  private static final int ENTRY = 2 * Long.BYTES + Integer.BYTES;

  /** Buckets follow each other as hashes do. */
  private static final int BUCKET_BITS = 10;

  /** Where the entries of a hash are. */
  static short bucket(long hash) {
    return (short) (hash >> Long.SIZE - BUCKET_BITS);
  }

  /** The smallest hash of a bucket. */
  static long firstHash(short bucket) {
    return (long) bucket << Long.SIZE - BUCKET_BITS;
  }

  /** The greatest hash of a bucket. */
  static long lastHash(short bucket) {
    return firstHash(bucket) | -1L >>> BUCKET_BITS;
  }

  /**
   * Entries of a block, without those that nobody would look at: a key that all rows have takes no
   * more room than others.
   *
   * @param order of all of them
   */
  static byte[] of(RowKeyBlock block, int[] order, int from, int to) {
    ByteBuffer entries = ByteBuffer.allocate((to - from) * ENTRY);
    int same = 0;
    for (int i = from; i < to; i++) {
      int place = order[i];
      same = i > from && block.haveOneKey(order[i - 1], place) ? same + 1 : 1;
      if (same <= Hit.MOST_EACH) {
        entries
            .putLong(block.hash(place))
            .putLong(block.content(place))
            .putInt(block.number(place));
      }
    }
    return Arrays.copyOf(entries.array(), entries.position());
  }

  private int size() {
    return entries.remaining() / ENTRY;
  }

  private long hash(int index) {
    return entries.getLong(index * ENTRY);
  }

  private long content(int index) {
    return entries.getLong(index * ENTRY + Long.BYTES);
  }

  private RowId row(int index) {
    return new RowId(batch, entries.getInt(index * ENTRY + 2 * Long.BYTES));
  }

  /**
   * Rows with the keys of a block; both are walked along once.
   *
   * @param places of entries of the block, in order, of which those in the page's bucket count
   * @param taken how many rows each of them has met already, in this page and those before
   */
  void meet(RowKeyBlock block, int[] places, int from, int to, int[] taken, List<Hit> hits) {
    int mine = 0;
    int place = from;
    while (mine < size() && place < to) {
      int order = Long.compare(hash(mine), block.hash(places[place]));
      if (order == 0) {
        order = Long.compare(content(mine), block.content(places[place]));
      }
      if (order > 0) {
        place++;
      } else {
        // Equal keys of the block have one answer, which the first of them brings.
        if (order == 0 && taken[place]++ < Hit.MOST_EACH) {
          hits.add(new Hit(block.key(places[place]), row(mine)));
        }
        mine++;
      }
    }
  }

  /** Rows with a hash, whatever their content; says how many, {@code most} at most. */
  int find(long hash, int most, List<Hit> hits) {
    int first = first(hash);
    int i = first;
    while (i < size() && hash(i) == hash && i - first < most) {
      hits.add(new Hit(new RowKeys.Key(hash, content(i)), row(i)));
      i++;
    }
    return i - first;
  }

  private int first(long hash) {
    int low = 0;
    int high = size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (hash(middle) < hash) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
