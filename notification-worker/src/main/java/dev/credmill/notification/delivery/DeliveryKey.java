package dev.credmill.notification.delivery;

import static java.util.Objects.requireNonNull;

import dev.credmill.contracts.event.DeliveryRequested.Purpose;
import dev.credmill.contracts.event.Medium;
import dev.credmill.contracts.id.RowId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;

/** Which message this is. Sent twice, it is still the same message. */
public record DeliveryKey(RowId row, Medium medium, Purpose purpose, int generation) {
  public DeliveryKey {
    requireNonNull(row, "row");
    requireNonNull(medium, "medium");
    requireNonNull(purpose, "purpose");
    if (generation < 1) {
      throw new IllegalArgumentException("generations count from 1: " + generation);
    }
  }

  /**
   * How others name the message: 128 bits of SHA-256, since the key itself would tell recipients
   * who stands in a batch with them. Its input has 74 random bits of the batch id, so nobody can
   * make it up who has not seen the message.
   */
  public UUID message() {
    String identity =
        String.join(
            "|",
            row.batch().toString(),
            Integer.toString(row.number()),
            medium.name(),
            purpose.name(),
            Integer.toString(generation));
    ByteBuffer digest = ByteBuffer.wrap(sha256(identity.getBytes(StandardCharsets.US_ASCII)));
    return new UUID(digest.getLong(), digest.getLong());
  }

  /** {@link #message()} in 32 hexadecimal digits, as it stands in email. */
  public String messageHex() {
    return message().toString().replace("-", "");
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
