package dev.credmill.contracts.secret;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Encrypts what is secret at rest: AES-256-GCM, bound to the name of what it encrypts, so that one
 * entry's ciphertext cannot stand in for another's.
 */
public class EncryptionKey {
  private static final int KEY_BYTES = 32;
  private static final int IV_BYTES = 12;
  private static final int TAG_BITS = 128;
  private final SecureRandom random = new SecureRandom();
  private final SecretKey key;

  /**
   * The key that an operator has set.
   *
   * @param file wins over the text
   * @param setting what the text is configured with; the file with the same and {@code -file}
   * @throws IllegalStateException saying what to do, where there is none or it is no key
   */
  public EncryptionKey(Optional<Path> file, Optional<String> text, String setting) {
    String base64 =
        file.map(path -> content(path, setting))
            .or(() -> text)
            .orElseThrow(
                () ->
                    new IllegalStateException(
                        "no master key: set %1$s-file to a file with 32 random bytes in base64 (openssl rand -base64 32), or %1$s to their text"
                            .formatted(setting)));
    key = new SecretKeySpec(bytes(base64), "AES");
  }

  public byte[] wrap(byte[] secret, String name) {
    byte[] iv = new byte[IV_BYTES];
    random.nextBytes(iv);
    try {
      Cipher cipher = cipher(Cipher.ENCRYPT_MODE, iv, name);
      byte[] wrapped = Arrays.copyOf(iv, IV_BYTES + cipher.getOutputSize(secret.length));
      cipher.doFinal(secret, 0, secret.length, wrapped, IV_BYTES);
      return wrapped;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a secret could not be encrypted", e);
    }
  }

  public byte[] unwrap(byte[] wrapped, String name) {
    try {
      return cipher(Cipher.DECRYPT_MODE, Arrays.copyOf(wrapped, IV_BYTES), name)
          .doFinal(wrapped, IV_BYTES, wrapped.length - IV_BYTES);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(
          "the master key does not open "
              + name
              + ": give the service the master key that this database was begun with",
          e);
    }
  }

  private Cipher cipher(int mode, byte[] iv, String name) throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, iv));
    cipher.updateAAD(name.getBytes(StandardCharsets.UTF_8));
    return cipher;
  }

  private static byte[] bytes(String base64) {
    byte[] bytes;
    try {
      bytes = Base64.getDecoder().decode(base64.strip());
    } catch (IllegalArgumentException e) {
      throw new IllegalStateException("the master key is not base64; 32 bytes in base64 are", e);
    }
    if (bytes.length != KEY_BYTES) {
      throw new IllegalStateException(
          "the master key has " + bytes.length + " bytes; it must have " + KEY_BYTES);
    }
    return bytes;
  }

  private static String content(Path file, String setting) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new IllegalStateException(
          "the master key's file " + file + " (" + setting + "-file) cannot be read", e);
    }
  }
}
