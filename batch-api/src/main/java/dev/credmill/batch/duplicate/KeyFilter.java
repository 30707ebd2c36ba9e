package dev.credmill.batch.duplicate;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Whether a page may hold a hash: the 24 bits of each that follow those of the bucket, in order. Of
 * a hundred thousand pages that do not hold it, one says that it may.
 */
record KeyFilter(ByteBuffer prefixes) {
  private static final int BITS = 24;
  private static final int BYTES = BITS / Byte.SIZE;

  /** Buckets follow each other as hashes do. */
  private static final int BUCKET_BITS = 10;

  /** Where entries of a hash are. */
  static short bucket(long hash) {
    return (short) (hash >> Long.SIZE - BUCKET_BITS);
  }

  private static int prefix(long hash) {
    return (int) (hash << BUCKET_BITS >>> Long.SIZE - BITS);
  }

  /**
   * Of the hashes of a page.
   *
   * @param order of the page's entries in the block
   */
  static byte[] of(RowKeyBlock block, int[] order, int from, int to) {
    byte[] prefixes = new byte[(to - from) * BYTES];
    int size = 0;
    int before = -1;
    for (int i = from; i < to; i++) {
      int prefix = prefix(block.hash(order[i]));
      if (prefix != before) {
        prefixes[size++] = (byte) (prefix >> 2 * Byte.SIZE);
        prefixes[size++] = (byte) (prefix >> Byte.SIZE);
        prefixes[size++] = (byte) prefix;
        before = prefix;
      }
    }
    return Arrays.copyOf(prefixes, size);
  }

  /**
   * Whether it may hold one of some hashes of its bucket.
   *
   * @param hashes in order
   */
  boolean mayHold(long[] hashes, int from, int to) {
    int size = prefixes.remaining() / BYTES;
    int mine = 0;
    int i = from;
    while (mine < size && i < to) {
      int order = Integer.compare(get(mine), prefix(hashes[i]));
      if (order == 0) {
        return true;
      }
      if (order < 0) {
        mine++;
      } else {
        i++;
      }
    }
    return false;
  }

  private int get(int index) {
    int at = index * BYTES;
    return (prefixes.get(at) & 0xFF) << 2 * Byte.SIZE
        | (prefixes.get(at + 1) & 0xFF) << Byte.SIZE
        | prefixes.get(at + 2) & 0xFF;
  }
}
