package dev.credmill.issuance.securing;

import static java.util.Objects.requireNonNull;

import dev.credmill.contracts.id.OrganizationId;
import java.util.Base64;

/**
 * The public side of an organization's key.
 *
 * @param kid the key's JWK thumbprint (RFC 7638), the fragment of its DID URL
 * @param publicKey as {@link KeyAlgorithm} says
 * @param jwsHeader the protected header of what it signs as {@code vc+jwt}: stored with the key, so
 *     that a credential's bytes never change
 * @param custody where its private half is
 * @param status as it was when it was read
 */
public record SigningKey(
    String kid,
    OrganizationId organization,
    String did,
    KeyAlgorithm algorithm,
    byte[] publicKey,
    String jwsHeader,
    Custody custody,
    KeyStatus status) {
  private static final Base64.Encoder BASE64URL = Base64.getUrlEncoder().withoutPadding();

  public SigningKey {
    requireNonNull(kid, "kid");
    requireNonNull(organization, "organization");
    requireNonNull(did, "did");
    requireNonNull(jwsHeader, "jwsHeader");
    requireNonNull(custody, "custody");
    requireNonNull(status, "status");
    if (publicKey.length != algorithm.publicKeyBytes()) {
      throw new IllegalArgumentException(
          "not the length of a key of " + algorithm + ": " + publicKey.length);
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

  /** The absolute DID URL under which verifiers find the key as a Multikey. */
  public String multikeyUrl() {
    return didUrl() + "-mk";
  }

  /** The public half as a Multikey has it: base58btc of multicodec and key. */
  public String publicKeyMultibase() {
    return DidDocument.multibase(algorithm, publicKey);
  }

  /** Whether this key made that signature of the first {@code length} bytes. */
  public boolean verifies(byte[] message, int length, byte[] signature) {
    return switch (algorithm) {
      case ED25519 -> Ed25519.verifiedByBouncyCastle(publicKey, message, length, signature);
      case P256 -> P256.verifiedByBouncyCastle(publicKey, message, length, signature);
    };
  }
}
