package dev.credmill.issuance.securing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Really checks a credential as a verifier would: header, key and signature. */
@ApplicationScoped
public class JwsVerifier {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  /** Whether this compact JWS is a {@code vc+jwt} that was signed with that key. */
  public boolean verify(String compact, SigningKey key) {
    int first = compact.indexOf('.');
    int second = compact.indexOf('.', first + 1);
    if (first < 1 || second < 0 || compact.indexOf('.', second + 1) >= 0) {
      return false;
    }
    try {
      Base64.Decoder base64url = Base64.getUrlDecoder();
      JsonNode header = MAPPER.readTree(base64url.decode(compact.substring(0, first)));
      byte[] signature = base64url.decode(compact.substring(second + 1));
      byte[] signed = compact.substring(0, second).getBytes(StandardCharsets.US_ASCII);
      return key.algorithm().jws().equals(header.path("alg").asText())
          && "vc+jwt".equals(header.path("typ").asText())
          && key.didUrl().equals(header.path("kid").asText())
          && key.verifies(signed, signed.length, signature);
    } catch (IOException | IllegalArgumentException e) {
      return false;
    }
  }
}
