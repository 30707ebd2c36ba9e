package dev.credmill.issuance.securing;

import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import javax.crypto.ShortBufferException;
import javax.crypto.spec.SecretKeySpec;

/** AES on single blocks: the pseudo-random function under ids, links and status indexes. */
public final class Aes {
  public static final int BLOCK = 16;
  private final ThreadLocal<Cipher> cipher;

  public Aes(byte[] key) {
    SecretKeySpec spec = new SecretKeySpec(key, "AES");
    cipher = ThreadLocal.withInitial(() -> cipher(spec));
  }

  /** Encrypts the first {@code length} bytes in place, block by block. */
  public void encrypt(byte[] blocks, int length) {
    try {
      cipher.get().update(blocks, 0, length, blocks, 0);
    } catch (ShortBufferException e) {
      throw new IllegalStateException("whole blocks fit in place", e);
    }
  }

  private static Cipher cipher(SecretKeySpec key) {
    try {
      // Single blocks of a PRF, no message is encrypted with this: ECB is what is meant.
      @SuppressWarnings("InsecureCryptoUsage")
      Cipher cipher = Cipher.getInstance("AES/ECB/NoPadding");
      cipher.init(Cipher.ENCRYPT_MODE, key);
      return cipher;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has AES", e);
    }
  }
}
