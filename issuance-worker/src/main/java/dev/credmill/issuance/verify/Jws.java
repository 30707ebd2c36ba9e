package dev.credmill.issuance.verify;

import com.fasterxml.jackson.databind.JsonNode;
import dev.credmill.contracts.problem.ProblemType;
import dev.credmill.issuance.securing.SigningKey;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * A compact JWS whose header names a key of the issuer's. Keys and addresses of keys that a header
 * brings along count for nothing.
 */
record Jws(String compact, String alg, String typ, String kid, JsonNode payload) {
  private static final Base64.Decoder BASE64URL = Base64.getUrlDecoder();

  static Jws parse(String compact) {
    String[] parts = compact.split("\\.", -1);
    if (parts.length != 3) {
      throw ProblemType.INVALID_BODY.because("The token has not the three parts of a JWS");
    }
    try {
      JsonNode header = StrictJson.object(BASE64URL.decode(parts[0]));
      if (header.has("crit") || header.has("b64")) {
        throw ProblemType.INVALID_BODY.because(
            "The token's header asks for extensions (crit, b64) that are not known here");
      }
      BASE64URL.decode(parts[2]);
      return new Jws(
          compact,
          header.path("alg").asText(),
          header.path("typ").asText(),
          header.path("kid").asText(),
          StrictJson.object(BASE64URL.decode(parts[1])));
    } catch (IllegalArgumentException e) {
      throw ProblemType.INVALID_BODY.because("The token is not base64url throughout");
    }
  }

  boolean signedBy(SigningKey key) {
    int end = compact.lastIndexOf('.');
    byte[] signed = compact.substring(0, end).getBytes(StandardCharsets.US_ASCII);
    byte[] signature = BASE64URL.decode(compact.substring(end + 1));
    return alg.equals(key.algorithm().jws()) && key.verifies(signed, signed.length, signature);
  }
}
