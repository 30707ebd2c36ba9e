package dev.credmill.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.crypto.Ed25519Verifier;
import com.nimbusds.jose.jwk.OctetKeyPair;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.text.ParseException;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;

/**
 * A verifier who shares no code with the issuer: Nimbus with Tink, on what the issuer's DID
 * document and status lists publish.
 */
final class ForeignVerifier {
  private static final ObjectMapper JSON = new ObjectMapper();
  private final Map<String, Ed25519Verifier> verifiers = new HashMap<>();

  /** The credential in a compact JWS whose signature is the one of its issuer's published key. */
  JsonNode verified(String jwt) {
    try {
      JWSObject jws = JWSObject.parse(jwt);
      JsonNode credential = JSON.readTree(jws.getPayload().toBytes());
      String issuer = issuer(credential);
      String kid = jws.getHeader().getKeyID();
      assertThat(kid).as("the key is the issuer's").startsWith(issuer + "#");
      assertThat(jws.verify(verifiers.computeIfAbsent(kid, ForeignVerifier::published)))
          .as("signature of " + kid)
          .isTrue();
      return credential;
    } catch (ParseException | JOSEException e) {
      throw new AssertionError("not a signature that can be verified", e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** An issuer is an identifier, or an object that has one (VCDM 2.0, 4.7). */
  private static String issuer(JsonNode credential) {
    JsonNode issuer = credential.path("issuer");
    return (issuer.isTextual() ? issuer : issuer.path("id")).asText();
  }

  private static Ed25519Verifier published(String kid) {
    try {
      String did = kid.substring(0, kid.indexOf('#'));
      JsonNode document = JSON.readTree(Anyone.reads(address(did)));
      assertThat(document.path("id").asText()).isEqualTo(did);
      for (JsonNode method : document.path("verificationMethod")) {
        if (method.path("id").asText().equals(kid)) {
          assertThat(document.path("assertionMethod").toString()).contains(kid);
          return new Ed25519Verifier(OctetKeyPair.parse(method.path("publicKeyJwk").toString()));
        }
      }
      throw new AssertionError("no " + kid + " in " + document);
    } catch (ParseException | JOSEException e) {
      throw new AssertionError(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** did:web:host%3Aport:a:b is read at /a/b/did.json there (did:web, 3.2). */
  private static String address(String did) {
    String[] parts = did.substring("did:web:".length()).split(":", -1);
    StringBuilder address = new StringBuilder("http://").append(parts[0].replace("%3A", ":"));
    for (int i = 1; i < parts.length; i++) {
      address.append('/').append(parts[i]);
    }
    return address + (parts.length == 1 ? "/.well-known" : "") + "/did.json";
  }

  /**
   * Whether one of a credential's status entries speaks against it, from the lists they point to.
   */
  boolean statusBit(JsonNode credential) {
    JsonNode status = credential.path("credentialStatus");
    boolean set = false;
    for (JsonNode entry : status.isArray() ? status : List.of(status)) {
      set |= statusBit(credential, entry);
    }
    return set;
  }

  private boolean statusBit(JsonNode credential, JsonNode entry) {
    assertThat(entry.path("type").asText()).isEqualTo("BitstringStatusListEntry");
    JsonNode list = verified(Anyone.reads(entry.path("statusListCredential").asText()).strip());
    assertThat(issuer(list)).isEqualTo(issuer(credential));
    JsonNode subject = list.path("credentialSubject");
    assertThat(subject.path("statusPurpose").asText())
        .isEqualTo(entry.path("statusPurpose").asText());
    byte[] bits = inflated(subject.path("encodedList").asText());
    assertThat(bits.length).isGreaterThanOrEqualTo(131_072 / 8);
    int index = entry.path("statusListIndex").asInt();
    // The first index is the left-most bit (Bitstring Status List 1.0, 3.2).
    return (bits[index / 8] >> (7 - index % 8) & 1) == 1;
  }

  private static byte[] inflated(String encodedList) {
    assertThat(encodedList).as("multibase base64url").startsWith("u");
    try (GZIPInputStream in =
        new GZIPInputStream(
            new ByteArrayInputStream(Base64.getUrlDecoder().decode(encodedList.substring(1))))) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
