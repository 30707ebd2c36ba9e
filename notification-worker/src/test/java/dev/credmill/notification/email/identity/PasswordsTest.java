package dev.credmill.notification.email.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.credmill.contracts.problem.ProblemException;
import dev.credmill.contracts.problem.ProblemType;
import dev.credmill.notification.NamesForTests;
import jakarta.mail.MessagingException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordsTest {
  private static final String NAME = "sender-identity/acme/imap/imap.acme.example.com/ada";
  private static final String NO_KEY = "";
  private static final String ANOTHER_KEY = "AQECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

  @Test
  void whatWasSealedIsOpened() throws Exception {
    Passwords passwords = new Passwords(NamesForTests.config());
    assertThat(passwords.open(passwords.seal("secret", NAME))).isEqualTo("secret");
  }

  @ParameterizedTest
  @ValueSource(strings = {NO_KEY, ANOTHER_KEY})
  void oneThatCannotBeOpenedIsToBeEnteredAgainAndNamesNobody(String key) {
    // Given
    SealedPassword sealed = new Passwords(NamesForTests.config()).seal("secret", NAME);
    // Then
    assertThatThrownBy(() -> passwords(key).open(sealed))
        .isInstanceOf(MessagingException.class)
        .hasMessageContaining("PUT /v1/sender-identity")
        .hasMessageNotContaining("ada")
        .hasMessageNotContaining("master")
        .hasNoCause();
  }

  @Test
  void withoutAKeyNoneIsKept() {
    assertThatThrownBy(() -> passwords(NO_KEY).seal("secret", NAME))
        .isInstanceOfSatisfying(
            ProblemException.class,
            e -> assertThat(e.problem().type()).isEqualTo(ProblemType.CONFLICT.uri()))
        .hasMessageContaining("notification.master-key");
  }

  private static Passwords passwords(String key) {
    return new Passwords(NamesForTests.config("notification.master-key", key));
  }
}
