package dev.credmill.notification.email;

import static org.assertj.core.api.Assertions.assertThat;

import dev.credmill.notification.delivery.Attempt;
import io.vertx.ext.mail.SMTPException;
import java.io.IOException;
import java.net.ConnectException;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
    assertThat(ServerWords.masked(said, CONTACT)).isEqualTo(kept);
  }

  @Test
  void anAnswerAboutTheMessageEndsOrPostponesIt() {
    assertThat(ServerWords.attempt(smtp("recipient address not accepted", 550), CONTACT))
        .isInstanceOf(Attempt.Refused.class);
    assertThat(ServerWords.attempt(smtp("sending data failed", 451), CONTACT))
        .isInstanceOf(Attempt.Postponed.class);
  }

  @Test
  void anAnswerAboutTheServerEndsNoMessage() {
    assertThat(ServerWords.attempt(smtp("AUTH PLAIN failed", 535), CONTACT))
        .isInstanceOf(Attempt.Unreachable.class);
    assertThat(ServerWords.attempt(smtp("sending data failed", 421), CONTACT))
        .isInstanceOf(Attempt.Unreachable.class);
    assertThat(
            ServerWords.attempt(new CompletionException(new ConnectException("refused")), CONTACT))
        .isInstanceOf(Attempt.Unreachable.class);
  }

  @Test
  void aBrokenConnectionLeavesTheOutcomeUnknown() {
    assertThat(ServerWords.attempt(new IOException("reset by peer"), CONTACT))
        .isEqualTo(new Attempt.Uncertain("The connection to the mail server broke", false));
    assertThat(ServerWords.attempt(new TimeoutException(), CONTACT))
        .isEqualTo(new Attempt.Uncertain("The mail server did not answer in time", true));
  }

  private static SMTPException smtp(String stage, int code) {
    return new SMTPException(stage, code, List.of(code + " words"), false);
  }
}
