package dev.credmill.notification.callback.sendgrid;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VerificationKeyTest {
  /** The example that SendGrid's own libraries are tested with. */
  private static final String KEY =
      "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEEDr2LjtURuePQzplybdC+u4CwrqDqBaWjcMMsTbhdbcwHBcepxo7yAQGhHPTnlvFYPAZFceEu/1FwCM/QmGUhA==";

  private static final String SIGNATURE =
      "MEUCIQCtIHJeH93Y+qpYeWrySphQgpNGNr/U+UyUlBkU6n7RAwIgJTz2C+8a8xonZGi6BpSzoQsbVRamr2nlxFDWYNH2j/0=";
  private static final String TIMESTAMP = "1588788367";
  private static final String BODY =
      "{\"category\":\"example_payload\",\"event\":\"test_event\",\"message_id\":\"message_id\"}";

  @Test
  void itVerifiesWhatSendGridSigns() {
    assertThat(verifies(KEY, SIGNATURE, TIMESTAMP, BODY)).isTrue();
  }

  @Test
  void anotherBodyTimestampKeyOrSignatureIsNotVerified() {
    assertThat(verifies(KEY, SIGNATURE, TIMESTAMP, BODY + " ")).isFalse();
    assertThat(verifies(KEY, SIGNATURE, "1588788368", BODY)).isFalse();
    assertThat(verifies(SignedEvents.PUBLIC_KEY, SIGNATURE, TIMESTAMP, BODY)).isFalse();
    assertThat(verifies(KEY, "MEUCIQ==", TIMESTAMP, BODY)).isFalse();
    assertThat(verifies(KEY, "no base64", TIMESTAMP, BODY)).isFalse();
  }

  @Test
  void aKeyMayBePastedWithItsLines() {
    assertThat(
            new VerificationKey(
                    "-----BEGIN PUBLIC KEY-----\n%s\n-----END PUBLIC KEY-----\n".formatted(KEY))
                .base64())
        .isEqualTo(KEY);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE"})
  void whatIsNoKeyIsRefused(String text) {
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> new VerificationKey(text))
        .withMessageContaining("publicKey");
  }

  private static boolean verifies(String key, String signature, String timestamp, String body) {
    return new VerificationKey(key).verifies(signature, timestamp, body.getBytes(UTF_8));
  }
}
