package dev.credmill.batch.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import io.restassured.path.json.JsonPath;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A request as a receiver got it. */
record Received(String path, Map<String, List<String>> headers, byte[] body) {
  static Received of(HttpExchange exchange) throws IOException {
    return new Received(
        exchange.getRequestURI().toString(),
        Map.copyOf(exchange.getRequestHeaders()),
        exchange.getRequestBody().readAllBytes());
  }

  String header(String name) {
    return headers.entrySet().stream()
        .filter(header -> header.getKey().equalsIgnoreCase(name))
        .map(header -> header.getValue().getFirst())
        .findFirst()
        .orElseThrow(() -> new AssertionError("no header " + name));
  }

  String id() {
    return header("webhook-id");
  }

  JsonPath json() {
    return JsonPath.from(new String(body, UTF_8));
  }

  boolean isAbout(String batch) {
    return batch.equals(json().getString("data.batchId"));
  }

  String type() {
    return json().getString("type");
  }

  /**
   * Verifies as Standard Webhooks says: HMAC-SHA256 of {@code id.timestamp.body} with the decoded
   * secret, in Base64, is one of the signatures of version 1.
   */
  boolean isSignedWith(String secret) {
    byte[] key = Base64.getDecoder().decode(secret.substring("whsec_".length()));
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      mac.update((id() + "." + header("webhook-timestamp") + ".").getBytes(UTF_8));
      byte[] expected = mac.doFinal(body);
      for (String signature : header("webhook-signature").split(" ")) {
        String[] parts = signature.split(",", 2);
        if (parts[0].equals("v1")
            && MessageDigest.isEqual(expected, Base64.getDecoder().decode(parts[1]))) {
          return true;
        }
      }
      return false;
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  Received withBody(byte[] other) {
    return new Received(path, headers, other);
  }
}
