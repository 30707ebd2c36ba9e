package dev.credmill.contracts.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Who stands behind an API key. The registry answers from its table, the others ask the registry.
 */
public interface ApiKeys {
  Optional<Caller> callerOf(String keyHash);

  /**
   * What is stored and sent in place of a key: SHA-256 in hex. Keys are random, so no salt is
   * needed.
   */
  static String hash(String key) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
