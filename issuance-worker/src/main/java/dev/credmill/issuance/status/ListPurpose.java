package dev.credmill.issuance.status;

import dev.credmill.contracts.registry.StatusPurpose;

/** What a list is for, and so how its entries are laid out. */
public enum ListPurpose {
  /** Bitstring Status List 1.0, purpose {@code revocation}. */
  REVOCATION(Kind.BITSTRING),
  /** Bitstring Status List 1.0, purpose {@code suspension}. */
  SUSPENSION(Kind.BITSTRING),
  /** IETF Token Status List: one entry tells valid, invalid and suspended apart. */
  TOKEN(Kind.TOKEN);

  /** Lists of one kind share their numbers: an entry has the same number in each of them. */
  enum Kind {
    BITSTRING(1),
    TOKEN(2);

    private final int bits;

    Kind(int bits) {
      this.bits = bits;
    }

    /** Bits of one entry. */
    int bits() {
      return bits;
    }
  }

  private final Kind kind;

  ListPurpose(Kind kind) {
    this.kind = kind;
  }

  Kind kind() {
    return kind;
  }

  public static ListPurpose of(StatusPurpose purpose) {
    return switch (purpose) {
      case REVOCATION -> REVOCATION;
      case SUSPENSION -> SUSPENSION;
    };
  }
}
