package dev.credmill.batch.duplicate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.credmill.contracts.id.OrganizationId;
import java.util.Arrays;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WantedHashesTest {
  private static final OrganizationId ACME = new OrganizationId("acme");
  private final RowKeyBlock block = new RowKeyBlock(ACME);

  @ParameterizedTest
  @ValueSource(shorts = {-64, -17, -1, 0, 1, 63})
  void aFilterTellsThePageOfEveryHashThatItIsOf(short bucket) {
    // Given
    fill(40_000);
    int[] order = inBucket(bucket);
    byte[] filter = KeyFilter.of(block, order, 0, order.length);
    Set<Short> pages = new TreeSet<>();
    for (int place : order) {
      pages.add(KeyPage.bucket(block.hash(place)));
    }
    // When
    WantedHashes all =
        new WantedHashes(Arrays.stream(block.inOrder()).mapToLong(block::hash).toArray());
    // Then
    assertThat(all.pagesThatMayHold(bucket, filter)).containsExactly(toArray(pages)).hasSize(8);
    for (int place : order) {
      long hash = block.hash(place);
      assertThat(new WantedHashes(new long[] {hash}).pagesThatMayHold(bucket, filter))
          .containsExactly(KeyPage.bucket(hash));
    }
  }

  @Test
  void hardlyEverAPageIsReadInVain() {
    // Given
    fill(40_000);
    int[] order = inBucket((short) 5);
    byte[] filter = KeyFilter.of(block, order, 0, order.length);
    long[] others =
        new Random(1)
            .longs()
            .filter(hash -> KeyFilter.bucket(hash) == 5)
            .limit(5_000)
            .sorted()
            .toArray();
    // When
    short[] pages = new WantedHashes(others).pagesThatMayHold((short) 5, filter);
    // Then: 600 entries of 16 million possible ones, five thousand times
    assertThat(order).hasSizeGreaterThan(500);
    assertThat(pages).hasSizeLessThan(3);
  }

  @Test
  void everyHashIsInOneBucketAndTheSmallestAndTheGreatestAreInIt() {
    long[] edges = {Long.MIN_VALUE, -1, 0, 1, Long.MAX_VALUE};
    long[] hashes = LongStream.concat(Arrays.stream(edges), new Random(2).longs(100)).toArray();
    for (long hash : hashes) {
      short page = KeyPage.bucket(hash);
      short bucket = KeyFilter.bucket(hash);
      assertThat(hash).isBetween(KeyPage.firstHash(page), KeyPage.lastHash(page));
      assertThat(hash)
          .isBetween(KeyFilter.firstHash(bucket, 0), KeyFilter.lastHash(bucket))
          .isGreaterThanOrEqualTo(KeyFilter.firstHash(bucket, KeyFilter.prefix(hash)));
    }
  }

  @Test
  void bordersAreFoundAmongNoneAndAtBothEnds() {
    assertThat(new WantedHashes(new long[0]).behind(7)).isZero();
    WantedHashes some = new WantedHashes(new long[] {Long.MIN_VALUE, 3, 3, Long.MAX_VALUE});
    assertThat(some.from(Long.MIN_VALUE)).isZero();
    assertThat(some.from(3)).isEqualTo(1);
    assertThat(some.behind(3)).isEqualTo(3);
    assertThat(some.behind(Long.MAX_VALUE)).isEqualTo(4);
  }

  private void fill(int rows) {
    for (int number = 2; number < rows; number++) {
      block.add(
          new RowIdentity(
              number,
              "diploma",
              "r-" + number,
              "Ada",
              "A",
              "ada%d@example.org".formatted(number),
              null,
              "{}"));
    }
  }

  private int[] inBucket(short bucket) {
    return Arrays.stream(block.inOrder())
        .filter(place -> KeyFilter.bucket(block.hash(place)) == bucket)
        .toArray();
  }

  private static short[] toArray(Set<Short> pages) {
    short[] array = new short[pages.size()];
    int size = 0;
    for (short page : pages) {
      array[size++] = page;
    }
    return array;
  }
}
