package dev.credmill.batch.webhook;

import static java.util.Objects.requireNonNull;

import dev.credmill.contracts.id.TimeOrderedId;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * What receivers know a message by: the header {@code webhook-id}, the same in every attempt. It
 * has no full stop, which parts what is signed.
 */
record MessageId(UUID value) {
  private static final Pattern TEXT = Pattern.compile("msg_[0-9a-f]{32}");

  MessageId {
    requireNonNull(value, "message id");
  }

  static MessageId at(Instant now) {
    return new MessageId(TimeOrderedId.at(now));
  }

  /** What a caller sent as an id; empty when it cannot be one. */
  static Optional<MessageId> parse(String text) {
    if (text == null || !TEXT.matcher(text).matches()) {
      return Optional.empty();
    }
    return Optional.of(
        new MessageId(
            new UUID(
                Long.parseUnsignedLong(text, 4, 20, 16),
                Long.parseUnsignedLong(text, 20, 36, 16))));
  }

  @Override
  public String toString() {
    return "msg_" + value.toString().replace("-", "");
  }
}
