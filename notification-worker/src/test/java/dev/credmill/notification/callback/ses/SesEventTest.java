package dev.credmill.notification.callback.ses;

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

/** The shapes are those of Amazon's documentation. */
class SesEventTest {
  private static final UUID MESSAGE = UUID.fromString("0123abcd-0123-abcd-0123-abcd0123abcd");
  private static final Instant NOW = Instant.parse("2026-11-23T10:00:05Z");
  private static final String AT = "2026-11-23T10:00:01.237Z";
  private static final String NAMED =
      "\"commonHeaders\": {\"messageId\": \"<0123abcd0123abcd0123abcd0123abcd@example.org>\"}";

  @ParameterizedTest
  @ValueSource(
      strings = {
        NAMED,
        "\"source\": \"bounces+0123abcd0123abcd0123abcd0123abcd@example.org\"",
        "\"headers\": [{\"name\": \"From\", \"value\": \"x\"}, {\"name\": \"message-id\", \"value\": \"<0123abcd0123abcd0123abcd0123abcd@example.org>\"}]"
      })
  void theMessageIsNamedByItsHeadersOrItsReturnPath(String mail) {
    assertThat(report("Delivery", mail, "\"delivery\": {\"timestamp\": \"%s\"}".formatted(AT)))
        .contains(new Report.Delivered(MESSAGE, Instant.parse(AT)));
  }

  @Test
  void feedbackNotificationsSayTheSameAsPublishedEvents() {
    assertThat(
            read(
                """
                {"notificationType": "Delivery", "mail": {%s}, "delivery": {"timestamp": "%s",
                 "processingTimeMillis": 546, "smtpResponse": "250 ok: Message 64111812 accepted"}}
                """
                    .formatted(NAMED, AT)))
        .contains(new Report.Delivered(MESSAGE, Instant.parse(AT)));
  }

  @ParameterizedTest
  @CsvSource({
    "Permanent, General, 5.1.1, smtp; 550 5.1.1 <x>: User unknown, true",
    "Permanent, NoEmail, , , true",
    "Permanent, General, 5.7.1, smtp; 550 5.7.1 Message rejected by policy, false",
    "Permanent, General, , smtp; 554 rejected as spam, false",
    "Permanent, OnAccountSuppressionList, 5.1.1, Amazon SES did not send the message, true",
    "Permanent, Suppressed, , , true",
    "Transient, MailboxFull, 5.2.2, smtp; 552 5.2.2 mailbox full, false",
    "Transient, General, , , false",
    "Transient, General, 5.1.1, smtp; 550 5.1.1 no such user, true",
    "Undetermined, Undetermined, , , false"
  })
  void aBounceIsOfTheAddressWhereItsCodeSaysSoOrElseAmazon(
      String type, String subType, String status, String diagnostic, boolean isLasting) {
    String recipient =
        "{\"emailAddress\": \"ada@example.net\""
            + (status == null ? "" : ", \"status\": \"" + status + "\"")
            + (diagnostic == null ? "" : ", \"diagnosticCode\": \"" + diagnostic + "\"")
            + "}";
    Report.Bounced bounced =
        (Report.Bounced)
            report(
                    "Bounce",
                    NAMED,
                    "\"bounce\": {\"bounceType\": \"%s\", \"bounceSubType\": \"%s\", \"timestamp\": \"%s\", \"bouncedRecipients\": [%s]}"
                        .formatted(type, subType, AT, recipient))
                .orElseThrow();
    assertThat(bounced.lasting()).isEqualTo(isLasting);
    assertThat(bounced.at()).isEqualTo(Instant.parse(AT));
    assertThat(bounced.words()).isNotBlank().doesNotStartWith("smtp;");
  }

  @Test
  void aComplaintIsOneWhateverItIsCalled() {
    assertThat(complaint("\"complaintFeedbackType\": \"abuse\"").orElseThrow())
        .isEqualTo(new Report.Complained(MESSAGE, Instant.parse(AT), "abuse"));
    assertThat(complaint("\"complaintSubType\": null").orElseThrow())
        .isInstanceOf(Report.Complained.class);
  }

  @Test
  void praiseIsNone() {
    assertThat(complaint("\"complaintFeedbackType\": \"not-spam\"")).isEmpty();
  }

  @Test
  void whatAmazonDidNotSendSinceSomebodyComplainedBeforeCameBack() {
    assertThat(complaint("\"complaintSubType\": \"OnAccountSuppressionList\"").orElseThrow())
        .isInstanceOfSatisfying(
            Report.Bounced.class, bounced -> assertThat(bounced.lasting()).isTrue());
  }

  @Test
  void whatAmazonRejectsMayBeSentOnceMore() {
    assertThat(report("Reject", NAMED, "\"reject\": {\"reason\": \"Bad content\"}"))
        .contains(
            new Report.Bounced(MESSAGE, NOW, "Amazon SES has rejected it: Bad content", false));
  }

  @ParameterizedTest
  @ValueSource(strings = {"DeliveryDelay", "Send", "Open", "Click", "Subscription", ""})
  void whatIsStillUnderWayOrOfNoInterestSaysNothing(String kind) {
    assertThat(report(kind, NAMED, "\"deliveryDelay\": {\"delayType\": \"MailboxFull\"}"))
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "[]",
        "7",
        "{\"eventType\": \"Delivery\"}",
        "{\"eventType\": {\"a\": 1}, \"mail\": []}",
        "{\"eventType\": \"Bounce\", \"mail\": {\"source\": \"john@example.com\", \"headers\": 3}}"
      })
  void whatNamesNoMessageOfOursSaysNothing(String event) {
    assertThat(read(event)).isEmpty();
  }

  private static Optional<Report> complaint(String members) {
    return report(
        "Complaint",
        NAMED,
        "\"complaint\": {\"complainedRecipients\": [{\"emailAddress\": \"ada@example.net\"}], \"timestamp\": \"%s\", %s}"
            .formatted(AT, members));
  }

  private static Optional<Report> report(String kind, String mail, String rest) {
    return read("{\"eventType\": \"%s\", \"mail\": {%s}, %s}".formatted(kind, mail, rest));
  }

  private static Optional<Report> read(String event) {
    try {
      return SesEvent.report(new ObjectMapper().readTree(event), NOW);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
