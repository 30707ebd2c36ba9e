package dev.credmill.batch.duplicate;

import dev.credmill.contracts.id.OrganizationId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Makes the keys by which rows are found: 64 bits of SHA-256, so that a narrow table serves every
 * search and nothing personal stands in it. Not for use by several threads.
 */
final class RowKeys {
  /** A key that says nothing of the content of its row. */
  private static final long NO_CONTENT = 0;

  private final MessageDigest digest;
  private final byte[] organization;

  RowKeys(OrganizationId organization) {
    this.organization = organization.value().getBytes(StandardCharsets.UTF_8);
    try {
      this.digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /**
   * One way to a row.
   *
   * @param hash of the reference, or of one contact of the recipient
   * @param content of recipient, definition and claims together; 0 where the hash alone counts
   */
  record Key(long hash, long content) {}

  /** Every key of a row, the reference's first. */
  List<Key> of(RowIdentity row) {
    List<Key> keys = new ArrayList<>(2);
    if (row.reference() != null) {
      keys.add(new Key(reference(row.reference()), NO_CONTENT));
    }
    long content = row.claims() == null ? NO_CONTENT : content(row);
    if (row.email() != null) {
      keys.add(new Key(email(row.email()), content));
    }
    if (row.phone() != null) {
      keys.add(new Key(phone(row.phone()), content));
    }
    if (row.email() == null && row.phone() == null && row.firstName() != null) {
      keys.add(new Key(name(row.firstName(), row.lastName()), content));
    }
    return keys;
  }

  /** How many of its keys, from the first, make it a duplicate of another row with the same. */
  static int telling(RowIdentity row, List<Key> keys) {
    int byReference = row.reference() == null ? 0 : 1;
    // Any one contact will do: the content covers all of them.
    int byContent = row.claims() == null ? 0 : 1;
    return Math.min(byReference + byContent, keys.size());
  }

  long reference(String reference) {
    return hash("reference", reference);
  }

  long email(String email) {
    return hash("email", email.toLowerCase(Locale.ROOT));
  }

  long phone(String phone) {
    return hash("phone", phone);
  }

  long name(String first, String last) {
    return hash("name", last == null ? first : first + " " + last);
  }

  private long content(RowIdentity row) {
    long hash =
        hash(
            row.definitionId(),
            row.firstName(),
            row.lastName(),
            row.email() == null ? null : row.email().toLowerCase(Locale.ROOT),
            row.phone(),
            row.claims());
    return hash == NO_CONTENT ? 1 : hash;
  }

  private long hash(String... parts) {
    digest.update(organization);
    for (String part : parts) {
      // A byte that UTF-8 never has, so that no two lists of parts run together.
      digest.update((byte) 0xFF);
      if (part != null) {
        digest.update(part.getBytes(StandardCharsets.UTF_8));
      }
    }
    byte[] bytes = digest.digest();
    long hash = 0;
    for (int i = 0; i < Long.BYTES; i++) {
      hash = hash << 8 | bytes[i] & 0xFF;
    }
    return hash;
  }
}
