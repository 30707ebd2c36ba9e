package dev.credmill.issuance.securing;

import com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One initialised {@link Signature} per key, used again and again: making one for each credential
 * would add two thirds to what a signature takes.
 */
final class CorrettoSigner implements Signer {
  private static final int KEPT = 64;
  private final SigningKeys keys;
  private final Map<String, Signature> initialised =
      new LinkedHashMap<>(KEPT, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Signature> eldest) {
          return size() > KEPT;
        }
      };

  CorrettoSigner(SigningKeys keys) {
    this.keys = keys;
  }

  @Override
  public void sign(SigningKey key, byte[] message, int length, byte[] signature) {
    try {
      Signature signing = initialised.get(key.kid());
      if (signing == null) {
        signing =
            Signature.getInstance(key.algorithm().jca(), AmazonCorrettoCryptoProvider.INSTANCE);
        signing.initSign(privateKey(key));
        initialised.put(key.kid(), signing);
      }
      signing.update(message, 0, length);
      signing.sign(signature, 0, SIGNATURE_BYTES);
    } catch (GeneralSecurityException e) {
      initialised.remove(key.kid());
      throw new IllegalStateException("signing with " + key.kid() + " failed", e);
    }
  }

  private PrivateKey privateKey(SigningKey key) throws GeneralSecurityException {
    byte[] bytes = keys.privateKey(key);
    return switch (key.algorithm()) {
      case ED25519 -> Ed25519.privateKey(bytes);
      case P256 -> P256.privateKey(bytes);
    };
  }
}
