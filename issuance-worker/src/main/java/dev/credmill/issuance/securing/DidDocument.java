package dev.credmill.issuance.securing;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/**
 * The did:web document of an organization. Each key stands in it twice: as the JsonWebKey that
 * VC-JOSE-COSE asks for, and as the Multikey that Data Integrity and several wallets know.
 */
@JsonPropertyOrder({"@context", "id", "verificationMethod", "assertionMethod"})
record DidDocument(
    @JsonProperty("@context") List<String> context,
    String id,
    List<VerificationMethod> verificationMethod,
    List<String> assertionMethod) {
  /** A key, in one of the two ways that verifiers look for it. */
  sealed interface VerificationMethod {
    @JsonPropertyOrder({"id", "type", "controller", "publicKeyJwk"})
    record JsonWebKey(String id, String type, String controller, PublicJwk publicKeyJwk)
        implements VerificationMethod {}

    @JsonPropertyOrder({"id", "type", "controller", "publicKeyMultibase"})
    record Multikey(String id, String type, String controller, String publicKeyMultibase)
        implements VerificationMethod {}
  }

  private static final List<String> CONTEXT =
      List.of(
          // First, or verifiers by Digital Bazaar refuse the document.
          "https://www.w3.org/ns/did/v1",
          "https://w3id.org/security/jwk/v1",
          "https://w3id.org/security/multikey/v1");
  private static final String BASE58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";

  static DidDocument of(String did, List<SigningKey> keys) {
    List<VerificationMethod> methods = new ArrayList<>();
    List<String> ids = new ArrayList<>();
    for (SigningKey key : keys) {
      methods.add(
          new VerificationMethod.JsonWebKey(
              key.didUrl(), "JsonWebKey", did, PublicJwk.of(key, key.kid())));
      methods.add(
          new VerificationMethod.Multikey(
              key.multikeyUrl(), "Multikey", did, multibase(key.algorithm(), key.publicKey())));
      ids.add(key.didUrl());
      ids.add(key.multikeyUrl());
    }
    return new DidDocument(CONTEXT, did, methods, ids);
  }

  /** base58btc of multicodec and key (Controlled Identifiers 1.0, 2.2.2). */
  static String multibase(KeyAlgorithm algorithm, byte[] publicKey) {
    byte[] key =
        switch (algorithm) {
          case ED25519 -> publicKey;
          case P256 -> P256.compressed(publicKey);
        };
    byte[] prefixed = new byte[key.length + 2];
    switch (algorithm) {
      case ED25519 -> {
        prefixed[0] = (byte) 0xed;
        prefixed[1] = 0x01;
      }
      case P256 -> {
        prefixed[0] = (byte) 0x80;
        prefixed[1] = 0x24;
      }
    }
    System.arraycopy(key, 0, prefixed, 2, key.length);
    StringBuilder text = new StringBuilder();
    BigInteger rest = new BigInteger(1, prefixed);
    BigInteger base = BigInteger.valueOf(BASE58.length());
    while (rest.signum() > 0) {
      BigInteger[] divided = rest.divideAndRemainder(base);
      text.append(BASE58.charAt(divided[1].intValue()));
      rest = divided[0];
    }
    return "z" + text.reverse();
  }
}
