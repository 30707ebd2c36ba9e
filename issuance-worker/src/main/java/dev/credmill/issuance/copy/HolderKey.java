package dev.credmill.issuance.copy;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.util.Base64URL;
import java.util.Map;

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
}
