package dev.credmill.notification.callback.postmark;

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

/** The shapes are those of Postmark's documentation. */
class PostmarkEventTest {
  private static final UUID MESSAGE = UUID.fromString("0123abcd-0123-abcd-0123-abcd0123abcd");
  private static final Instant NOW = Instant.parse("2026-11-23T10:00:05Z");

  @Test
  void aDeliveryHasItsTimeToTheTenMillionth() {
    assertThat(
            report(
                "\"RecordType\": \"Delivery\", \"DeliveredAt\": \"2026-11-23T05:00:01.9070259-05:00\", \"Details\": \"250 2.0.0 OK\""))
        .contains(new Report.Delivered(MESSAGE, Instant.parse("2026-11-23T10:00:01.9070259Z")));
  }

  @ParameterizedTest
  @CsvSource({
    "HardBounce, smtp;550 5.1.1 The account does not exist, true",
    "HardBounce, test bounce, true",
    "HardBounce, smtp;550 5.7.1 policy, false",
    "BadEmailAddress, '', true",
    "ManuallyDeactivated, '', true",
    "SoftBounce, smtp;552 5.2.2 mailbox full, false",
    "SoftBounce, '', false",
    "SoftBounce, smtp;550 5.2.1 account disabled, true",
    "Blocked, smtp;554 5.7.1 ISP block, false",
    "SpamNotification, '', false",
    "DnsError, '', false",
    "SomethingNew, '', false"
  })
  void aBounceIsOfTheAddressWhereItsCodeSaysSoOrElsePostmark(
      String type, String details, boolean isLasting) {
    Report.Bounced bounced = (Report.Bounced) bounce(type, details).orElseThrow();
    assertThat(bounced.lasting()).isEqualTo(isLasting);
    assertThat(bounced.at()).isEqualTo(Instant.parse("2026-11-23T10:00:01Z"));
    assertThat(bounced.words()).isNotBlank().doesNotStartWith("smtp;");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Transient", "AutoResponder", "AddressChange", "Subscribe"})
  void whatIsStillUnderWayOrAnAnswerIsNoBounce(String type) {
    assertThat(bounce(type, "")).isEmpty();
  }

  @Test
  void aComplaintMayComeAsARecordOrAsABounce() {
    assertThat(report("\"RecordType\": \"SpamComplaint\", \"Type\": \"SpamComplaint\""))
        .contains(new Report.Complained(MESSAGE, NOW, "spam complaint at Postmark"));
    assertThat(bounce("SpamComplaint", "").orElseThrow()).isInstanceOf(Report.Complained.class);
    assertThat(bounce("Unsubscribe", "").orElseThrow()).isInstanceOf(Report.Complained.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"SubscriptionChange", "Open", "Click", ""})
  void otherRecordsSayNothing(String type) {
    assertThat(report("\"RecordType\": \"%s\"".formatted(type))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"RecordType\": \"Delivery\", \"MessageID\": \"883953f4-6105-42a2-a16a-77a8eac79483\"}",
        "{\"RecordType\": \"Delivery\", \"Metadata\": {\"credmill\": \"x\"}}",
        "{\"RecordType\": \"Delivery\", \"Metadata\": {\"credmill\": {}}}",
        "{\"RecordType\": \"Delivery\", \"Metadata\": []}"
      })
  void whatNamesNoMessageOfOursSaysNothing(String event) {
    assertThat(read(event)).isEmpty();
  }

  private static Optional<Report> bounce(String type, String details) {
    return report(
        "\"RecordType\": \"Bounce\", \"Type\": \"%s\", \"Details\": \"%s\", \"BouncedAt\": \"2026-11-23T10:00:01Z\""
            .formatted(type, details));
  }

  private static Optional<Report> report(String members) {
    return read(
        "{%s, \"Metadata\": {\"a\": \"b\", \"Credmill\": \"0123abcd0123abcd0123abcd0123abcd\"}}"
            .formatted(members));
  }

  private static Optional<Report> read(String event) {
    try {
      return PostmarkEvent.report(new ObjectMapper().readTree(event), NOW);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
