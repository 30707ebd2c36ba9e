package dev.credmill.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;

/** Claims credentials as a wallet does (OpenID4VCI 1.0, pre-authorized code flow), with one key. */
final class Wallet {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Base64.Encoder URL = Base64.getUrlEncoder().withoutPadding();
  private static final String GRANT = "urn:ietf:params:oauth:grant-type:pre-authorized_code";
  private static final String FORM = "application/x-www-form-urlencoded";
  private static final int COORDINATE = 32; // bytes
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final String issuanceWorker;
  private final KeyPair key;
  private final String header;

  Wallet(String issuanceWorker) {
    this.issuanceWorker = issuanceWorker;
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      key = generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
    ECPublicKey holder = (ECPublicKey) key.getPublic();
    header =
        "{\"alg\":\"ES256\",\"typ\":\"openid4vci-proof+jwt\",\"jwk\":{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"%s\",\"y\":\"%s\"}}"
            .formatted(
                coordinate(holder.getW().getAffineX()), coordinate(holder.getW().getAffineY()));
  }

  /**
   * From the button of the claim page to the credential.
   *
   * @param format in which the credential is wanted, as definitions name it
   * @return the credential: a string, or an object where it has an embedded proof
   */
  JsonNode claim(String claimToken, String format) {
    JsonNode offer = post("/claim/" + claimToken, FORM, "format=" + encoded(format), null);
    JsonNode offered = offer.path("offer");
    String code = offered.path("grants").path(GRANT).path("pre-authorized_code").asText();
    String issuer = offered.path("credential_issuer").asText();
    String path = URI.create(issuer).getPath();
    String form = "grant_type=%s&pre-authorized_code=%s".formatted(encoded(GRANT), encoded(code));
    String token = post(path + "/token", FORM, form, null).path("access_token").asText();
    String nonce = post(path + "/nonce", FORM, "", null).path("c_nonce").asText();
    String request =
        "{\"credential_configuration_id\":\"%s\",\"proofs\":{\"jwt\":[\"%s\"]}}"
            .formatted(
                offered.path("credential_configuration_ids").path(0).asText(),
                proof(issuer, nonce));
    JsonNode credential =
        post(path + "/credential", "application/json", request, token)
            .path("credentials")
            .path(0)
            .path("credential");
    if (credential.isMissingNode()) {
      throw new IllegalStateException("no credential was handed over");
    }
    return credential;
  }

  private String proof(String issuer, String nonce) {
    String payload =
        "{\"aud\":\"%s\",\"iat\":%d,\"nonce\":\"%s\"}"
            .formatted(issuer, Instant.now().getEpochSecond(), nonce);
    String content = base64(header) + "." + base64(payload);
    try {
      Signature signature = Signature.getInstance("SHA256withECDSAinP1363Format");
      signature.initSign(key.getPrivate());
      signature.update(content.getBytes(StandardCharsets.US_ASCII));
      return content + "." + URL.encodeToString(signature.sign());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private JsonNode post(String path, String type, String body, String bearer) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(issuanceWorker + path))
            .timeout(Duration.ofSeconds(60))
            .header("Content-Type", type)
            .header("Accept", "application/json")
            .POST(BodyPublishers.ofString(body));
    if (bearer != null) {
      request.header("Authorization", "Bearer " + bearer);
    }
    try {
      HttpResponse<byte[]> response = http.send(request.build(), BodyHandlers.ofByteArray());
      if (response.statusCode() != 200) {
        throw new IllegalStateException(
            "%s: %d %s"
                .formatted(
                    path.replaceAll("^/claim/.*", "/claim/..."),
                    response.statusCode(),
                    new String(response.body(), StandardCharsets.UTF_8)));
      }
      return JSON.readTree(response.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static String base64(String text) {
    return URL.encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Of fixed length (RFC 7518, 6.2.1.2). */
  private static String coordinate(BigInteger value) {
    byte[] bytes = new byte[COORDINATE];
    byte[] signed = value.toByteArray();
    int length = Math.min(signed.length, COORDINATE);
    System.arraycopy(signed, signed.length - length, bytes, COORDINATE - length, length);
    return URL.encodeToString(bytes);
  }
}
