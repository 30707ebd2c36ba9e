package dev.credmill.batch.duplicate;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import dev.credmill.contracts.id.BatchId;
import dev.credmill.contracts.id.OrganizationId;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class KeyPageTest {
  private static final OrganizationId ACME = new OrganizationId("acme");
  private static final BatchId EARLIER = new BatchId(UUID.randomUUID());

  private final List<Hit> hits = new ArrayList<>();

  @Test
  void everyKeyThatBothHaveIsMetAndNoOther() {
    // Given
    RowKeyBlock earlier = new RowKeyBlock(ACME);
    RowKeyBlock later = new RowKeyBlock(ACME);
    Random random = new Random(7);
    for (int number = 2; number < 2_000; number++) {
      earlier.add(row(number, random.nextInt(3_000)));
      later.add(row(number, random.nextInt(3_000)));
    }
    Set<RowKeys.Key> both = keys(earlier);
    both.retainAll(keys(later));
    // When
    page(earlier).meet(later, later.inOrder(), 0, later.size(), new int[later.size()], hits);
    // Then
    assertThat(both).hasSizeBetween(500, 1_500);
    assertThat(hits.stream().map(Hit::key).collect(toSet())).isEqualTo(both);
    assertThat(hits).doesNotHaveDuplicates();
    assertThat(hits).extracting(hit -> hit.of().batch()).containsOnly(EARLIER);
  }

  @Test
  void ofAKeyThatManyRowsHaveTheFirstFewAreLookedAt() {
    // Given
    RowKeyBlock earlier = new RowKeyBlock(ACME);
    RowKeyBlock later = new RowKeyBlock(ACME);
    for (int number = 2; number < 1_002; number++) {
      earlier.add(row(number, 1));
      later.add(row(number, 1));
    }
    // When
    page(earlier).meet(later, later.inOrder(), 0, later.size(), new int[later.size()], hits);
    // Then
    assertThat(hits)
        .hasSize(2 * Hit.MOST_EACH) // the reference's and the address's
        .allSatisfy(hit -> assertThat(hit.of().number()).isLessThan(2 + Hit.MOST_EACH));
  }

  @Test
  void rowsAreFoundByAHashAlone() {
    // Given
    RowKeyBlock earlier = new RowKeyBlock(ACME);
    for (int number = 2; number < 500; number++) {
      earlier.add(row(number, number));
    }
    RowKeys keys = new RowKeys(ACME);
    // When
    page(earlier).find(keys.reference("r-17"), 20, hits);
    page(earlier).find(keys.email("ada18@example.org"), 20, hits);
    page(earlier).find(keys.email("ada500@example.org"), 20, hits);
    // Then
    assertThat(hits).extracting(hit -> hit.of().number()).containsExactly(17, 18);
  }

  private static RowIdentity row(int number, int of) {
    return new RowIdentity(
        number, "diploma", "r-" + of, "Ada", "A", "ada%d@example.org".formatted(of), null, "{}");
  }

  /** All of its entries in one, whatever the buckets. */
  private static KeyPage page(RowKeyBlock block) {
    byte[] entries = KeyPage.of(block, block.inOrder(), 0, block.size());
    return new KeyPage(EARLIER, ByteBuffer.wrap(entries));
  }

  private static Set<RowKeys.Key> keys(RowKeyBlock block) {
    return new HashSet<>(Arrays.stream(block.inOrder()).mapToObj(block::key).toList());
  }
}
