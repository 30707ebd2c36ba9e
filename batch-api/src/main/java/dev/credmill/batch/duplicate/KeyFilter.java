package dev.credmill.batch.duplicate;

import java.util.Arrays;

/**
 * What tells which pages may hold a hash: the 24 bits of each hash that follow those of the
 * filter's bucket, in order. A filter is of several pages, since to read one costs as much as to
 * look at a thousand of its entries.
 */
final class KeyFilter {
  static final int BITS = 24;
  static final int BYTES = BITS / Byte.SIZE;

  /** Buckets follow each other as hashes do. */
  private static final int BUCKET_BITS = 7;

  private KeyFilter() {}

  /** Where the filter of a hash is. */
  static short bucket(long hash) {
    return (short) (hash >> Long.SIZE - BUCKET_BITS);
  }

  /** The smallest hash of a bucket that begins with these bits behind those of the bucket. */
  static long firstHash(short bucket, int prefix) {
    return (long) bucket << Long.SIZE - BUCKET_BITS
        | (long) prefix << Long.SIZE - BUCKET_BITS - BITS;
  }

  /** The greatest hash of a bucket. */
  static long lastHash(short bucket) {
    return firstHash(bucket, 0) | -1L >>> BUCKET_BITS;
  }

  /** What a filter holds of a hash. */
  static int prefix(long hash) {
    return (int) (hash << BUCKET_BITS >>> Long.SIZE - BITS);
  }

  /** Of a filter. */
  static int prefix(byte[] prefixes, int index) {
    int at = index * BYTES;
    return (prefixes[at] & 0xFF) << 2 * Byte.SIZE
        | (prefixes[at + 1] & 0xFF) << Byte.SIZE
        | prefixes[at + 2] & 0xFF;
  }

  /**
   * Of the hashes of a bucket.
   *
   * @param order of their entries in the block
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
}
