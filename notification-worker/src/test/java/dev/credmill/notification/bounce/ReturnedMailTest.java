package dev.credmill.notification.bounce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.credmill.notification.delivery.MaskedWords;
import dev.credmill.notification.delivery.Report;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Properties;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ReturnedMailTest {
  private static final UUID MESSAGE = UUID.fromString("0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0");
  private static final Instant AT = Instant.parse("2026-11-23T10:00:05Z");

  static Stream<Arguments> unknownUsers() {
    return Stream.of(
        arguments(
            "Postfix",
            Returned.postfix(
                MESSAGE,
                "5.1.1",
                "550 5.1.1 <ada@example.net>: Recipient address rejected: User unknown")),
        arguments("Exim", Returned.exim(MESSAGE, "550 No such user here")),
        arguments("Exim with a code", Returned.exim(MESSAGE, "550 5.1.1 Go away")),
        arguments("Sendmail", Returned.sendmail(MESSAGE)),
        arguments("Exchange", Returned.exchange(MESSAGE)),
        arguments("Gmail", Returned.gmail(MESSAGE)),
        arguments("qmail", Returned.qmail(MESSAGE)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("unknownUsers")
  void anAddressThatDoesNotExistBouncesForGood(String system, String mail) throws Exception {
    // When
    Optional<Report> report = read(mail);
    // Then
    assertThat(report)
        .hasValueSatisfying(
            one -> {
              assertThat(one.message()).isEqualTo(MESSAGE);
              assertThat(one).isInstanceOf(Report.Bounced.class);
              assertThat(((Report.Bounced) one).lasting()).isTrue();
              assertThat(((Report.Bounced) one).words()).isNotBlank();
            });
  }

  @ParameterizedTest
  @CsvSource({
    "4.2.2, 452 4.2.2 The recipient's inbox is out of storage space",
    "5.2.2, 552 5.2.2 Mailbox full",
    "5.7.1, 550 5.7.1 Message rejected as spam",
    "4.4.7, 451 4.4.7 delivery time expired",
    "5.3.4, 552 5.3.4 Message too big",
    "5.0.0, 554 Transaction failed",
    "5.0.0, 550 Sender address rejected: Domain not found",
    "5.0.0, 554 Recipient address rejected: blocked using a block list",
    "5.1.0, 550 5.1.0 sender rejected",
    "5.1.8, 501 5.1.8 Domain of sender address does not exist"
  })
  void whatIsNoFaultOfTheAddressIsAPassingBounce(String status, String diagnostic)
      throws Exception {
    // When
    Optional<Report> report = read(Returned.postfix(MESSAGE, status, diagnostic));
    // Then
    assertThat(report).containsInstanceOf(Report.Bounced.class);
    assertThat(((Report.Bounced) report.get()).lasting()).isFalse();
    assertThat(((Report.Bounced) report.get()).words()).contains(diagnostic);
  }

  @Test
  void aServerThatStillTriesSaysNothing() throws Exception {
    assertThat(read(Returned.postfixThatStillTries(MESSAGE))).isEmpty();
  }

  @Test
  void aServerThatStillTriesAndSaysSoInALetterSaysNothing() throws Exception {
    assertThat(read(Returned.delayLetter(MESSAGE))).isEmpty();
  }

  @Test
  void whatHasNoEndIsReadNoFurtherThanItMatters() {
    // Given
    String endless =
        Returned.postfix(MESSAGE, "5.1.1", "550 " + "a".repeat(300_000)).substring(0, 250_000);
    String empty =
        Returned.postfix(MESSAGE, "5.1.1", "550 no").replace("Action", "\r\n".repeat(100_000));
    // Then
    assertTimeoutPreemptively(
        Duration.ofSeconds(20),
        () -> {
          read(endless);
          read(empty);
          MaskedWords.of("a".repeat(2_000_000), "ada@example.net");
        });
  }

  @Test
  void aServerThatHasDeliveredSaysSo() throws Exception {
    assertThat(read(Returned.postfixThatHasDelivered(MESSAGE)))
        .contains(new Report.Delivered(MESSAGE, AT));
  }

  @Test
  void whoCallsAMessageUnwantedComplains() throws Exception {
    assertThat(read(Returned.complaint(MESSAGE, "abuse")))
        .contains(new Report.Complained(MESSAGE, AT, "abuse"));
  }

  @Test
  void whoSaysThatAMessageIsWantedDoesNot() throws Exception {
    assertThat(read(Returned.complaint(MESSAGE, "not-spam"))).isEmpty();
  }

  @Test
  void whoIsAwayHasGotTheMessage() throws Exception {
    assertThat(read(Returned.awayNote(MESSAGE))).isEmpty();
  }

  @Test
  void whatNamesNoMessageOfOursIsPassedOver() throws Exception {
    String mail =
        Returned.sendmail(MESSAGE).replace(MESSAGE.toString().replace("-", ""), "somebody");
    assertThat(read(mail)).isEmpty();
  }

  private static Optional<Report> read(String mail) throws Exception {
    return new ReturnedMail(
            new MimeMessage(
                Session.getInstance(new Properties()),
                new ByteArrayInputStream(mail.getBytes(StandardCharsets.UTF_8))),
            AT)
        .report();
  }
}
