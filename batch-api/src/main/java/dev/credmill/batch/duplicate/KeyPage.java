package dev.credmill.batch.duplicate;

import dev.credmill.contracts.id.BatchId;
import dev.credmill.contracts.id.RowId;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * Keys of one batch whose hashes begin alike, in the order of hash, content and row.
 *
 * @param entries of 20 bytes each
 */
record KeyPage(BatchId batch, ByteBuffer entries) {
  private static final int ENTRY = 2 * Long.BYTES + Integer.BYTES;

  /**
   * Entries of a block.
   *
   * @param order of all of them
   */
  static byte[] of(RowKeyBlock block, int[] order, int from, int to) {
    ByteBuffer entries = ByteBuffer.allocate((to - from) * ENTRY);
    for (int i = from; i < to; i++) {
      int place = order[i];
      entries.putLong(block.hash(place)).putLong(block.content(place)).putInt(block.number(place));
    }
    return entries.array();
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
   */
  void meet(RowKeyBlock block, int[] places, int from, int to, List<Hit> hits) {
    int mine = 0;
    int place = from;
    int taken = 0;
    while (mine < size() && place < to) {
      int order = Long.compare(hash(mine), block.hash(places[place]));
      if (order == 0) {
        order = Long.compare(content(mine), block.content(places[place]));
      }
      if (order > 0) {
        place++;
        taken = 0;
      } else {
        // Equal keys of the block have one answer, which the first of them brings.
        if (order == 0 && taken++ < Hit.MOST_EACH) {
          hits.add(new Hit(block.key(places[place]), row(mine)));
        }
        mine++;
      }
    }
  }

  /** A few rows with a hash, whatever their content. */
  void find(long hash, List<Hit> hits) {
    int first = first(hash);
    for (int i = first; i < size() && hash(i) == hash && i < first + Hit.MOST_EACH; i++) {
      hits.add(new Hit(new RowKeys.Key(hash, content(i)), row(i)));
    }
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
