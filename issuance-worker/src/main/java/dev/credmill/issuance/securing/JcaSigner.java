package dev.credmill.issuance.securing;

import java.security.GeneralSecurityException;
import java.security.ProviderException;
import java.security.Signature;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One initialised {@link Signature} per key, used again and again: making one for each credential
 * would add two thirds to what a signature takes.
 */
final class JcaSigner implements Signer {
  private static final int KEPT = 64;
  private final Signatures signatures;
  private final Map<String, Signature> initialised =
      new LinkedHashMap<>(KEPT, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Signature> eldest) {
          return size() > KEPT;
        }
      };

  /** Makes what signs with a key. */
  interface Signatures {
    Signature initialised(SigningKey key) throws GeneralSecurityException;
  }

  JcaSigner(Signatures signatures) {
    this.signatures = signatures;
  }

  @Override
  public void sign(SigningKey key, byte[] message, int length, byte[] signature) {
    try {
      Signature signing = initialised.get(key.kid());
      if (signing == null) {
        signing = signatures.initialised(key);
        initialised.put(key.kid(), signing);
      }
      signing.update(message, 0, length);
      signing.sign(signature, 0, SIGNATURE_BYTES);
    } catch (GeneralSecurityException | ProviderException e) {
      initialised.remove(key.kid());
      throw new IllegalStateException("signing with " + key.kid() + " failed", e);
    }
  }
}
