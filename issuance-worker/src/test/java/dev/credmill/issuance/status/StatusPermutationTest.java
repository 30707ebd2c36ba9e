package dev.credmill.issuance.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.credmill.issuance.securing.Aes;
import java.util.BitSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StatusPermutationTest {
  private final Aes aes = new Aes(new byte[32]);

  @ParameterizedTest
  @ValueSource(ints = {4, 8, 1024, 131_072, 1_048_576})
  void everyPlaceIsTakenOnce(int size) {
    // Given
    StatusPermutation permutation = new StatusPermutation(aes, 7, size);
    // When
    BitSet taken = new BitSet(size);
    for (int number = 0; number < size; number++) {
      taken.set(permutation.place(number));
    }
    // Then
    assertThat(taken.cardinality()).isEqualTo(size);
    assertThat(taken.length()).isEqualTo(size);
  }

  @Test
  void neighboursAreSpreadOverTheWholeList() {
    // Given
    int size = 1_048_576;
    StatusPermutation permutation = new StatusPermutation(aes, 7, size);
    // When
    int[] quarters = new int[4];
    int ascending = 0;
    int last = 0;
    for (int number = 0; number < 1_000; number++) {
      int place = permutation.place(number);
      quarters[place / (size / 4)]++;
      ascending += place > last ? 1 : 0;
      last = place;
    }
    // Then
    for (int count : quarters) {
      assertThat(count).isBetween(180, 320);
    }
    assertThat(ascending).isBetween(420, 580);
  }

  @Test
  void listsArePermutedDifferently() {
    // Given
    StatusPermutation one = new StatusPermutation(aes, 1, 131_072);
    StatusPermutation other = new StatusPermutation(aes, 2, 131_072);
    // When
    int same = 0;
    for (int number = 0; number < 10_000; number++) {
      same += one.place(number) == other.place(number) ? 1 : 0;
    }
    // Then
    assertThat(same).isLessThan(10);
  }
}
