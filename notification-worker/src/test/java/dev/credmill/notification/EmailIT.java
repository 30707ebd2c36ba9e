package dev.credmill.notification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.credmill.backing.BackingTestResource;
import dev.credmill.backing.Mailbox;
import dev.credmill.contracts.event.DeliveryOutcome;
import dev.credmill.contracts.event.DeliveryRequested;
import dev.credmill.contracts.event.DeliveryStatus;
import dev.credmill.contracts.event.EventPublisher;
import dev.credmill.contracts.event.Medium;
import dev.credmill.contracts.id.BatchId;
import dev.credmill.contracts.id.RowId;
import dev.credmill.notification.sms.SmsMessages;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import jakarta.mail.Address;
import jakarta.mail.BodyPart;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(BackingTestResource.class)
@WithTestResource(MailboxTestResource.class)
class EmailIT {
  Mailbox mailbox;
  @Inject EventPublisher publisher;
  @Inject Outcomes outcomes;
  @Inject DeliveryTable table;
  @Inject SmsMessages smsMessages;

  @Test
  void aRequestBecomesOneMessageWithTheLinkInTextAndHtml() throws Exception {
    // Given
    RowId row = Requests.row();
    // When
    publisher.publish(List.of(Requests.email(row, "ada@example.com", "Адa 李 Ó'Neill <b>")));
    DeliveryOutcome outcome = outcomes.of(row, 1).getFirst();
    // Then
    assertThat(outcome.status()).isEqualTo(DeliveryStatus.SENT);
    assertThat(outcome.problem()).isNull();
    MimeMessage message = only("ada@example.com");
    assertThat(message.getSubject()).isEqualTo("Your diploma 🎓 from Universität \"Acme\" 学");
    InternetAddress from = (InternetAddress) message.getFrom()[0];
    assertThat(from.getPersonal()).isEqualTo("Universität \"Acme\" 学");
    assertThat(from.getAddress()).isEqualTo("no-reply@credentials.example.org");
    assertThat(message.getAllRecipients())
        .extracting(Address::toString)
        .containsExactly("ada@example.com");
    assertThat(message.getHeader("Auto-Submitted")).containsExactly("auto-generated");
    assertThat(message.getHeader("Message-ID")).hasSize(1);
    assertThat(message.getMessageID()).matches("<[0-9a-f]{32}@credentials\\.example\\.org>");
    assertThat(message.isMimeType("multipart/alternative")).isTrue();
    assertThat(part(message, 0).isMimeType("text/plain")).isTrue();
    assertThat(part(message, 0).getContent().toString())
        .contains(
            "Hello Адa 李 Ó'Neill <b>,",
            "Your diploma 🎓",
            "With honours & <joy>.",
            "\r\n" + Requests.LINK + "\r\n");
    assertThat(part(message, 1).isMimeType("text/html")).isTrue();
    assertThat(part(message, 1).getContent().toString())
        .contains(
            "Ó&#39;Neill &lt;b&gt;",
            "href=\"" + Requests.LINK + "\"",
            "With honours &amp; &lt;joy&gt;.")
        .doesNotContain("<b>", "<joy>");
  }

  @Test
  void aNameCannotAddHeadersOrLines() throws Exception {
    // Given
    RowId row = Requests.row();
    String name = "Eve\r\nBcc: everybody@example.com\r\n\r\nBuy\u0007 this\u2028now";
    // When
    publisher.publish(List.of(Requests.email(row, "eve@example.com", name)));
    outcomes.of(row, 1);
    // Then
    MimeMessage message = only("eve@example.com");
    assertThat(message.getHeader("Bcc")).isNull();
    assertThat(message.getAllRecipients()).hasSize(1);
    assertThat(part(message, 0).getContent().toString().lines())
        .first()
        .isEqualTo("Hello Eve  Bcc: everybody@example.com    Buy  this now,");
  }

  @Test
  void aContactThatCannotBeOneFailsAndSaysSo() {
    // Given
    List<RowId> rows = List.of(Requests.row(), Requests.row(), Requests.row());
    // When
    publisher.publish(
        List.of(
            Requests.email(rows.get(0), "a@example.com>\r\nRCPT TO:<b@example.com", "A"),
            Requests.email(rows.get(1), "no address at all", "B"),
            Requests.email(rows.get(2), "", "C")));
    // Then
    for (RowId row : rows) {
      DeliveryOutcome outcome = outcomes.of(row, 1).getFirst();
      assertThat(outcome.status()).isEqualTo(DeliveryStatus.FAILED);
      assertThat(outcome.problem().detail()).isNotBlank().doesNotContain("example.com");
    }
  }

