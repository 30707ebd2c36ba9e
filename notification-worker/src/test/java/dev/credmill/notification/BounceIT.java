package dev.credmill.notification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.credmill.backing.BackingTestResource;
import dev.credmill.backing.Mailbox;
import dev.credmill.contracts.event.DeliveryOutcome;
import dev.credmill.contracts.event.DeliveryStatus;
import dev.credmill.contracts.event.EventPublisher;
import dev.credmill.contracts.event.Medium;
import dev.credmill.contracts.id.RowId;
import dev.credmill.notification.bounce.Returned;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import jakarta.mail.Address;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Properties;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What comes back to the mailbox for that, by way of a real one. */
@QuarkusTest
@WithTestResource(BackingTestResource.class)
@WithTestResource(MailboxTestResource.class)
class BounceIT {
  private static final String UNKNOWN = "550 5.1.1 <%s>: Recipient address rejected: User unknown";

  Mailbox mailbox;
  @Inject EventPublisher publisher;
  @Inject Outcomes outcomes;
  @Inject DeliveryTable table;

  private final String address = "ada-" + UUID.randomUUID() + "@example.net";

  @Test
  void whatComesBackForGoodIsBouncedAndTheContactWrittenToNoMore() {
    // Given
    RowId row = sent();
    // When
    comesBack(Returned.postfix(message(row), "5.1.1", UNKNOWN.formatted(address)));
    // Then
    DeliveryOutcome bounced = outcomes.of(row, 2).getLast();
    assertThat(bounced.status()).isEqualTo(DeliveryStatus.BOUNCED);
    assertThat(bounced.problem().detail()).contains("550 5.1.1").doesNotContain(address);
    RowId next = Requests.row();
    publisher.publish(List.of(Requests.email(next, address.toUpperCase(), "Ada")));
    DeliveryOutcome suppressed = outcomes.of(next, 1).getFirst();
    assertThat(suppressed.status()).isEqualTo(DeliveryStatus.SUPPRESSED);
    assertThat(suppressed.problem().detail()).contains("came back").doesNotContain(address);
    assertThat(received()).hasSize(1);
  }

  @Test
  void anotherOrganizationWritesToThatContactStill() {
    // Given
    RowId row = sent();
    comesBack(Returned.postfix(message(row), "5.1.1", UNKNOWN.formatted(address)));
    outcomes.of(row, 2);
    // When
    RowId theirs = Requests.row();
    publisher.publish(
        List.of(
            Requests.request(
                theirs,
                CatalogueInMemory.GLOBEX,
                CatalogueInMemory.MEMBERSHIP,
                Medium.EMAIL,
                address,
                "Ada")));
    // Then
    assertThat(outcomes.of(theirs, 1).getFirst().status()).isEqualTo(DeliveryStatus.SENT);
  }

  @Test
  void whatComesBackForAPassingReasonIsSentOnceMoreAsTheSameMessage() {
    // Given
    RowId row = sent();
    // When
    comesBack(Returned.postfix(message(row), "5.2.2", "552 5.2.2 Mailbox full"));
    await().until(() -> received().size() == 2);
    outcomes.of(row, 2);
    // Then
    assertThat(received())
        .extracting(Mailbox.Summary::messageId)
        .containsOnly(received().getFirst().messageId());
    assertThat(outcomes.published(row))
        .extracting(DeliveryOutcome::status)
        .containsOnly(DeliveryStatus.SENT);
  }

  @Test
  void whatKeepsComingBackIsGivenUpAndTheContactIsStillWrittenTo() {
    // Given
    RowId row = sent();
    String full = Returned.postfix(message(row), "5.2.2", "552 5.2.2 Mailbox full");
    comesBack(full);
    await().until(() -> received().size() == 2);
    outcomes.of(row, 2);
    // When
    comesBack(full);
    // Then
    assertThat(outcomes.of(row, 3).getLast().status()).isEqualTo(DeliveryStatus.BOUNCED);
    RowId next = Requests.row();
    publisher.publish(List.of(Requests.email(next, address, "Ada")));
    assertThat(outcomes.of(next, 1).getFirst().status()).isEqualTo(DeliveryStatus.SENT);
  }

  @Test
  void whatComesBackBeforeItIsRecordedThatItWentOutIsSentOnceMoreAllTheSame() {
    // Given
    RowId row = sent();
    table.update(row, "status = 'SENDING', settled_at = null, due_at = now() + interval '1 h'");
    // When
    comesBack(Returned.postfix(message(row), "5.2.2", "552 5.2.2 Mailbox full"));
    await()
        .until(
            () ->
                table
                    .read(
                        row,
                        "exists (select from early_return e where e.message = delivery.message)")
                    .equals("true"));
    table.update(row, "status = 'SENT', settled_at = now(), due_at = null");
    // Then
    await().until(() -> received().size() == 2);
  }

  @Test
  void whoComplainsHasTheMessageAndGetsNoOther() {
    // Given
    RowId row = sent();
    // When
    comesBack(Returned.complaint(message(row), "abuse"));
    // Then
    DeliveryOutcome delivered = outcomes.of(row, 2).getLast();
    assertThat(delivered.status()).isEqualTo(DeliveryStatus.DELIVERED);
    assertThat(delivered.problem().detail()).contains("unwanted");
    RowId next = Requests.row();
    publisher.publish(List.of(Requests.email(next, address, "Ada")));
    assertThat(outcomes.of(next, 1).getFirst().status()).isEqualTo(DeliveryStatus.SUPPRESSED);
  }

  @Test
  void aReportThatComesTwiceCountsOnce() {
    // Given
    RowId row = sent();
    String unknown = Returned.postfix(message(row), "5.1.1", UNKNOWN.formatted(address));
    comesBack(unknown);
    outcomes.of(row, 2);
    // When
    comesBack(unknown);
    RowId later = sent();
    comesBack(Returned.complaint(message(later), "abuse"));
    outcomes.of(later, 1);
    // Then
    assertThat(outcomes.published(row)).hasSize(2);
    assertThat(table.read(row, "status")).isEqualTo("BOUNCED");
  }

  @Test
  void aMessageIsSentWithAReturnPathOfItsOwn() throws Exception {
    // Given
    RowId row = sent();
    // Then
    MimeMessage message = mailbox.message(received().getFirst().number()).orElseThrow();
    assertThat(message.getHeader("Return-Path"))
        .containsExactly(
            "<bounces+%s@credentials.example.org>"
                .formatted(message(row).toString().replace("-", "")));
  }

  private RowId sent() {
    RowId row = Requests.row();
    publisher.publish(List.of(Requests.email(row, address, "Ada")));
    outcomes.of(row, 1);
    return row;
  }

  private UUID message(RowId row) {
    return UUID.fromString(table.read(row, "message"));
  }

  private List<Mailbox.Summary> received() {
    return mailbox.messages(100_000, Long.MAX_VALUE).stream()
        .filter(summary -> summary.to().startsWith(address))
        .toList();
  }

  private void comesBack(String mail) {
    Properties properties = new Properties();
    properties.setProperty("mail.smtp.host", "127.0.0.1");
    properties.setProperty("mail.smtp.port", Integer.toString(mailbox.smtpPort()));
    Session session = Session.getInstance(properties);
    try (Transport transport = session.getTransport("smtp")) {
      transport.connect();
      transport.sendMessage(
          new MimeMessage(session, new ByteArrayInputStream(mail.getBytes(StandardCharsets.UTF_8))),
          new Address[] {new InternetAddress("bounces@credentials.example.org")});
    } catch (MessagingException e) {
      throw new IllegalStateException(e);
    }
  }
}
