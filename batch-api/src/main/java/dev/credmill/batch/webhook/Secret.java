package dev.credmill.batch.webhook;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;

/**
 * What messages of one webhook are signed with.
 *
 * @param endsAt until when it signs beside a newer one; null for the newest
 */
record Secret(byte[] bytes, Instant createdAt, Instant endsAt) {
  private static final SecureRandom RANDOM = new SecureRandom();

  /** Standard Webhooks wants 24 to 64. */
  private static final int BYTES = 32;

  Secret {
    if (bytes.length < 24) {
      throw new IllegalArgumentException("too short for a secret: " + bytes.length + " bytes");
    }
  }

  static Secret next(Instant now) {
    byte[] bytes = new byte[BYTES];
    RANDOM.nextBytes(bytes);
    return new Secret(bytes, now, null);
  }

  /** As receivers configure it. */
  String text() {
    return "whsec_" + Base64.getEncoder().encodeToString(bytes);
  }

  @Override
  public String toString() {
    return "a webhook's secret";
  }
}