  @Test
  void anAddressInAnInternationalDomainIsReached() throws Exception {
    // Given
    RowId row = Requests.row();
    // When
    publisher.publish(List.of(Requests.email(row, "jo@bücher.example", "Jo")));
    // Then
    assertThat(outcomes.of(row, 1).getFirst().status()).isEqualTo(DeliveryStatus.SENT);
    assertThat(only("jo@xn--bcher-kva.example").getSubject()).isNotBlank();
  }

  @Test
  void aRedeliveredRequestSendsNothingTwice() {
    // Given
    RowId row = Requests.row();
    DeliveryRequested request = Requests.email(row, "twice@example.com", "Two");
    publisher.publish(List.of(request, request));
    outcomes.of(row, 1);
    // When
    RowId later = Requests.row();
    publisher.publish(List.of(request, request, Requests.email(later, "later@example.com", "L")));
    publisher.publish(List.of(request));
    outcomes.of(later, 1);
    // Then
    assertThat(received("twice@example.com")).hasSize(1);
    assertThat(table.read(row, "attempts")).isEqualTo("1");
  }

  @Test
  void whatAKilledProcessWasSendingIsSentAgainAsTheSameMessage() throws Exception {
    // Given
    RowId row = Requests.row();
    publisher.publish(List.of(Requests.email(row, "again@example.com", "Again")));
    outcomes.of(row, 1);
    // When the process died after the server took the message, before it recorded so
    table.update(
        row,
        "status = 'SENDING', settled_at = null, announced = false, due_at = now() - interval '1 s'");
    // Then
    outcomes.of(row, 2);
    List<Mailbox.Summary> copies = received("again@example.com");
    assertThat(copies).hasSize(2);
    assertThat(copies)
        .extracting(Mailbox.Summary::messageId)
        .containsOnly(copies.getFirst().messageId());
    assertThat(table.read(row, "status")).isEqualTo("SENT");
  }

  @Test
  void whatTwoKilledProcessesWereSendingIsNotSentAThirdTime() throws Exception {
    // Given
    RowId row = Requests.row();
    publisher.publish(List.of(Requests.email(row, "enough@example.com", "Enough")));
    outcomes.of(row, 1);
    // When a second process died with it too
    table.update(
        row,
        "status = 'SENDING', uncertain = 1, settled_at = null, announced = false, due_at = now() - interval '1 s'");
    // Then
    assertThat(outcomes.of(row, 2))
        .extracting(DeliveryOutcome::status)
        .containsExactlyInAnyOrder(DeliveryStatus.SENT, DeliveryStatus.FAILED);
    assertThat(received("enough@example.com")).hasSize(1);
    assertThat(table.read(row, "problem ->> 'detail'")).contains("may have arrived");
  }

  @Test
  void aLeaseThatHoldsIsLeftAlone() {
    // Given
    RowId row = Requests.row();
    publisher.publish(List.of(Requests.email(row, "leased@example.com", "Leased")));
    outcomes.of(row, 1);
    // When another instance has it
    table.update(row, "status = 'SENDING', settled_at = null, due_at = now() + interval '1 h'");
    RowId later = Requests.row();
    publisher.publish(List.of(Requests.email(later, "after-leased@example.com", "After")));
    outcomes.of(later, 1);
    // Then
    assertThat(received("leased@example.com")).hasSize(1);
    assertThat(table.read(row, "status")).isEqualTo("SENDING");
  }

  @Test
  void anOutcomeThatWasCommittedButNotPublishedIsPublished() {
    // Given
    RowId row = Requests.row();
    publisher.publish(List.of(Requests.email(row, "untold@example.com", "Untold")));
    outcomes.of(row, 1);
    await().until(() -> table.read(row, "announced").equals("true"));
    // When the process died between the commit and the publication
    table.update(row, "announced = false");
    // Then
    assertThat(outcomes.of(row, 2))
        .extracting(DeliveryOutcome::status)
        .containsOnly(DeliveryStatus.SENT);
    await().until(() -> table.read(row, "announced").equals("true"));
    assertThat(received("untold@example.com")).hasSize(1);
  }

