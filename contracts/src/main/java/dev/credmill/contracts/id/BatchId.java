package dev.credmill.contracts.id;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * One upload. A UUID of version 7 (RFC 9562, 5.7): batches sort by creation, so their rows land
 * next to each other in every index.
 */
public record BatchId(@JsonValue UUID value) implements Comparable<BatchId> {
  private static final SecureRandom RANDOM = new SecureRandom();

  @JsonCreator
  public BatchId {
    requireNonNull(value, "batch id");
  }

  /** A new id, created at {@code now}. */
  public static BatchId at(Instant now) {
    long random = RANDOM.nextLong();
    long high = (now.toEpochMilli() << 16) | 0x7000L | (random & 0x0FFFL);
    long low = 0x8000_0000_0000_0000L | (RANDOM.nextLong() >>> 2);
    return new BatchId(new UUID(high, low));
  }

  /** What a caller sent as an id; empty when it cannot be one. */
  public static Optional<BatchId> parse(String text) {
    if (text == null || text.length() != 36) {
      return Optional.empty();
    }
    try {
      return Optional.of(new BatchId(UUID.fromString(text)));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  @Override
  public int compareTo(BatchId other) {
    return toString().compareTo(other.toString());
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
