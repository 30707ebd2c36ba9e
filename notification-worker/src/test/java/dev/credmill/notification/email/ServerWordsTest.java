package dev.credmill.notification.email;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.credmill.notification.delivery.Attempt;
import dev.credmill.notification.delivery.MaskedWords;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ServerWordsTest {
  private static final String CONTACT = "Ada.Lovelace@example.com";

  @ParameterizedTest
  @CsvSource({
    "'550 5.1.1 <ada.lovelace@example.com>... User unknown', '550 5.1.1 <(address)>... User unknown'",
    "'550 mailbox Ada.Lovelace not found', '550 mailbox (address) not found'",
    "'550 forwarded to other@example.org failed', '550 forwarded to (address) failed'",
    "'552 5.2.2 quota exceeded', '552 5.2.2 quota exceeded'"
  })
  void theServersWordsAreKeptWithoutTheAddress(String said, String kept) {
    assertThat(MaskedWords.of(said, CONTACT)).isEqualTo(kept);
  }

  @Test
  void anAnswerAboutTheMessageEndsOrPostponesIt() {
    assertThat(ServerWords.attempt(550, "550 no such user", CONTACT))
        .isEqualTo(new Attempt.Refused("550 no such user"));
    assertThat(ServerWords.attempt(451, "451 later", CONTACT))
        .isEqualTo(new Attempt.Postponed("451 later"));
  }

  @Test
  void anAnswerAboutTheServerEndsNoMessage() {
    assertThat(ServerWords.attempt(421, "421 closing", CONTACT))
        .isEqualTo(new Attempt.Unreachable("421 closing"));
    assertThat(ServerWords.attempt(530, "530 5.7.0 log in first", CONTACT))
        .isEqualTo(new Attempt.Unreachable("530 5.7.0 log in first"));
  }

  @ParameterizedTest
  @MethodSource("failures")
  void withoutAConnectionNothingWasSent(MessagingException failure, String words) {
    assertThat(ServerWords.notConnected(failure, CONTACT))
        .isEqualTo(new Attempt.Unreachable(words));
  }

  static Stream<Arguments> failures() {
    return Stream.of(
        arguments(
            new MessagingException("x", new UnknownHostException("mail.example")),
            "The mail server has no address"),
        arguments(
            new MessagingException("x", new ConnectException("refused")),
            "The mail server does not take connections"),
        arguments(
            new MessagingException("x", new SocketTimeoutException()),
            "The mail server did not answer in time"),
        arguments(
            new AuthenticationFailedException("535 5.7.8 no"),
            "The mail server cannot be worked with: 535 5.7.8 no"));
  }
}
