package dev.credmill.issuance.offer;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * What opens something: 256 random bits as text. Only its hash is stored, and hashing it with a
 * word before it gives another secret, which tells nothing of this one.
 */
record Secret(String text) {
  private static final int BYTES = 32;
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final Base64.Encoder BASE64URL = Base64.getUrlEncoder().withoutPadding();

  static Secret random() {
    byte[] bytes = new byte[BYTES];
    RANDOM.nextBytes(bytes);
    return new Secret(BASE64URL.encodeToString(bytes));
  }

  Secret derived(String purpose) {
    return new Secret(BASE64URL.encodeToString(sha256(purpose + ":" + text)));
  }

  byte[] hash() {
    return sha256("stored:" + text);
  }

  /** The hash of something that could be guessed, together with this, which cannot. */
  byte[] hashWith(String guessable) {
    return sha256("with:" + text + ":" + guessable);
  }

  private static byte[] sha256(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  @Override
  public String toString() {
    return "a secret";
  }
}
