package dev.credmill.notification.callback.ses;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.credmill.contracts.problem.ProblemException;
import dev.credmill.contracts.problem.ProblemType;
import dev.credmill.notification.NotificationConfig;
import dev.credmill.notification.NotificationConfig.EmailConfig.Callbacks;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;

/** Whether a message is SNS's, of the topic that it should be, and of now. */
@ApplicationScoped
class SnsSignature {
  private static final Duration TOLERANCE = Duration.ofMinutes(5);

  private final SigningCertificates certificates;
  private final Callbacks.Ses config;
  private final Clock clock;

  @Inject
  SnsSignature(SigningCertificates certificates, NotificationConfig config, Clock clock) {
    this(certificates, config.email().callbacks().ses(), clock);
  }

  SnsSignature(SigningCertificates certificates, Callbacks.Ses config, Clock clock) {
    this.certificates = certificates;
    this.config = config;
    this.clock = clock;
  }

  /**
   * What costs nothing comes first: strangers have no certificate fetched.
   *
   * @throws ProblemException where it is not
   */
  void check(SnsMessage message, TopicArn topic) {
    if (!message.field("TopicArn").equals(topic.value())) {
      throw ProblemType.FORBIDDEN.because("TopicArn is not the topic of this callback");
    }
    Instant now = clock.instant();
    Instant at = time(message.field("Timestamp"));
    if (at.isBefore(now.minus(config.maxAge())) || at.isAfter(now.plus(TOLERANCE))) {
      throw ProblemType.FORBIDDEN.because("The message is too old, or of another time");
    }
    String algorithm = algorithm(message.field("SignatureVersion"));
    byte[] signature = bytes(message.field("Signature"));
    byte[] signed = message.signed().getBytes(UTF_8);
    X509Certificate certificate = certificates.at(message.field("SigningCertURL"), topic);
    try {
      Signature rsa = Signature.getInstance(algorithm);
      rsa.initVerify(certificate.getPublicKey());
      rsa.update(signed);
      if (!rsa.verify(signature)) {
        throw refused();
      }
    } catch (GeneralSecurityException _) {
      throw refused();
    }
  }

  private String algorithm(String version) {
    if (version.equals("1") && config.signatureVersion1()) {
      return "SHA1withRSA";
    }
    if (!version.equals("2")) {
      throw ProblemType.FORBIDDEN.because(
          "Have the topic sign with SHA-256: set its attribute SignatureVersion to 2");
    }
    return "SHA256withRSA";
  }

  private static Instant time(String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeException _) {
      throw refused();
    }
  }

  private static byte[] bytes(String base64) {
    try {
      return Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException _) {
      throw refused();
    }
  }

  private static ProblemException refused() {
    return ProblemType.FORBIDDEN.because("Signature does not sign this message");
  }
}
