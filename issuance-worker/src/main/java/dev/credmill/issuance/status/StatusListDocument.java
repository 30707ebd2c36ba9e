package dev.credmill.issuance.status;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.credmill.contracts.registry.Organization;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.UUID;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;

/** What is signed of a list: the payload of its JWS. */
final class StatusListDocument {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();
  private static final Base64.Encoder BASE64URL = Base64.getUrlEncoder().withoutPadding();

  private StatusListDocument() {}

  static byte[] of(
      ListPurpose purpose,
      Organization organization,
      UUID list,
      byte[] entries,
      Instant now,
      Duration ttl) {
    String url = StatusList.url(organization, list);
    Instant from = now.truncatedTo(ChronoUnit.SECONDS);
    ObjectNode document =
        switch (purpose) {
          case REVOCATION, SUSPENSION ->
              credential(purpose, organization, url, bitstring(entries), from, ttl);
          case TOKEN -> token(url, purpose.kind().bits(), compressed(entries), from, ttl);
        };
    try {
      return MAPPER.writeValueAsBytes(document);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * A BitstringStatusListCredential (Bitstring Status List 1.0, 2.2); its ttl is in milliseconds.
   */
  private static ObjectNode credential(
      ListPurpose purpose,
      Organization organization,
      String url,
      String encodedList,
      Instant validFrom,
      Duration ttl) {
    ObjectNode credential = MAPPER.createObjectNode();
    credential.putArray("@context").add("https://www.w3.org/ns/credentials/v2");
    credential.put("id", url);
    credential.putArray("type").add("VerifiableCredential").add("BitstringStatusListCredential");
    credential.put("issuer", organization.did());
    credential.put("validFrom", validFrom.toString());
    credential
        .putObject("credentialSubject")
        .put("id", url + "#list")
        .put("type", "BitstringStatusList")
        .put("statusPurpose", purpose.name().toLowerCase(java.util.Locale.ROOT))
        .put("encodedList", encodedList)
        .put("ttl", ttl.toMillis());
    return credential;
  }

  /** A Status List Token (Token Status List, 5.1); its ttl is in seconds. */
  private static ObjectNode token(
      String url, int bits, String list, Instant issuedAt, Duration ttl) {
    ObjectNode token = MAPPER.createObjectNode();
    token.put("sub", url);
    token.put("iat", issuedAt.getEpochSecond());
    token.put("ttl", ttl.toSeconds());
    token.putObject("status_list").put("bits", bits).put("lst", list);
    return token;
  }

  /** Multibase base64url of the GZIP of the bits. */
  static String bitstring(byte[] entries) {
    ByteArrayOutputStream zipped = new ByteArrayOutputStream();
    try (OutputStream gzip = new GZIPOutputStream(zipped)) {
      gzip.write(entries);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return "u" + BASE64URL.encodeToString(zipped.toByteArray());
  }

  /** Base64url of the ZLIB format (Token Status List, 4.1). */
  static String compressed(byte[] entries) {
    ByteArrayOutputStream zipped = new ByteArrayOutputStream();
    try (OutputStream zlib = new DeflaterOutputStream(zipped)) {
      zlib.write(entries);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return BASE64URL.encodeToString(zipped.toByteArray());
  }
}
