package dev.credmill.notification;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.credmill.backing.BackingTestResource;
import dev.credmill.contracts.delivery.DeliveryStep;
import dev.credmill.contracts.delivery.DeliveryStepClient;
import dev.credmill.contracts.event.DeliveryStatus;
import dev.credmill.contracts.event.EventPublisher;
import dev.credmill.contracts.id.RowId;
import dev.credmill.contracts.mail.OrganizationMail;
import dev.credmill.contracts.mail.OrganizationMailClient;
import dev.credmill.notification.ScriptedMailServer.Answer.Reply;
import io.quarkus.rest.client.reactive.QuarkusRestClientBuilder;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import jakarta.inject.Inject;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import jakarta.ws.rs.WebApplicationException;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Properties;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What other services ask of this one: mails to admins, and what became of a row's messages. */
@QuarkusTest
@WithTestResource(BackingTestResource.class)
@WithTestResource(ScriptedMailServer.class)
class OrganizationMailIT {
  ScriptedMailServer server;
  @Inject EventPublisher publisher;
  @Inject Outcomes outcomes;
  @Inject DeliveryTable table;

  private final String address = "registrar-" + UUID.randomUUID() + "@example.com";
  private OrganizationMailClient mails;
  private DeliveryStepClient steps;

  @BeforeEach
  void connect() {
    URI self = URI.create("http://localhost:" + RestAssured.port);
    mails = QuarkusRestClientBuilder.newBuilder().baseUri(self).build(OrganizationMailClient.class);
    steps = QuarkusRestClientBuilder.newBuilder().baseUri(self).build(DeliveryStepClient.class);
  }

  @Test
  void aMailCarriesItsSheetAndTheSameIdEachTime() throws Exception {
    // When
    mails.send(mail("Spring\r\nBcc: eve@example.com", "Zeile 1: Grüße\n.\nEnde"));
    mails.send(mail("Spring\r\nBcc: eve@example.com", "Zeile 1: Grüße\n.\nEnde"));
    // Then
    assertThat(server.taken(address)).hasSize(2);
    MimeMessage first = read(server.taken(address).getFirst());
    assertThat(first.getSubject()).isEqualTo("Spring Bcc: eve@example.com");
    assertThat(first.getHeader("Bcc")).isNull();
    assertThat(first.getMessageID())
        .startsWith("<delivery-report.1@")
        .isEqualTo(read(server.taken(address).getLast()).getMessageID());
    assertThat(first.getHeader("Auto-Submitted")).containsExactly("auto-generated");
    MimeMultipart parts = (MimeMultipart) first.getContent();
    assertThat(parts.getBodyPart(0).getContent().toString().replace("\r", ""))
        .isEqualTo("Zeile 1: Grüße\n.\nEnde");
    assertThat(parts.getBodyPart(1).getFileName()).isEqualTo("report.csv");
    assertThat(
            new String(
                parts.getBodyPart(1).getInputStream().readAllBytes(), StandardCharsets.UTF_8))
        .isEqualTo("Name,Email\r\nJosé,jose@example.org\r\n");
  }

  @Test
  void whoAsksLearnsWhetherToTryAgain() {
    server.script(address, new Reply(451, "4.3.0 try later"), new Reply(550, "5.1.1 unknown"));
    assertThatThrownBy(() -> mails.send(mail("S", "T"))).satisfies(e -> answered(e, 503));
    assertThatThrownBy(() -> mails.send(mail("S", "T"))).satisfies(e -> answered(e, 422));
    mails.send(mail("S", "T"));
    assertThat(server.taken(address)).hasSize(1);
  }

  @Test
  void nobodyElseMaySendThem() {
    for (String path : List.of("/internal/mails", "/internal/deliveries/1/2")) {
      given()
          .header("X-API-Key", CatalogueInMemory.ACME_ADMIN)
          .contentType(ContentType.JSON)
          .body("{}")
          .request(path.endsWith("mails") ? "POST" : "GET", path)
          .then()
          .statusCode(401);
    }
  }

  @Test
  void theStepsOfAMessageHaveTheWordsOfTheServerThatTookIt() {
    // Given
    RowId row = Requests.row();
    String to = "ada-" + UUID.randomUUID() + "@example.com";
    server.script(to, new Reply(451, "4.3.0 try later"));
    publisher.publish(List.of(Requests.email(row, to, "Ada")));
    outcomes.of(row, 1);
    // When
    List<DeliveryStep> taken = steps.of(row.batch().toString(), row.number());
    // Then
    assertThat(taken)
        .extracting(DeliveryStep::status)
        .containsExactly(DeliveryStatus.SENDING, DeliveryStatus.SENT);
    assertThat(taken.getLast().words()).startsWith("250 ").doesNotContain(to);
    // When
    table.update(
        row,
        "status = 'BOUNCED', settled_at = settled_at + interval '1 s', problem = '{\"type\": \"t\", \"title\": \"t\", \"status\": 422, \"detail\": \"550 5.1.1 unknown\"}'");
    // Then
    List<DeliveryStep> bounced = steps.of(row.batch().toString(), row.number());
    assertThat(bounced)
        .extracting(DeliveryStep::status)
        .containsExactly(DeliveryStatus.SENDING, DeliveryStatus.SENT, DeliveryStatus.BOUNCED);
    assertThat(bounced.getLast().words()).isEqualTo("550 5.1.1 unknown");
    assertThat(steps.of(Requests.row().batch().toString(), 2)).isEmpty();
  }

  private OrganizationMail mail(String subject, String text) {
    return new OrganizationMail(
        "delivery-report.1",
        CatalogueInMemory.ACME,
        address,
        subject,
        text,
        new OrganizationMail.Attachment("report.csv", "Name,Email\r\nJosé,jose@example.org\r\n"));
  }

  private static void answered(Throwable failure, int status) {
    assertThat(failure).isInstanceOf(WebApplicationException.class);
    assertThat(((WebApplicationException) failure).getResponse().getStatus()).isEqualTo(status);
  }

  private static MimeMessage read(String message) throws Exception {
    return new MimeMessage(
        Session.getInstance(new Properties()),
        new ByteArrayInputStream(message.getBytes(StandardCharsets.UTF_8)));
  }
}
