package dev.credmill.issuance.securing;

import com.fasterxml.jackson.databind.node.TextNode;

/** Protected headers. */
public final class JwsHeader {
  private JwsHeader() {}

  /**
   * By W3C VC-JOSE-COSE: {@code typ} {@code vc+jwt}, {@code cty} {@code vc}, an absolute DID URL as
   * {@code kid}. {@code iss} stands here and not in the payload (RFC 7519, 5.3 and VC-JOSE-COSE
   * allow both places): the payload is the credential itself, and {@code iss} is no term of its
   * contexts.
   */
  static String of(String did, String kid, KeyAlgorithm algorithm) {
    return "{\"alg\":\""
        + algorithm.jws()
        + "\",\"typ\":\"vc+jwt\",\"cty\":\"vc\",\"kid\":"
        + TextNode.valueOf(did + "#" + kid)
        + ",\"iss\":"
        + TextNode.valueOf(did)
        + "}";
  }

  /**
   * Of anything else that the key signs. The key is named as a Multikey, which is what the wallets
   * and verifiers of such documents know.
   */
  public static String of(SigningKey key, String typ) {
    return "{\"alg\":\""
        + key.algorithm().jws()
        + "\",\"typ\":"
        + TextNode.valueOf(typ)
        + ",\"kid\":"
        + TextNode.valueOf(key.multikeyUrl())
        + "}";
  }
}
