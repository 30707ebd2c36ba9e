package dev.credmill.issuance.securing;

import static java.util.Objects.requireNonNull;

import dev.credmill.contracts.id.OrganizationId;
import java.util.Base64;

/**
 * The public side of an organization's Ed25519 key.
 *
 * @param kid the key's JWK thumbprint (RFC 7638), the fragment of its DID URL
 * @param jwsHeader the protected header of what it signs as {@code vc+jwt}: stored with the key, so
 *     that a credential's bytes never change
 * @param retired whether another has taken its place; what it signed stays valid
 */
public record SigningKey(
    String kid,
    OrganizationId organization,
    String did,
    byte[] publicKey,
    String jwsHeader,
    boolean retired) {
  static final int PUBLIC_KEY_BYTES = 32;
  private static final Base64.Encoder BASE64URL = Base64.getUrlEncoder().withoutPadding();

  public SigningKey {
    requireNonNull(kid, "kid");
    requireNonNull(organization, "organization");
    requireNonNull(did, "did");
    requireNonNull(jwsHeader, "jwsHeader");
    if (publicKey.length != PUBLIC_KEY_BYTES) {
      throw new IllegalArgumentException("an Ed25519 key has 32 bytes: " + publicKey.length);
    }
  }

  /** The absolute DID URL under which verifiers find the key as a JsonWebKey. */
  public String didUrl() {
    return did + "#" + kid;
  }

  /** The part of a compact JWS before its first dot. */
  public byte[] encodedJwsHeader() {
    return BASE64URL.encode(jwsHeader.getBytes(java.nio.charset.StandardCharsets.UTF_8));
  }

  /** {@code x} of the public JWK (RFC 8037). */
  String x() {
    return BASE64URL.encodeToString(publicKey);
  }
}
