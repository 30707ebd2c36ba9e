package dev.credmill.issuance.credential;

import dev.credmill.issuance.securing.Aes;
import dev.credmill.issuance.securing.SecretPurpose;
import dev.credmill.issuance.securing.Secrets;
import jakarta.enterprise.context.ApplicationScoped;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

/**
 * Credential ids: a UUID of version 8 (RFC 9562, 5.8) whose 122 free bits are a keyed permutation
 * of where the credential is stored. So an id needs no index, tells nothing, never collides, and a
 * forged one is known by the zeros that do not come out.
 */
@ApplicationScoped
public class CredentialIds {
  static final String PREFIX = "urn:uuid:";
  static final int TEXT_LENGTH = PREFIX.length() + 36;
  private static final int UUID_LENGTH = 36;
  private final TreeMap<Short, Permutation> permutations = new TreeMap<>();

  CredentialIds(Secrets secrets) {
    for (short version : secrets.versions()) {
      permutations.put(
          version, new Permutation(new Aes(secrets.get(SecretPurpose.CREDENTIAL_ID, version))));
    }
  }

  /** What an id stands for. */
  record Located(RowLocator row, CredentialFormat format, int copy) {}

  UUID uuid(short secretVersion, RowLocator row, CredentialFormat format, int copy) {
    return permutations
        .get(secretVersion)
        .permute(row.batchNumber(), row.rowNumber(), format.code(), copy);
  }

  /** The id of a copy that is made now. */
  String ofCopy(RowLocator row, CredentialFormat format, int copy) {
    return text(uuid(permutations.lastEntry().getKey(), row, format, copy));
  }

  static String text(UUID uuid) {
    return PREFIX + uuid;
  }

  /** Where the credential of that id is stored; empty for whatever is no id of ours. */
  Optional<Located> locate(String id) {
    if (id == null || id.length() != TEXT_LENGTH || !id.startsWith(PREFIX)) {
      return Optional.empty();
    }
    UUID uuid;
    try {
      uuid = UUID.fromString(id.substring(id.length() - UUID_LENGTH));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
    if (!text(uuid).equals(id)) {
      return Optional.empty();
    }
    return permutations.values().stream()
        .flatMap(permutation -> permutation.invert(uuid).stream())
        .findFirst();
  }

  /**
   * A balanced Feistel network over 122 bits, [batch 48 | row 32 | format 4 | copy 6 | zeros 32],
   * with AES as its round function. Four rounds make a strong pseudo-random permutation (Luby and
   * Rackoff); eight leave a margin.
   */
  static final class Permutation {
    private static final int ROUNDS = 8;
    private static final long HALF = (1L << 61) - 1;
    private static final VarHandle LONG =
        MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private final Aes aes;

    Permutation(Aes aes) {
      this.aes = aes;
    }

    UUID permute(long batchNumber, int rowNumber, int format, int copy) {
      // High 61 bits: batch and the row's upper 13; low 61: its lower 19, format, copy, zeros.
      long left = batchNumber << 13 | rowNumber >>> 19;
      long right = (rowNumber & 0x7FFFFL) << 42 | (long) format << 38 | (long) copy << 32;
      byte[] block = new byte[Aes.BLOCK];
      for (int round = 0; round < ROUNDS; round++) {
        long next = left ^ prf(block, round, right);
        left = right;
        right = next;
      }
      return uuid(left, right);
    }

    Optional<Located> invert(UUID uuid) {
      if (uuid.version() != 8 || uuid.variant() != 2) {
        return Optional.empty();
      }
      long high = uuid.getMostSignificantBits();
      long low = uuid.getLeastSignificantBits();
      long top = high >>> 16 << 12 | (high & 0xFFF);
      long left = top << 1 | (low >>> 61 & 1);
      long right = low & HALF;
      byte[] block = new byte[Aes.BLOCK];
      for (int round = ROUNDS - 1; round >= 0; round--) {
        long previous = right ^ prf(block, round, left);
        right = left;
        left = previous;
      }
      long batchNumber = left >>> 13;
      int rowNumber = (int) ((left & 0x1FFF) << 19 | right >>> 42);
      Optional<CredentialFormat> format = CredentialFormat.of((int) (right >>> 38 & 0xF));
      int copy = (int) (right >>> 32 & 0x3F);
      if ((right & 0xFFFF_FFFFL) != 0
          || format.isEmpty()
          || !RowLocator.possible(batchNumber, rowNumber)) {
        return Optional.empty();
      }
      return Optional.of(new Located(new RowLocator(batchNumber, rowNumber), format.get(), copy));
    }

    /** 48 + 12 bits around the version, 62 after the variant. */
    private static UUID uuid(long left, long right) {
      long top = left >>> 1;
      long high = top >>> 12 << 16 | 0x8000L | (top & 0xFFF);
      long low = 0x8000_0000_0000_0000L | (left & 1) << 61 | right;
      return new UUID(high, low);
    }

    private long prf(byte[] block, int round, long half) {
      LONG.set(block, 0, (long) round);
      LONG.set(block, 8, half);
      aes.encrypt(block, Aes.BLOCK);
      return (long) LONG.get(block, 0) & HALF;
    }
  }
}
