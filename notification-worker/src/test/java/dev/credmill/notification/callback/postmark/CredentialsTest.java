package dev.credmill.notification.callback.postmark;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CredentialsTest {
  private static final String PASSWORD = "0b1c2d3e4f5061728394a5b6c7d8e9f0";
  private final Credentials credentials = Credentials.of("credmill", PASSWORD);

  @Test
  void theyAreThoseThatWereEntered() {
    assertThat(credentials.areIn(basic("credmill:" + PASSWORD))).isTrue();
    assertThat(credentials.areIn(basic("credmill:" + PASSWORD).replace("Basic", "basic"))).isTrue();
  }

  @Test
  void anyOthersAreNot() {
    assertThat(credentials.areIn(null)).isFalse();
    assertThat(credentials.areIn("")).isFalse();
    assertThat(credentials.areIn("Basic")).isFalse();
    assertThat(credentials.areIn("Basic %%%")).isFalse();
    assertThat(credentials.areIn(basic("credmill"))).isFalse();
    assertThat(credentials.areIn(basic("credmill:"))).isFalse();
    assertThat(credentials.areIn(basic("Credmill:" + PASSWORD))).isFalse();
    assertThat(credentials.areIn(basic("credmill:" + PASSWORD + "0"))).isFalse();
    assertThat(credentials.areIn(basic("credmill:" + credentials.hash()))).isFalse();
    assertThat(credentials.areIn("Bearer " + PASSWORD)).isFalse();
  }

  @Test
  void thePasswordIsNotKept() {
    assertThat(credentials.hash()).hasSize(64).isNotEqualTo(PASSWORD);
    assertThat(Credentials.of("credmill", PASSWORD).hash()).isNotEqualTo(credentials.hash());
    assertThat(credentials).hasToString("credmill");
  }

  @ParameterizedTest
  @CsvSource({
    "'', 0b1c2d3e4f5061728394a5b6c7d8e9f0",
    "a:b, 0b1c2d3e4f5061728394a5b6c7d8e9f0",
    "credmill, short",
    "credmill, aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
    "credmill, 0b1c2d3e4f5061728394a5b6c7d8 e9f0"
  })
  void whatCannotStandInAnAddressOrIsEasilyGuessedIsRefused(String user, String password) {
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> Credentials.of(user, password))
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain(password));
  }

  private static String basic(String credentials) {
    return "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(UTF_8));
  }
}
