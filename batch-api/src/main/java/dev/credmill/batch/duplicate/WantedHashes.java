package dev.credmill.batch.duplicate;

import java.util.Arrays;

/**
 * Hashes that are looked for, in order. A filter is held against a bitmap of those of its bucket:
 * walking along both in step costs ten times as much, for no processor foresees which is the
 * smaller. Not for use by several threads at once.
 */
final class WantedHashes {
  /** Of the bits of a filter's entry, as many as make a bitmap that stays in the nearest cache. */
  private static final int MAP_BITS = 16;

  private static final int REST_BITS = KeyFilter.BITS - MAP_BITS;

  private final long[] hashes;
  private final long[] map = new long[(1 << MAP_BITS) / Long.SIZE];
  private int bucket = Integer.MIN_VALUE;

  /**
   * @param hashes in order
   */
  WantedHashes(long[] hashes) {
    this.hashes = hashes;
  }

  long get(int index) {
    return hashes[index];
  }

  /** Where those begin that are not smaller than a hash. */
  int from(long hash) {
    int low = 0;
    int high = hashes.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (hashes[middle] < hash) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** Where those begin that are greater than a hash. */
  int behind(long hash) {
    return hash == Long.MAX_VALUE ? hashes.length : from(hash + 1);
  }

  /** The buckets of the filters to be read. */
  Object[] filterBuckets() {
    return Arrays.stream(hashes).mapToObj(KeyFilter::bucket).distinct().toArray();
  }

  /**
   * The buckets of those pages that may hold one of the hashes.
   *
   * @param bucket of the filter
   */
  short[] pagesThatMayHold(short bucket, byte[] prefixes) {
    if (bucket != this.bucket) {
      draw(bucket);
      this.bucket = bucket;
    }
    int size = prefixes.length / KeyFilter.BYTES;
    short[] pages = {};
    for (int i = 0; i < size; i++) {
      int prefix = KeyFilter.prefix(prefixes, i);
      int bit = prefix >>> REST_BITS;
      if ((map[bit / Long.SIZE] & 1L << bit) != 0 && wanted(bucket, prefix)) {
        short page = KeyPage.bucket(KeyFilter.firstHash(bucket, prefix));
        if (pages.length == 0 || pages[pages.length - 1] != page) {
          pages = Arrays.copyOf(pages, pages.length + 1);
          pages[pages.length - 1] = page;
        }
      }
    }
    return pages;
  }

  private void draw(short bucket) {
    Arrays.fill(map, 0);
    int to = behind(KeyFilter.lastHash(bucket));
    for (int i = from(KeyFilter.firstHash(bucket, 0)); i < to; i++) {
      int bit = KeyFilter.prefix(hashes[i]) >>> REST_BITS;
      map[bit / Long.SIZE] |= 1L << bit;
    }
  }

  private boolean wanted(short bucket, int prefix) {
    int first = from(KeyFilter.firstHash(bucket, prefix));
    return first < hashes.length
        && KeyFilter.bucket(hashes[first]) == bucket
        && KeyFilter.prefix(hashes[first]) == prefix;
  }
}
