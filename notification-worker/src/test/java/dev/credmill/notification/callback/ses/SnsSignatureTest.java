package dev.credmill.notification.callback.ses;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.credmill.contracts.problem.ProblemException;
import dev.credmill.contracts.problem.ProblemType;
import dev.credmill.notification.NotificationConfig.EmailConfig.Callbacks;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SnsSignatureTest {
  private static final TopicArn TOPIC = new TopicArn(Amazon.TOPIC);
  private static final String MESSAGE = "{\"eventType\": \"Delivery\", \"x\": \"é\\n\"}";
  private final Amazon amazon = new Amazon();
  private final Map<String, String> fields = Amazon.fields(Amazon.TOPIC, MESSAGE);
  private boolean isVersion1Allowed;

  /** The settings as they are by default, but for one. */
  private record Settings(boolean signatureVersion1) implements Callbacks.Ses {
    @Override
    public Optional<String> topicArn() {
      return Optional.empty();
    }

    @Override
    public Duration maxAge() {
      return Duration.ofMinutes(75);
    }
  }

  private final AtomicReference<Instant> now = new AtomicReference<>(Instant.now());
  private final Clock clock =
      new Clock() {
        @Override
        public Instant instant() {
          return now.get();
        }

        @Override
        public ZoneId getZone() {
          return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
          throw new UnsupportedOperationException();
        }
      };

  private final SigningCertificates certificates =
      new SigningCertificates(amazon, new Amazon.Roots(), clock);

  @Test
  void whatSnsSignsIsTakenThoughItServesTheCertificateWithoutItsIssuers() {
    // When
    check(Amazon.signed(fields));
    // Then
    assertThat(amazon.fetched())
        .extracting(Object::toString)
        .containsExactly(Amazon.PLACE, Amazon.ISSUER_PLACE);
  }

  @Test
  void theSubjectIsSignedWhereThereIsOne() {
    fields.put("Subject", "Amazon SES Email Event Notification");
    Map<String, String> signed = Amazon.signed(fields);
    check(signed);
    signed.put("Subject", "another");
    refused(signed, "does not sign");
  }

  @Test
  void aCertificateIsFetchedOnce() {
    check(Amazon.signed(fields));
    fields.put("Message", "another");
    check(Amazon.signed(fields));
    assertThat(amazon.fetched()).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Message", "MessageId"})
  void whatWasAlteredIsRefused(String field) {
    Map<String, String> signed = Amazon.signed(fields);
    signed.put(field, signed.get(field) + " ");
    refused(signed, "does not sign");
  }

  @Test
  void anotherKeyIsRefused() {
    Authority other = Authority.root("another");
    refused(Amazon.signed(fields, other.key(), "SHA256withRSA"), "does not sign");
  }

  @Test
  void anUnsignedMessageIsRefused() {
    refused(fields, "no Signature");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://sns.eu-west-1.amazonaws.com/a.pem",
        "https://evil.example/a.pem",
        "https://sns.eu-west-1.amazonaws.com.evil.example/a.pem",
        "https://sns.eu-west-1.amazonaws.com@evil.example/a.pem",
        "https://evil@sns.eu-west-1.amazonaws.com/a.pem",
        "https://sns.eu-west-1.amazonaws.com:8443/a.pem",
        "https://sns.us-east-1.amazonaws.com/a.pem",
        "https://s3.eu-west-1.amazonaws.com/bucket/a.pem",
        "https://sns.eu-west-1.amazonaws.com/a.pem?x=y",
        "https://sns.eu-west-1.amazonaws.com/a.txt",
        "https://sns.eu-west-1.amazonaws.com/../a.pem",
        "https:sns.eu-west-1.amazonaws.com",
        "file:///etc/passwd",
        " "
      })
  void aCertificateFromElsewhereIsRefusedAndNotEvenFetched(String place) {
    fields.put("SigningCertURL", place);
    refused(Amazon.signed(fields), "");
    assertThat(amazon.fetched()).isEmpty();
  }

  @Test
  void aCertificateOfAnotherNameIsRefused() {
    Authority other =
        Amazon.ISSUER.issue("evil.amazonaws.com", Amazon.ISSUER_PLACE, Authority.end());
    refusedAs(other, "is not of SNS");
  }

  @Test
  void aCertificateOfAnotherAuthorityIsRefused() {
    Authority other = Authority.root("Root").under("Issuer");
    refusedAs(
        other.issue("sns.amazonaws.com", Amazon.ISSUER_PLACE, Authority.end()),
        "no authority that is trusted");
  }

  @Test
  void theIssuersCertificateIsFetchedFromAmazonsAuthoritiesAlone() {
    refusedAs(
        Amazon.ISSUER.issue("sns.amazonaws.com", "http://evil.example/r2m01.cer", Authority.end()),
        "no authority that is trusted");
    assertThat(amazon.fetched()).extracting(Object::toString).containsExactly(Amazon.PLACE);
  }

  @Test
  void anAuthorityIsNoSigner() {
    refusedAs(Amazon.ISSUER, "is no certificate");
  }

  @Test
  void aCertificateThatHasExpiredIsRefused() {
    refusedAs(
        Amazon.ISSUER.issue(
            "sns.amazonaws.com", Amazon.ISSUER_PLACE, Instant.now().minusSeconds(1)),
        "");
  }

  @Test
  void regionsThatCameLaterSignByTheirOwnName() {
    Authority later =
        Amazon.ISSUER.issue(
            "sns-signing.eu-west-1.amazonaws.com", Amazon.ISSUER_PLACE, Authority.end());
    amazon.serve(Amazon.PLACE, Amazon.pem(later.certificate()));
    check(Amazon.signed(fields, later.key(), "SHA256withRSA"));
  }

  @Test
  void anotherTopicsMessageIsRefusedAndNothingFetched() {
    refused(Amazon.signed(Amazon.fields(Amazon.TOPIC_OF_ACME, MESSAGE)), "not the topic");
    assertThat(amazon.fetched()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(longs = {-76, 6})
  void aMessageOfAnotherTimeIsRefused(long minutes) {
    fields.put("Timestamp", clock.instant().plus(Duration.ofMinutes(minutes)).toString());
    refused(Amazon.signed(fields), "of another time");
  }

  @Test
  void aMessageThatSnsTriedAgainForAnHourIsTaken() {
    fields.put("Timestamp", clock.instant().minus(Duration.ofMinutes(70)).toString());
    check(Amazon.signed(fields));
  }

  @Test
  void sha1IsRefusedUnlessItIsAllowed() {
    fields.put("SignatureVersion", "1");
    Map<String, String> signed = Amazon.signed(fields, Amazon.SIGNER.key(), "SHA1withRSA");
    refused(signed, "SignatureVersion to 2");
    isVersion1Allowed = true;
    check(signed);
    signed.put("SignatureVersion", "2");
    refused(signed, "does not sign");
  }

  @Test
  void aCertificateThatCannotBeFetchedIsTriedAgainWithAMessageAMinuteLater() {
    // Given
    amazon.remove(Amazon.ISSUER_PLACE);
    // When
    for (int i = 0; i < 3; i++) {
      assertThatExceptionOfType(ProblemException.class)
          .isThrownBy(() -> check(Amazon.signed(fields)))
          .satisfies(e -> assertThat(e.problem().status()).isEqualTo(503));
    }
    // Then
    assertThat(amazon.fetched()).hasSize(2);
    // When
    amazon.serve(Amazon.ISSUER_PLACE, Amazon.der(Amazon.ISSUER.certificate()));
    now.updateAndGet(then -> then.plusSeconds(61));
    // Then
    check(Amazon.signed(fields));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "arn:aws:sns:eu-west-1:123456789012:", "arn:aws:sqs:eu-west-1:123456789012:x",
        "arn:aws:sns:evil.example/:123456789012:x", "arn:aws:sns:eu-west-1:123456789012:x\n"
      })
  void aTopicIsAnArnOfSns(String arn) {
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> new TopicArn(arn))
        .withMessageContaining("arn:aws:sns:");
  }

  @Test
  void chinaHasADomainOfItsOwn() {
    TopicArn topic = new TopicArn("arn:aws-cn:sns:cn-north-1:123456789012:x");
    assertThat(topic.host()).isEqualTo("sns.cn-north-1.amazonaws.com.cn");
    assertThat(topic.signers()).contains("sns-cn-north-1.amazonaws.com.cn");
  }

  private void refusedAs(Authority signer, String why) {
    amazon.serve(Amazon.PLACE, Amazon.pem(signer.certificate()));
    refused(Amazon.signed(fields, signer.key(), "SHA256withRSA"), why);
  }

  private void refused(Map<String, String> message, String why) {
    assertThatExceptionOfType(ProblemException.class)
        .isThrownBy(() -> check(message))
        .satisfies(e -> assertThat(e.problem().type()).isEqualTo(ProblemType.FORBIDDEN.uri()))
        .withMessageContaining(why);
  }

  private void check(Map<String, String> message) {
    try {
      new SnsSignature(certificates, new Settings(isVersion1Allowed), clock)
          .check(SnsMessage.of(new ObjectMapper().readTree(Amazon.posted(message))), TOPIC);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
