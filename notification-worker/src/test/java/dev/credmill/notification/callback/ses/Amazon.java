package dev.credmill.notification.callback.ses;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.Mock;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.CertificateEncodingException;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Amazon SNS: signs messages, and serves the certificate that they are signed with. */
@Mock
@ApplicationScoped
public class Amazon implements Downloads {
  public static final String TOPIC = "arn:aws:sns:eu-west-1:123456789012:credmill";
  public static final String TOPIC_OF_ACME = "arn:aws:sns:eu-west-1:210987654321:of-acme";
  static final String HOST = "https://sns.eu-west-1.amazonaws.com";
  static final String PLACE = HOST + "/SimpleNotificationService-0123456789abcdef.pem";
  static final String ISSUER_PLACE = "http://crt.r2m01.amazontrust.com/r2m01.cer";
  static final Authority ROOT = Authority.root("Root");
  static final Authority ISSUER = ROOT.under("Issuer");
  static final Authority SIGNER = ISSUER.issue("sns.amazonaws.com", ISSUER_PLACE, Authority.end());

  private final Map<String, byte[]> served = new ConcurrentHashMap<>();
  private final List<URI> fetched = new CopyOnWriteArrayList<>();

  Amazon() {
    serve(PLACE, pem(SIGNER.certificate()));
    serve(ISSUER_PLACE, der(ISSUER.certificate()));
  }

  /** The root that it is known by, in place of the JVM's. */
  @Mock
  @ApplicationScoped
  static class Roots extends TrustedRoots {
    @Override
    Set<TrustAnchor> anchors() {
      return Set.of(new TrustAnchor(ROOT.certificate(), null));
    }
  }

  final void serve(String place, byte[] content) {
    served.put(place, content);
  }

  void remove(String place) {
    served.remove(place);
  }

  /** What was asked of it. */
  public List<URI> fetched() {
    return fetched;
  }

  @Override
  public byte[] get(URI address) throws IOException {
    fetched.add(address);
    if (address.toString().contains("Action=ConfirmSubscription")) {
      return "<ConfirmSubscriptionResponse/>".getBytes(UTF_8);
    }
    byte[] content = served.get(address.toString());
    if (content == null) {
      throw new IOException("status 403");
    }
    return content;
  }

  static byte[] der(X509Certificate certificate) {
    try {
      return certificate.getEncoded();
    } catch (CertificateEncodingException e) {
      throw new IllegalStateException(e);
    }
  }

  static byte[] pem(X509Certificate certificate) {
    return "-----BEGIN CERTIFICATE-----\n%s\n-----END CERTIFICATE-----\n"
        .formatted(Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der(certificate)))
        .getBytes(US_ASCII);
  }

  /** A message that carries something, as it is posted. */
  public static String notification(String topic, String message) {
    return posted(signed(fields(topic, message)));
  }

  /** That with which an address is asked whether it wants a topic's messages. */
  public static String confirmation(String topic, String subscribeUrl) {
    Map<String, String> fields = fields(topic, "You have chosen to subscribe to the topic.");
    fields.put("Type", "SubscriptionConfirmation");
    fields.put("Token", "2336412f37");
    fields.put("SubscribeURL", subscribeUrl);
    return posted(signed(fields));
  }

  static Map<String, String> fields(String topic, String message) {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("Type", "Notification");
    fields.put("MessageId", "165545c9-2a5c-472c-8df2-7ff2be2b3b1b");
    fields.put("TopicArn", topic);
    fields.put("Message", message);
    fields.put("Timestamp", Instant.now().truncatedTo(ChronoUnit.MILLIS).toString());
    fields.put("SignatureVersion", "2");
    fields.put("SigningCertURL", PLACE);
    fields.put("UnsubscribeURL", HOST + "/?Action=Unsubscribe&SubscriptionArn=" + topic);
    return fields;
  }

  static Map<String, String> signed(Map<String, String> fields) {
    return signed(fields, SIGNER.key(), "SHA256withRSA");
  }

  /** As Amazon's documentation describes it, without our own code. */
  static Map<String, String> signed(Map<String, String> fields, PrivateKey key, String algorithm) {
    List<String> names =
        fields.get("Type").equals("Notification")
            ? List.of("Message", "MessageId", "Subject", "Timestamp", "TopicArn", "Type")
            : List.of(
                "Message", "MessageId", "SubscribeURL", "Timestamp", "Token", "TopicArn", "Type");
    StringBuilder text = new StringBuilder();
    for (String name : names) {
      if (fields.containsKey(name)) {
        text.append(name).append('\n').append(fields.get(name)).append('\n');
      }
    }
    try {
      Signature signature = Signature.getInstance(algorithm);
      signature.initSign(key);
      signature.update(text.toString().getBytes(UTF_8));
      Map<String, String> signed = new LinkedHashMap<>(fields);
      signed.put("Signature", Base64.getEncoder().encodeToString(signature.sign()));
      return signed;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  static String posted(Map<String, String> fields) {
    try {
      return new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(fields);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
