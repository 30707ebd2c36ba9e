package dev.credmill.notification.email;

import dev.credmill.notification.delivery.DeliveryKey;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * The id of a message (RFC 5322, 3.6.4) follows from which message it is: sent again after an
 * unknown outcome it has the same one, and mail programs show it once. A hash, since the key would
 * tell recipients who stands in a batch with them; its input has 74 random bits of the batch id.
 */
final class MessageId {
  private static final int BYTES = 16;

  private MessageId() {}

  static String of(DeliveryKey key, String domain) {
    String identity =
        String.join(
            "|",
            key.row().batch().toString(),
            Integer.toString(key.row().number()),
            key.medium().name(),
            key.purpose().name(),
            Integer.toString(key.generation()));
    byte[] digest = sha256(identity.getBytes(StandardCharsets.US_ASCII));
    return "<" + HexFormat.of().formatHex(Arrays.copyOf(digest, BYTES)) + "@" + domain + ">";
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
