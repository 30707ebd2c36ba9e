package dev.credmill.issuance.securing;

import com.fasterxml.jackson.databind.node.TextNode;

/**
 * The protected header by W3C VC-JOSE-COSE: {@code typ} {@code vc+jwt}, {@code cty} {@code vc}, an
 * absolute DID URL as {@code kid}. {@code iss} stands here and not in the payload (RFC 7519, 5.3
 * and VC-JOSE-COSE allow both places): the payload is the credential itself, and {@code iss} is no
 * term of its contexts. {@code EdDSA} and not the newer {@code Ed25519} (RFC 9864), which few
 * verifiers know yet.
 */
final class JwsHeader {
  static final String ALGORITHM = "EdDSA";

  private JwsHeader() {}

  static String of(String did, String kid) {
    return "{\"alg\":\""
        + ALGORITHM
        + "\",\"typ\":\"vc+jwt\",\"cty\":\"vc\",\"kid\":"
        + TextNode.valueOf(did + "#" + kid)
        + ",\"iss\":"
        + TextNode.valueOf(did)
        + "}";
  }
}
