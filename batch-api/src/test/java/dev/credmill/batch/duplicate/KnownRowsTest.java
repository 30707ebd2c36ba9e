package dev.credmill.batch.duplicate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.credmill.contracts.id.OrganizationId;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.Test;

class KnownRowsTest {
  @Test
  void piecesEndWhereFiltersEnd() {
    // Given
    RowKeyBlock block = block(60_000, number -> number);
    int[] places = block.inOrder();
    // Then
    int pieces = 0;
    for (int from = 0, to; from < places.length; from = to) {
      to = KnownRows.end(block, places, from);
      assertThat(to - from).isBetween(1, KnownRows.MOST_KEYS);
      if (to < places.length) {
        assertThat(bucket(block, places[to])).isGreaterThan(bucket(block, places[to - 1]));
      }
      pieces++;
    }
    assertThat(pieces).isBetween(24, 30);
  }

  @Test
  void aBucketOfMoreThanAPieceIsCut() {
    // Given: one reference and one address, so two keys, for all rows
    RowKeyBlock block = block(12_000, _ -> 1);
    int[] places = block.inOrder();
    // Then
    assertThat(KnownRows.end(block, places, 0)).isEqualTo(5_000);
    assertThat(KnownRows.end(block, places, 5_000)).isEqualTo(10_000);
    assertThat(KnownRows.end(block, places, 10_000)).isEqualTo(12_000);
    assertThat(KnownRows.end(block, places, 20_000)).isEqualTo(24_000);
  }

  private static short bucket(RowKeyBlock block, int place) {
    return KeyFilter.bucket(block.hash(place));
  }

  private static RowKeyBlock block(int rows, IntUnaryOperator says) {
    RowKeyBlock block = new RowKeyBlock(new OrganizationId("acme"));
    for (int number = 2; number < rows + 2; number++) {
      int of = says.applyAsInt(number);
      block.add(
          new RowIdentity(
              number, "diploma", "r-" + of, "A", "B", "a%d@example.org".formatted(of), null, "{}"));
    }
    return block;
  }
}
