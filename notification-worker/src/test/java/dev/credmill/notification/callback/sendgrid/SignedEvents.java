package dev.credmill.notification.callback.sendgrid;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;

/** SendGrid, as far as it signs. */
public final class SignedEvents {
  private static final KeyPair KEY = pair();
  public static final String PUBLIC_KEY =
      Base64.getEncoder().encodeToString(KEY.getPublic().getEncoded());

  private SignedEvents() {}

  /** The headers that go with a body. */
  public static Map<String, String> headers(String body, Instant at) {
    String timestamp = Long.toString(at.getEpochSecond());
    try {
      Signature signature = Signature.getInstance("SHA256withECDSA");
      signature.initSign(KEY.getPrivate());
      signature.update((timestamp + body).getBytes(UTF_8));
      return Map.of(
          "X-Twilio-Email-Event-Webhook-Timestamp",
          timestamp,
          "X-Twilio-Email-Event-Webhook-Signature",
          Base64.getEncoder().encodeToString(signature.sign()));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static KeyPair pair() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(256);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
