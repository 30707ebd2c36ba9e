package dev.credmill.issuance.securing;

import com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.util.Optional;

/**
 * Who computes signatures. The JDK's own Ed25519 is not among them: it takes 40 times as long as
 * the first and 15 times as long as the second.
 */
enum SignatureProvider {
  /** Amazon Corretto Crypto Provider, native. */
  CORRETTO("accp"),
  /** Bouncy Castle, wherever Java runs. */
  BOUNCY_CASTLE("bouncycastle"),
  /** The token that holds the key. */
  PKCS11("pkcs11");

  private final String text;

  SignatureProvider(String text) {
    this.text = text;
  }

  String text() {
    return text;
  }

  /** The faster one of the two that work with keys in memory. */
  static SignatureProvider fastest() {
    return whyNotCorretto().isEmpty() ? CORRETTO : BOUNCY_CASTLE;
  }

  /** Signs with keys that are in memory. */
  Signer signer(DatabaseCustody keys) {
    return switch (this) {
      case CORRETTO -> new JcaSigner(key -> corretto(keys, key));
      case BOUNCY_CASTLE -> new BouncyCastleSigner(keys);
      case PKCS11 -> throw new IllegalStateException("a token signs with its own keys only");
    };
  }

  private static Signature corretto(DatabaseCustody keys, SigningKey key)
      throws GeneralSecurityException {
    byte[] bytes = keys.privateKey(key);
    Signature signing =
        Signature.getInstance(key.algorithm().jca(), AmazonCorrettoCryptoProvider.INSTANCE);
    signing.initSign(
        switch (key.algorithm()) {
          case ED25519 -> Ed25519.privateKey(bytes);
          case P256 -> P256.privateKey(bytes);
        });
    return signing;
  }

  /** An implementation other than the one that signed says whether the signature is right. */
  boolean confirmed(SigningKey key, byte[] message, int length, byte[] signature) {
    return switch (this) {
      case CORRETTO, PKCS11 -> key.verifies(message, length, signature);
      case BOUNCY_CASTLE ->
          switch (key.algorithm()) {
            case ED25519 -> Ed25519.verifiedByJdk(key.publicKey(), message, length, signature);
            case P256 -> P256.verifiedByJdk(key.publicKey(), message, length, signature);
          };
    };
  }

  /** Why the native provider cannot be used on this machine; empty where it can. */
  static Optional<Throwable> whyNotCorretto() {
    try {
      Throwable trouble = AmazonCorrettoCryptoProvider.INSTANCE.getLoadingError();
      if (trouble == null) {
        AmazonCorrettoCryptoProvider.INSTANCE.assertHealthy();
      }
      return Optional.ofNullable(trouble);
    } catch (RuntimeException | LinkageError e) {
      return Optional.of(e);
    }
  }
}
