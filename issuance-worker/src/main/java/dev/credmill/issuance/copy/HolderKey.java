package dev.credmill.issuance.copy;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.SignedJWT;
import java.util.Map;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/**
 * The key that a holder has shown to have.
 *
 * @param jwk its public half
 * @param did as the holder named it; null where it gave the key itself
 */
public record HolderKey(JWK jwk, String did) {
  public HolderKey {
    if (jwk.isPrivate()) {
      throw new IllegalArgumentException("a private key is nobody else's");
    }
  }

  /** RFC 7638. */
  public String thumbprint() {
    try {
      return jwk.computeThumbprint().toString();
    } catch (JOSEException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /** What says which key it is, and nothing else (RFC 7638, 3.2). */
  public Map<String, ?> members() {
    return jwk.getRequiredParams();
  }

  /** The DID that it was named by, or else the did:jwk that is made of the key. */
  public String subject() {
    return did != null
        ? did
        : "did:jwk:"
            + Base64URL.encode(
                com.nimbusds.jose.util.JSONObjectUtils.toJSONString(jwk.getRequiredParams()));
  }

  /** Whether this key made the signature, by the one algorithm that it is for. */
  public boolean signed(SignedJWT jwt) {
    JWSAlgorithm algorithm = jwt.getHeader().getAlgorithm();
    return switch (jwk) {
      case ECKey ec -> algorithm.equals(JWSAlgorithm.ES256) && ecdsa(jwt, ec);
      case OctetKeyPair okp -> algorithm.equals(JWSAlgorithm.EdDSA) && eddsa(jwt, okp);
      default -> false;
    };
  }

  private static boolean ecdsa(SignedJWT jwt, ECKey key) {
    try {
      return jwt.verify(new ECDSAVerifier(key));
    } catch (JOSEException e) {
      return false;
    }
  }

  /** Nimbus leaves this one to Tink. */
  private static boolean eddsa(SignedJWT jwt, OctetKeyPair key) {
    byte[] signature = jwt.getSignature().decode();
    byte[] signed = jwt.getSigningInput();
    return signature.length == Ed25519.SIGNATURE_SIZE
        && Ed25519.verify(signature, 0, key.getDecodedX(), 0, signed, 0, signed.length);
  }
}
