package dev.credmill.contracts.id;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** One upload. Batches sort by creation, so their rows land next to each other in every index. */
public record BatchId(@JsonValue UUID value) implements Comparable<BatchId> {
  @JsonCreator
  public BatchId {
    requireNonNull(value, "batch id");
  }

  /** A new id, created at {@code now}. */
  public static BatchId at(Instant now) {
    return new BatchId(TimeOrderedId.at(now));
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
