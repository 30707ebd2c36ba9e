package dev.credmill.issuance.securing;

import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPrivateKeySpec;
import java.security.spec.ECPublicKeySpec;
import java.util.Arrays;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.crypto.signers.HMacDSAKCalculator;
import org.bouncycastle.crypto.signers.PlainDSAEncoding;
import org.bouncycastle.math.ec.FixedPointCombMultiplier;

/** ECDSA on P-256: a private key is its 32 bytes, a public one its uncompressed point. */
final class P256 {
  static final int PRIVATE_KEY_BYTES = 32;
  private static final int COORDINATE = 32;
  private static final X9ECParameters CURVE = CustomNamedCurves.getByName("P-256");
  private static final ECDomainParameters DOMAIN = new ECDomainParameters(CURVE);

  private P256() {}

  static byte[] publicKey(byte[] privateKey) {
    return new FixedPointCombMultiplier()
        .multiply(DOMAIN.getG(), new BigInteger(1, privateKey))
        .normalize()
        .getEncoded(false);
  }

  static byte[] publicKey(ECPublicKey key) {
    return CURVE
        .getCurve()
        .createPoint(key.getW().getAffineX(), key.getW().getAffineY())
        .getEncoded(false);
  }

  static byte[] x(byte[] publicKey) {
    return Arrays.copyOfRange(publicKey, 1, 1 + COORDINATE);
  }

  static byte[] y(byte[] publicKey) {
    return Arrays.copyOfRange(publicKey, 1 + COORDINATE, 1 + 2 * COORDINATE);
  }

  /** As Multikeys have it (SEC 1, 2.3.3). */
  static byte[] compressed(byte[] publicKey) {
    return CURVE.getCurve().decodePoint(publicKey).getEncoded(true);
  }

  static PrivateKey privateKey(byte[] bytes) throws GeneralSecurityException {
    return KeyFactory.getInstance("EC", "SunEC")
        .generatePrivate(new ECPrivateKeySpec(new BigInteger(1, bytes), parameters()));
  }

  static void signByBouncyCastle(byte[] privateKey, byte[] message, int length, byte[] signature) {
    // A nonce that follows from key and message (RFC 6979): no weak generator can give the key
    // away.
    ECDSASigner signer = new ECDSASigner(new HMacDSAKCalculator(new SHA256Digest()));
    signer.init(true, new ECPrivateKeyParameters(new BigInteger(1, privateKey), DOMAIN));
    BigInteger[] rs = signer.generateSignature(digest(message, length));
    byte[] plain = PlainDSAEncoding.INSTANCE.encode(DOMAIN.getN(), rs[0], rs[1]);
    System.arraycopy(plain, 0, signature, 0, plain.length);
  }

  static boolean verifiedByBouncyCastle(
      byte[] publicKey, byte[] message, int length, byte[] signature) {
    if (signature.length != Signer.SIGNATURE_BYTES) {
      return false;
    }
    try {
      ECDSASigner verifier = new ECDSASigner();
      verifier.init(
          false, new ECPublicKeyParameters(CURVE.getCurve().decodePoint(publicKey), DOMAIN));
      BigInteger[] rs = PlainDSAEncoding.INSTANCE.decode(DOMAIN.getN(), signature);
      return verifier.verifySignature(digest(message, length), rs[0], rs[1]);
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  static boolean verifiedByJdk(byte[] publicKey, byte[] message, int length, byte[] signature) {
    try {
      ECPoint point = new ECPoint(new BigInteger(1, x(publicKey)), new BigInteger(1, y(publicKey)));
      Signature verification = Signature.getInstance(KeyAlgorithm.P256.jca(), "SunEC");
      verification.initVerify(
          KeyFactory.getInstance("EC", "SunEC")
              .generatePublic(new ECPublicKeySpec(point, parameters())));
      verification.update(message, 0, length);
      return verification.verify(signature);
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  private static ECParameterSpec parameters() throws GeneralSecurityException {
    AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC", "SunEC");
    parameters.init(new ECGenParameterSpec("secp256r1"));
    return parameters.getParameterSpec(ECParameterSpec.class);
  }

  private static byte[] digest(byte[] message, int length) {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      sha256.update(message, 0, length);
      return sha256.digest();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
