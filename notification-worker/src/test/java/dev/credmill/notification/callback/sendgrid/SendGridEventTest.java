package dev.credmill.notification.callback.sendgrid;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.credmill.notification.delivery.Report;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The shapes are those of SendGrid's documentation. */
class SendGridEventTest {
  private static final UUID MESSAGE = UUID.fromString("0123abcd-0123-abcd-0123-abcd0123abcd");
  private static final Instant NOW = Instant.parse("2026-11-23T10:00:05Z");
  private static final Instant AT = NOW.minusSeconds(4);
  private static final String NAMED =
      "\"credmill\": \"0123abcd0123abcd0123abcd0123abcd\", \"smtp-id\": \"<14c5d75ce93.dfd.64b469@ismtpd-555>\"";

  @ParameterizedTest
  @ValueSource(strings = {NAMED, "\"smtp-id\": \"<0123abcd0123abcd0123abcd0123abcd@example.org>\""})
  void theMessageIsNamedByItsArgumentOrItsMessageId(String named) {
    assertThat(report("delivered", named + ", \"response\": \"250 OK\""))
        .contains(new Report.Delivered(MESSAGE, AT));
  }

  @ParameterizedTest
  @CsvSource({
    "bounce, bounce, 5.1.1, 550 5.1.1 The account does not exist, true",
    "bounce, bounce, 5.0.0, 500 unknown recipient, true",
    "bounce, bounce, '', '', true",
    "bounce, bounce, 5.2.2, 552 5.2.2 mailbox full, false",
    "bounce, blocked, 5.7.1, 550 5.7.1 blocked by a list, false",
    "bounce, blocked, '', 421 try later, false",
    "blocked, '', '', '', false"
  })
  void aBounceIsOfTheAddressWhereItsCodeSaysSoOrElseSendGrid(
      String event, String type, String status, String reason, boolean isLasting) {
    assertThat(
            report(
                    event,
                    "%s, \"type\": \"%s\", \"status\": \"%s\", \"reason\": \"%s\""
                        .formatted(NAMED, type, status, reason))
                .orElseThrow())
        .isInstanceOfSatisfying(
            Report.Bounced.class,
            bounced -> {
              assertThat(bounced.lasting()).isEqualTo(isLasting);
              assertThat(bounced.at()).isEqualTo(AT);
            });
  }

  @ParameterizedTest
  @CsvSource({
    "Bounced Address, true",
    "Invalid, true",
    "Spam Reporting Address, true",
    "Unsubscribed Address, true",
    "Invalid SMTPAPI header, false",
    "Recipient List over Package Quota, false",
    "Spam Content, false"
  })
  void whatIsDroppedIsOfTheAddressWhereItIsInAListOfSendGrids(String reason, boolean isLasting) {
    assertThat(report("dropped", NAMED + ", \"reason\": \"%s\"".formatted(reason)))
        .contains(new Report.Bounced(MESSAGE, AT, "SendGrid has dropped it: " + reason, isLasting));
  }

  @Test
  void aSpamReportIsAComplaint() {
    assertThat(report("spamreport", NAMED).orElseThrow()).isInstanceOf(Report.Complained.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"processed", "deferred", "open", "click", "group_resubscribe", ""})
  void whatIsStillUnderWayOrOfNoInterestSaysNothing(String event) {
    assertThat(report(event, NAMED)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "null",
        "7",
        "[]",
        "{\"event\": \"delivered\", \"smtp-id\": \"<14c5d75ce93.dfd.64b469@ismtpd-555>\"}",
        "{\"event\": \"delivered\", \"credmill\": [1]}"
      })
  void whatNamesNoMessageOfOursSaysNothing(String event) {
    assertThat(read(event)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"1795428001000", "-1", "\"soon\"", "null", "999999999999999"})
  void aTimeThatCannotBeIsTakenForNow(String time) {
    assertThat(read("{\"event\": \"delivered\", \"timestamp\": %s, %s}".formatted(time, NAMED)))
        .contains(new Report.Delivered(MESSAGE, NOW));
  }

  private static Optional<Report> report(String event, String members) {
    return read(
        "{\"email\": \"ada@example.net\", \"timestamp\": %d, \"event\": \"%s\", %s}"
            .formatted(AT.getEpochSecond(), event, members));
  }

  private static Optional<Report> read(String event) {
    try {
      return SendGridEvent.report(new ObjectMapper().readTree(event), NOW);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
