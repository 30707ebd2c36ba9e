package dev.credmill.notification.sms.twilio;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SignatureTest {
  /** The example of Twilio's documentation on webhook security. */
  private static final String URL = "https://mycompany.com/myapp.php?foo=1&bar=2";

  private static final String TOKEN = "12345";
  private static final String SIGNATURE = "RSOYDt4T1cUTdK1PDd93/VVr8B8=";
  private static final Map<String, List<String>> PARAMETERS =
      Map.of(
          "CallSid", List.of("CA1234567890ABCDE"),
          "Caller", List.of("+14158675309"),
          "Digits", List.of("1234"),
          "From", List.of("+14158675309"),
          "To", List.of("+18005551212"));

  @Test
  void itIsTheOneThatTwilioComputes() {
    assertThat(Signature.of(TOKEN, URL, PARAMETERS)).isEqualTo(SIGNATURE);
    assertThat(Signature.isValid(SIGNATURE, TOKEN, URL, PARAMETERS)).isTrue();
  }

  @Test
  void anotherTokenAddressOrParameterMakesAnotherOne() {
    assertThat(Signature.isValid(SIGNATURE, "12346", URL, PARAMETERS)).isFalse();
    assertThat(Signature.isValid(SIGNATURE, TOKEN, URL + "3", PARAMETERS)).isFalse();
    assertThat(Signature.isValid(SIGNATURE, TOKEN, URL, Map.of())).isFalse();
    assertThat(Signature.isValid(null, TOKEN, URL, PARAMETERS)).isFalse();
  }

  @Test
  void thePortOfASecureAddressMayBeLeftOut() {
    assertThat(
            Signature.isValid(
                SIGNATURE, TOKEN, "https://mycompany.com:8443/myapp.php?foo=1&bar=2", PARAMETERS))
        .isTrue();
  }
}
