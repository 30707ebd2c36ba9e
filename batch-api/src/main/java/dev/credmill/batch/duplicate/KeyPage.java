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
record KeyPage(short bucket, BatchId batch, ByteBuffer entries) {
  static final int ENTRY = 2 * Long.BYTES + Integer.BYTES;

  private static final int BITS = 10;

  /** Where entries of a hash are: buckets follow each other as hashes do. */
  static short bucket(long hash) {
    return (short) (hash >> Long.SIZE - BITS);
  }

  static void write(RowKeyBlock block, int place, ByteBuffer entries) {
    entries.putLong(block.hash(place)).putLong(block.content(place)).putInt(block.number(place));
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
   * @param places of entries of the block, in order
   */
  void meet(RowKeyBlock block, int[] places, List<Hit> hits) {
    int mine = 0;
    int place = 0;
    int taken = 0;
    while (mine < size() && place < places.length) {
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