  @Test
  void whoAsksAgainForASentMessageIsToldOnceMoreAndNothingIsSent() {
    // Given an outcome that Kafka lost
    RowId row = Requests.row();
    DeliveryRequested request = Requests.email(row, "once@example.com", "Once");
    publisher.publish(List.of(request));
    outcomes.of(row, 1);
    await().until(() -> table.read(row, "announced").equals("true"));
    // When it comes twice in one list
    publisher.publish(List.of(request, request));
    // Then
    assertThat(outcomes.of(row, 2))
        .extracting(DeliveryOutcome::status)
        .containsOnly(DeliveryStatus.SENT);
    await().until(() -> table.read(row, "announced").equals("true"));
    assertThat(received("once@example.com")).hasSize(1);
  }

  @Test
  void anOrganizationWithManyDoesNotHoldUpAnotherWithFew() {
    // Given
    BatchId many = BatchId.at(Instant.now());
    BatchId few = BatchId.at(Instant.now());
    List<DeliveryRequested> requests = new ArrayList<>();
    IntStream.range(2, 2002)
        .forEach(
            n ->
                requests.add(
                    Requests.email(new RowId(many, n), "many%d@example.com".formatted(n), "M")));
    IntStream.range(2, 12)
        .forEach(
            n ->
                requests.add(
                    Requests.request(
                        new RowId(few, n),
                        CatalogueInMemory.GLOBEX,
                        CatalogueInMemory.MEMBERSHIP,
                        Medium.EMAIL,
                        "few%d@example.com".formatted(n),
                        "F")));
    int before = mailbox.count();
    // When
    publisher.publish(requests);
    RowId last = new RowId(many, 2001);
    await()
        .atMost(Duration.ofSeconds(120))
        .until(() -> mailbox.count() >= before + requests.size());
    // Then
    List<Mailbox.Summary> arrivals =
        new ArrayList<>(mailbox.messages(100_000, Long.MAX_VALUE).reversed());
    arrivals.removeIf(
        summary -> !summary.to().startsWith("many") && !summary.to().startsWith("few"));
    assertThat(arrivals).hasSize(2010);
    int lastOfFew =
        arrivals.indexOf(
            arrivals.reversed().stream()
                .filter(s -> s.to().startsWith("few"))
                .findFirst()
                .orElseThrow());
    assertThat(lastOfFew).isLessThan(1700);
    assertThat(outcomes.of(last, 1)).hasSize(1);
  }

  @Test
  void aTextMessageIsKeptWhereItCanBeRead() {
    // Given
    RowId row = Requests.row();
    // When
    publisher.publish(List.of(Requests.sms(row, "+34600123456")));
    // Then
    assertThat(outcomes.of(row, 1).getFirst().status()).isEqualTo(DeliveryStatus.SENT);
    SmsMessages.Kept sms = smsMessages.newest(1, Long.MAX_VALUE).getFirst();
    assertThat(sms.recipient()).isEqualTo("+34600123456");
    assertThat(sms.body()).isEqualTo("Universität \"Acme\" 学: Your diploma 🎓 " + Requests.LINK);
  }

  @Test
  void aDefinitionOfAnotherOrganizationIsRefused() {
    // Given
    RowId row = Requests.row();
    // When
    publisher.publish(
        List.of(
            Requests.request(
                row,
                CatalogueInMemory.GLOBEX,
                CatalogueInMemory.DIPLOMA,
                Medium.EMAIL,
                "foreign@example.com",
                "F")));
    // Then
    assertThat(outcomes.of(row, 1).getFirst().status()).isEqualTo(DeliveryStatus.FAILED);
    assertThat(received("foreign@example.com")).isEmpty();
  }

  private List<Mailbox.Summary> received(String to) {
    return mailbox.messages(100_000, Long.MAX_VALUE).stream()
        .filter(summary -> summary.to().startsWith(to))
        .toList();
  }

  private MimeMessage only(String to) {
    List<Mailbox.Summary> received = received(to);
    assertThat(received).hasSize(1);
    return mailbox.message(received.getFirst().number()).orElseThrow();
  }

  private static BodyPart part(MimeMessage message, int index) throws Exception {
    try {
      return ((MimeMultipart) message.getContent()).getBodyPart(index);
    } catch (MessagingException e) {
      throw new IllegalStateException(e);
    }
  }
}
