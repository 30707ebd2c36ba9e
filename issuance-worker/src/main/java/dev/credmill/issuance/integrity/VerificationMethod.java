package dev.credmill.issuance.integrity;

import static java.util.Objects.requireNonNull;

import com.apicatalog.multibase.Multibase;
import dev.credmill.issuance.securing.SigningKey;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/**
 * An Ed25519 key as a controlled identifier document publishes it.
 *
 * @param id its absolute URL
 * @param controller whose key it is
 * @param publicKey its 32 bytes
 * @param purposes what its controller allows it for
 * @param revokedAt from when on nothing that it ever signed counts; null for never
 */
public record VerificationMethod(
    String id, String controller, byte[] publicKey, Set<ProofPurpose> purposes, Instant revokedAt) {
  private static final int ED25519_BYTES = 32;
  private static final byte[] ED25519_CODEC = {(byte) 0xed, 0x01};
  private static final String DID_KEY = "did:key:";

  public VerificationMethod {
    requireNonNull(id, "id");
    requireNonNull(controller, "controller");
    if (publicKey.length != ED25519_BYTES) {
      throw new IllegalArgumentException("an Ed25519 key has 32 bytes: " + publicKey.length);
    }
    purposes = Set.copyOf(purposes);
  }

  /** The Ed25519 key of a {@code publicKeyMultibase}; empty for whatever is none. */
  public static Optional<byte[]> ed25519(String publicKeyMultibase) {
    if (publicKeyMultibase.length() > 60 || !Multibase.BASE_58_BTC.isEncoded(publicKeyMultibase)) {
      return Optional.empty();
    }
    byte[] bytes;
    try {
      bytes = Multibase.BASE_58_BTC.decode(publicKeyMultibase);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
    return bytes.length == ED25519_CODEC.length + ED25519_BYTES
            && Arrays.equals(bytes, 0, 2, ED25519_CODEC, 0, 2)
        ? Optional.of(Arrays.copyOfRange(bytes, ED25519_CODEC.length, bytes.length))
        : Optional.empty();
  }

  /** One of our own keys, and no other, as its organization's DID document publishes it. */
  public static VerificationMethods ofKey(SigningKey key) {
    VerificationMethod method =
        new VerificationMethod(
            key.multikeyUrl(),
            key.did(),
            key.publicKey(),
            Set.of(ProofPurpose.ASSERTION_METHOD),
            null);
    return didUrl -> Optional.of(method).filter(ours -> ours.id().equals(didUrl));
  }

  /** One of our own Ed25519 keys as a {@code did:key}, which needs no network to be found. */
  public static String didKey(SigningKey key) {
    return DID_KEY + key.publicKeyMultibase();
  }

  /** The only verification method of a {@code did:key}. */
  public static String urlOfDidKey(String didKey) {
    return didKey + "#" + didKey.substring(DID_KEY.length());
  }

  /** What a {@code did:key} says of itself; empty for whatever is no Ed25519 {@code did:key}. */
  public static Optional<VerificationMethod> ofDidKey(String didUrl) {
    int hash = didUrl.indexOf('#');
    if (!didUrl.startsWith(DID_KEY) || hash < 0) {
      return Optional.empty();
    }
    String did = didUrl.substring(0, hash);
    String multibase = did.substring(DID_KEY.length());
    return didUrl.substring(hash + 1).equals(multibase)
        ? ed25519(multibase)
            .map(
                key ->
                    new VerificationMethod(didUrl, did, key, Set.of(ProofPurpose.values()), null))
        : Optional.empty();
  }
}
