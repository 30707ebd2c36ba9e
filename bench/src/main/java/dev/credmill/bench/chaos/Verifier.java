package dev.credmill.bench.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.credmill.bench.installation.Api;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Verifies credentials with the JDK's own Ed25519, which the product never signs with, and the keys
 * that issuers publish.
 */
final class Verifier {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String PROVIDER = "SunEC";

  /** What stands before the 32 bytes of a key in its X.509 form (RFC 8410, 4). */
  private static final byte[] PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");

  private final Api publisher;
  private final Map<String, PublicKey> keys = new ConcurrentHashMap<>();

  /**
   * @param publisher where DID documents are read
   */
  Verifier(Api publisher) {
    this.publisher = publisher;
  }

  /** Whether the signature over {@code header.payload} is one of the key that the header names. */
  boolean verifies(byte[] header, byte[] payload, byte[] signature) {
    try {
      Base64.Encoder base64url = Base64.getUrlEncoder().withoutPadding();
      Signature verification = Signature.getInstance("Ed25519", PROVIDER);
      verification.initVerify(
          keys.computeIfAbsent(JSON.readTree(header).path("kid").asText(), this::published));
      verification.update(
          (base64url.encodeToString(header) + '.' + base64url.encodeToString(payload))
              .getBytes(StandardCharsets.US_ASCII));
      return verification.verify(signature);
    } catch (GeneralSecurityException _) {
      return false;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** did:web:host:orgs:acme is read at /orgs/acme/did.json (did:web, 3.2). */
  private PublicKey published(String kid) {
    try {
      String did = kid.substring(0, kid.indexOf('#'));
      String path = did.substring(did.indexOf(":orgs:")).replace(':', '/');
      for (JsonNode method :
          JSON.readTree(publisher.get(path + "/did.json")).path("verificationMethod")) {
        if (method.path("id").asText().equals(kid)) {
          byte[] x = Base64.getUrlDecoder().decode(method.path("publicKeyJwk").path("x").asText());
          byte[] key = new byte[PREFIX.length + x.length];
          System.arraycopy(PREFIX, 0, key, 0, PREFIX.length);
          System.arraycopy(x, 0, key, PREFIX.length, x.length);
          return KeyFactory.getInstance("Ed25519", PROVIDER)
              .generatePublic(new X509EncodedKeySpec(key));
        }
      }
      throw new IllegalStateException("not published: " + kid);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
