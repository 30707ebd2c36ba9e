package dev.credmill.issuance.securing;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/**
 * A public key as JWK: RFC 8037, or RFC 7518, 6.2.
 *
 * @param y null for Ed25519
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonPropertyOrder({"kty", "crv", "x", "y", "kid", "alg", "use"})
record PublicJwk(String kty, String crv, String x, String y, String kid, String alg, String use) {
  private static final Base64.Encoder BASE64URL = Base64.getUrlEncoder().withoutPadding();

  static PublicJwk of(SigningKey key, String kid) {
    return of(key.algorithm(), key.publicKey(), kid);
  }

  private static PublicJwk of(KeyAlgorithm algorithm, byte[] publicKey, String kid) {
    return switch (algorithm) {
      case ED25519 ->
          new PublicJwk(
              "OKP", algorithm.curve(), text(publicKey), null, kid, algorithm.jws(), "sig");
      case P256 ->
          new PublicJwk(
              "EC",
              algorithm.curve(),
              text(P256.x(publicKey)),
              text(P256.y(publicKey)),
              kid,
              algorithm.jws(),
              "sig");
    };
  }

  /** RFC 7638: the required members in lexical order, hashed. */
  static String thumbprint(KeyAlgorithm algorithm, byte[] publicKey) {
    PublicJwk jwk = of(algorithm, publicKey, null);
    String members =
        "{\"crv\":\"%s\",\"kty\":\"%s\",\"x\":\"%s\"%s}"
            .formatted(
                jwk.crv(),
                jwk.kty(),
                jwk.x(),
                jwk.y() == null ? "" : ",\"y\":\"%s\"".formatted(jwk.y()));
    try {
      return BASE64URL.encodeToString(
          MessageDigest.getInstance("SHA-256").digest(members.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private static String text(byte[] bytes) {
    return BASE64URL.encodeToString(bytes);
  }
}
