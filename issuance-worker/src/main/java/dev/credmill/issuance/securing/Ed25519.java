package dev.credmill.issuance.securing;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.HexFormat;

/** Ed25519 keys in the encodings of RFC 8410, and signatures checked by two implementations. */
final class Ed25519 {
  private static final byte[] PRIVATE_PREFIX =
      HexFormat.of().parseHex("302e020100300506032b657004220420");
  private static final byte[] PUBLIC_PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");

  private Ed25519() {}

  static boolean verifiedByBouncyCastle(
      byte[] publicKey, byte[] message, int length, byte[] signature) {
    return signature.length == Signer.SIGNATURE_BYTES
        && org.bouncycastle.math.ec.rfc8032.Ed25519.verify(
            signature, 0, publicKey, 0, message, 0, length);
  }

  static boolean verifiedByJdk(byte[] publicKey, byte[] message, int length, byte[] signature) {
    try {
      PublicKey key =
          KeyFactory.getInstance("Ed25519", "SunEC")
              .generatePublic(new X509EncodedKeySpec(concat(PUBLIC_PREFIX, publicKey)));
      Signature verification = Signature.getInstance("Ed25519", "SunEC");
      verification.initVerify(key);
      verification.update(message, 0, length);
      return verification.verify(signature);
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  static PrivateKey privateKey(byte[] bytes) throws GeneralSecurityException {
    return KeyFactory.getInstance("Ed25519", "SunEC")
        .generatePrivate(new PKCS8EncodedKeySpec(concat(PRIVATE_PREFIX, bytes)));
  }

  static void signByBouncyCastle(
      byte[] privateKey, byte[] publicKey, byte[] message, int length, byte[] signature) {
    org.bouncycastle.math.ec.rfc8032.Ed25519.sign(
        privateKey, 0, publicKey, 0, message, 0, length, signature, 0);
  }

  private static byte[] concat(byte[] prefix, byte[] key) {
    byte[] encoded = java.util.Arrays.copyOf(prefix, prefix.length + key.length);
    System.arraycopy(key, 0, encoded, prefix.length, key.length);
    return encoded;
  }
}
