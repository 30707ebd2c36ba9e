package dev.credmill.issuance.securing;

/** The fallback where no native provider loads. */
final class BouncyCastleSigner implements Signer {
  private final DatabaseCustody keys;

  BouncyCastleSigner(DatabaseCustody keys) {
    this.keys = keys;
  }

  @Override
  public void sign(SigningKey key, byte[] message, int length, byte[] signature) {
    byte[] privateKey = keys.privateKey(key);
    switch (key.algorithm()) {
      case ED25519 ->
          Ed25519.signByBouncyCastle(privateKey, key.publicKey(), message, length, signature);
      case P256 -> P256.signByBouncyCastle(privateKey, message, length, signature);
    }
  }
}
