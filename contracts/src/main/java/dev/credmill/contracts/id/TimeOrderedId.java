package dev.credmill.contracts.id;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.UUID;

/**
 * UUIDs of version 7 (RFC 9562, 5.7): what was made together lies together in every index, and an
 * id is a cursor in the order of creation.
 */
public final class TimeOrderedId {
  private static final SecureRandom RANDOM = new SecureRandom();

  private TimeOrderedId() {}

  /** A new id, created at {@code now}. */
  public static UUID at(Instant now) {
    long random = RANDOM.nextLong();
    long high = (now.toEpochMilli() << 16) | 0x7000L | (random & 0x0FFFL);
    long low = 0x8000_0000_0000_0000L | (RANDOM.nextLong() >>> 2);
    return new UUID(high, low);
  }
}
