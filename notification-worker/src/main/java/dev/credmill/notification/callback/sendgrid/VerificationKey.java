package dev.credmill.notification.callback.sendgrid;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;

/**
 * The public key of SendGrid's signatures: ECDSA over the timestamp and the body as it came.
 *
 * @param base64 of the DER, as SendGrid shows it
 */
public record VerificationKey(String base64) {
  private static final int LONGEST = 1_000;

  public VerificationKey {
    base64 = base64 == null ? "" : base64.replaceAll("-----[A-Z ]+-----|\\s", "");
    if (base64.length() > LONGEST || !isKey(base64)) {
      throw new IllegalArgumentException(
          "publicKey is the verification key that SendGrid shows for a signed event webhook: an EC key, DER in base64");
    }
  }

  private static boolean isKey(String base64) {
    try {
      key(base64);
      return true;
    } catch (GeneralSecurityException | IllegalArgumentException _) {
      return false;
    }
  }

  private static PublicKey key(String base64) throws GeneralSecurityException {
    return KeyFactory.getInstance("EC")
        .generatePublic(new X509EncodedKeySpec(Base64.getDecoder().decode(base64)));
  }

  /**
   * Whether it is the signature of that.
   *
   * @param signature DER in base64
   */
  boolean verifies(String signature, String timestamp, byte[] body) {
    try {
      Signature ecdsa = Signature.getInstance("SHA256withECDSA");
      ecdsa.initVerify(key(base64));
      ecdsa.update(timestamp.getBytes(UTF_8));
      ecdsa.update(body);
      return ecdsa.verify(Base64.getDecoder().decode(signature.strip()));
    } catch (GeneralSecurityException | IllegalArgumentException _) {
      return false;
    }
  }
}
