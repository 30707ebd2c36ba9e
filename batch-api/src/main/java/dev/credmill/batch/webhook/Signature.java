package dev.credmill.batch.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;

import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The headers by which a receiver knows that a message is ours (Standard Webhooks 1.0). */
final class Signature {
  private static final String HMAC = "HmacSHA256";

  private Signature() {}

  /**
   * @param secrets one signature with each
   * @param at the time of this attempt
   */
  static Map<String, String> headers(MessageId id, Instant at, byte[] body, List<Secret> secrets) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("webhook-id", id.toString());
    headers.put("webhook-timestamp", Long.toString(at.getEpochSecond()));
    byte[] before = "%s.%d.".formatted(id, at.getEpochSecond()).getBytes(UTF_8);
    headers.put(
        "webhook-signature",
        secrets.stream().map(secret -> "v1," + hmac(secret, before, body)).collect(joining(" ")));
    return headers;
  }

  private static String hmac(Secret secret, byte[] before, byte[] body) {
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(new SecretKeySpec(secret.bytes(), HMAC));
      mac.update(before);
      return Base64.getEncoder().encodeToString(mac.doFinal(body));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has HMAC-SHA256", e);
    }
  }
}
