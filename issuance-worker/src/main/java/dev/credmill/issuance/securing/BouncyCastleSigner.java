package dev.credmill.issuance.securing;

/** The fallback where no native provider loads. */
final class BouncyCastleSigner implements Signer {
  private final SigningKeys keys;

  BouncyCastleSigner(SigningKeys keys) {
    this.keys = keys;
  }

  @Override
  public void sign(SigningKey key, byte[] message, int length, byte[] signature) {
    Ed25519.signByBouncyCastle(keys.privateKey(key), key.publicKey(), message, length, signature);
  }
}
