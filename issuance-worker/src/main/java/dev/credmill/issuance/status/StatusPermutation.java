package dev.credmill.issuance.status;

import dev.credmill.issuance.securing.Aes;
import java.nio.ByteBuffer;

/**
 * A keyed permutation over the places of one status list: neighbours in a batch get places that
 * tell neither order nor who belongs together, and no two get the same.
 *
 * <p>A Feistel network whose halves are so small that each round's function is a table, made once
 * per list from AES; a list whose size is an odd power of two walks the cycle of the next even one.
 */
final class StatusPermutation {
  /** Small domains want more rounds than the four of the theory. */
  private static final int ROUNDS = 12;

  private final int size;
  private final int halfBits;
  private final int halfMask;
  private final char[][] rounds;

  /**
   * @param list tells the list's permutation from every other list's
   */
  StatusPermutation(Aes aes, long list, int size) {
    if (Integer.bitCount(size) != 1 || size < 4 || size > 1 << 30) {
      throw new IllegalArgumentException("not a power of two from 4 to 2^30: " + size);
    }
    this.size = size;
    int bits = Integer.numberOfTrailingZeros(size);
    halfBits = (bits + 1) / 2;
    halfMask = (1 << halfBits) - 1;
    rounds = new char[ROUNDS][1 << halfBits];
    ByteBuffer blocks = ByteBuffer.allocate(Aes.BLOCK << halfBits);
    for (int round = 0; round < ROUNDS; round++) {
      blocks.clear();
      for (int half = 0; half <= halfMask; half++) {
        blocks.putLong(list).putInt(round).putInt(half);
      }
      aes.encrypt(blocks.array(), blocks.capacity());
      for (int half = 0; half <= halfMask; half++) {
        rounds[round][half] = (char) (blocks.getInt(half * Aes.BLOCK) & halfMask);
      }
    }
  }

  /** The place of the {@code number}-th entry of the list. */
  int place(int number) {
    if (number < 0 || number >= size) {
      throw new IllegalArgumentException(number + " is not in a list of " + size);
    }
    int place = number;
    do {
      place = network(place);
    } while (place >= size);
    return place;
  }

  private int network(int number) {
    int left = number >>> halfBits;
    int right = number & halfMask;
    for (char[] round : rounds) {
      int next = left ^ round[right];
      left = right;
      right = next;
    }
    return left << halfBits | right;
  }
}
