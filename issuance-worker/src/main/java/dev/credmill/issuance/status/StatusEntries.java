package dev.credmill.issuance.status;

import dev.credmill.contracts.event.Validity;

/**
 * The entries of one list, as they are stored: the bytes that both standards compress and encode.
 * They differ in the order of the bits of a byte.
 */
final class StatusEntries {
  /** Values of the Token Status List, section 7.1. */
  private static final int VALID = 0;

  private static final int INVALID = 1;
  private static final int TOKEN_SUSPENDED = 2;

  private final ListPurpose purpose;
  private final byte[] bytes;

  StatusEntries(ListPurpose purpose, byte[] bytes) {
    this.purpose = purpose;
    this.bytes = bytes;
  }

  static int bytes(ListPurpose purpose, int size) {
    return size / Byte.SIZE * purpose.kind().bits();
  }

  /** The byte that the entry is in. */
  static int place(ListPurpose purpose, int index) {
    return (int) ((long) index * purpose.kind().bits() / Byte.SIZE);
  }

  /** The value of an entry in the byte that it is in. */
  static int value(ListPurpose purpose, int index, byte of) {
    return of >>> shift(purpose, index) & mask(purpose);
  }

  /** What an entry says of a credential that is {@code validity}. */
  static int value(ListPurpose purpose, Validity validity) {
    return switch (purpose) {
      case REVOCATION -> validity == Validity.REVOKED ? 1 : 0;
      case SUSPENSION -> validity == Validity.SUSPENDED ? 1 : 0;
      case TOKEN ->
          switch (validity) {
            case ACTIVE -> VALID;
            case REVOKED -> INVALID;
            case SUSPENDED -> TOKEN_SUSPENDED;
          };
    };
  }

  /** Whether that changed anything. */
  boolean set(int index, Validity validity) {
    int at = place(purpose, index);
    int shift = shift(purpose, index);
    byte before = bytes[at];
    bytes[at] = (byte) (before & ~(mask(purpose) << shift) | value(purpose, validity) << shift);
    return bytes[at] != before;
  }

  byte[] bytes() {
    return bytes;
  }

  private static int mask(ListPurpose purpose) {
    return (1 << purpose.kind().bits()) - 1;
  }

  /** Bitstring: entry 0 is left-most (3.1). Token: entry 0 has the least significant bits (4.1). */
  private static int shift(ListPurpose purpose, int index) {
    return switch (purpose.kind()) {
      case BITSTRING -> Byte.SIZE - 1 - index % Byte.SIZE;
      case TOKEN -> index % (Byte.SIZE / 2) * 2;
    };
  }
}
