package dev.credmill.issuance.status;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.credmill.contracts.registry.Organization;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.UUID;
import java.util.zip.GZIPOutputStream;

/** A BitstringStatusListCredential (Bitstring Status List 1.0, 2.2). */
final class StatusListCredential {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private StatusListCredential() {}

  static byte[] json(
      Organization organization, UUID list, byte[] bits, Instant validFrom, Duration ttl) {
    String url = organization.publicUrl() + "/status-lists/" + list;
    ObjectNode credential = MAPPER.createObjectNode();
    credential.putArray("@context").add("https://www.w3.org/ns/credentials/v2");
    credential.put("id", url);
    credential.putArray("type").add("VerifiableCredential").add("BitstringStatusListCredential");
    credential.put("issuer", organization.did());
    credential.put("validFrom", validFrom.truncatedTo(ChronoUnit.SECONDS).toString());
    credential
        .putObject("credentialSubject")
        .put("id", url + "#list")
        .put("type", "BitstringStatusList")
        .put("statusPurpose", StatusListTable.REVOCATION)
        .put("encodedList", encoded(bits))
        .put("ttl", ttl.toMillis());
    try {
      return MAPPER.writeValueAsBytes(credential);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Multibase base64url of the GZIP of the bits. */
  static String encoded(byte[] bits) {
    ByteArrayOutputStream zipped = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(zipped)) {
      gzip.write(bits);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return "u" + Base64.getUrlEncoder().withoutPadding().encodeToString(zipped.toByteArray());
  }
}
