package dev.credmill.batch.report;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasSize;

import com.fasterxml.jackson.databind.JsonNode;
import dev.credmill.backing.BackingTestResource;
import dev.credmill.batch.Api;
import dev.credmill.batch.CatalogueTestResource;
import dev.credmill.batch.IssuedBatches;
import dev.credmill.batch.SettableClock;
import dev.credmill.batch.Topic;
import dev.credmill.contracts.event.DeliveryOutcome;
import dev.credmill.contracts.event.DeliveryRequested;
import dev.credmill.contracts.event.DeliveryStatus;
import dev.credmill.contracts.event.EventPublisher;
import dev.credmill.contracts.problem.Problem;
import dev.credmill.contracts.problem.ProblemType;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What admins are told by mail of a batch's messages, and what a row tells of its own. */
@QuarkusTest
@QuarkusTestResource(BackingTestResource.class)
@QuarkusTestResource(CatalogueTestResource.class)
@WithTestResource(MailsTestResource.class)
class DeliveryReportIT {
  private static final Duration LONGEST = Duration.ofSeconds(60);
  private static final String UNKNOWN = "550 5.1.1 <(address)>: User unknown";
  MailsTestResource mails;
  @Inject EventPublisher publisher;
  @Inject SettableClock clock;

  private final String name = "D" + UUID.randomUUID();
  private final String registrar = "registrar-" + name + "@example.org";
  private final String dean = "dean-" + name + "@example.org";
  private IssuedBatches batches;
  private Topic<DeliveryRequested> messages;

  @BeforeEach
  void open() {
    batches = new IssuedBatches(publisher);
    messages = new Topic<>(DeliveryRequested.TOPIC, DeliveryRequested.class);
    tell(registrar, dean).statusCode(200).body("recipients", hasSize(2));
  }

  @AfterEach
  void close() {
    tell().statusCode(200);
    clock.reset();
    batches.close();
    messages.close();
  }

  @Test
  void whenAllMessagesHaveGoneOutEachRecipientGetsOneMailWithTheRowsThatWereNotReached() {
    // Given
    String batch = batches.issued(3, name, "medium", "EMAIL", "label", "Spring " + name);
    List<DeliveryRequested> wanted = messages.of(batch, 3);
    // When
    report(wanted.get(0), DeliveryStatus.SENT, null);
    report(wanted.get(1), DeliveryStatus.SENT, null);
    report(wanted.get(2), DeliveryStatus.FAILED, UNKNOWN);
    // Then
    JsonNode mail = first(registrar, batch);
    assertThat(mail.path("organization").asText()).isEqualTo("acme");
    assertThat(mail.path("subject").asText())
        .isEqualTo("Delivery report for Spring " + name + ": 1 of 3 messages did not arrive");
    assertThat(mail.path("text").asText())
        .contains("Email: 2 sent, 0 delivered, 1 failed, 0 bounced, 0 suppressed, 0 waiting")
        .contains("1 x EMAIL FAILED, first in row " + wanted.get(2).row().number() + ": " + UNKNOWN)
        .contains("https://issuer.example/v1/batches/" + batch + "/delivery-report");
    assertThat(mail.path("attachment").path("csv").asText().lines())
        .hasSize(2)
        .last()
        .asString()
        .contains(wanted.get(2).contact(), "FAILED", UNKNOWN);
    assertThat(first(dean, batch).path("text")).isEqualTo(mail.path("text"));
    assertThat(first(dean, batch).path("id")).isNotEqualTo(mail.path("id"));
  }

  @Test
  void whatComesBackAfterTheReportBringsOneMore() {
    // Given
    String batch = batches.issued(2, name, "medium", "EMAIL");
    List<DeliveryRequested> wanted = messages.of(batch, 2);
    report(wanted.get(0), DeliveryStatus.SENT, null);
    report(wanted.get(1), DeliveryStatus.SENT, null);
    assertThat(first(registrar, batch).path("subject").asText()).endsWith("no message came back");
    assertThat(first(registrar, batch).has("attachment")).isFalse();
    // When
    report(wanted.get(1), DeliveryStatus.BOUNCED, UNKNOWN);
    report(wanted.get(1), DeliveryStatus.BOUNCED, UNKNOWN);
    // Then
    await().atMost(LONGEST).until(() -> mails.taken(registrar, batch).size() == 2);
    JsonNode second = mails.taken(registrar, batch).getLast();
    assertThat(second.path("subject").asText()).endsWith("1 of 2 messages did not arrive");
    assertThat(second.path("text").asText())
        .contains("This is report 2: when the one before was sent, 0 messages had not arrived.");
    assertThat(second.path("id")).isNotEqualTo(first(registrar, batch).path("id"));
  }

  @Test
  void whoHasTheReportDoesNotGetItAgainWhenItMustBeSentToOthersOnceMore() {
    // Given
    mails.refuse(dean, 503);
    String batch = batches.issued(1, name, "medium", "EMAIL");
    // When
    report(messages.of(batch, 1).getFirst(), DeliveryStatus.SENT, null);
    first(registrar, batch);
    await()
        .atMost(LONGEST)
        .until(
            () -> {
              clock.advance(Duration.ofMinutes(2));
              return mails.taken(dean, batch).size() == 1;
            });
    // Then
    assertThat(mails.taken(registrar, batch)).hasSize(1);
  }

  @Test
  void anAddressThatIsRefusedForGoodKeepsTheReportFromNobodyElse() {
    // Given
    mails.refuse(registrar, 422);
    String batch = batches.issued(1, name, "medium", "EMAIL");
    // When
    report(messages.of(batch, 1).getFirst(), DeliveryStatus.SENT, null);
    // Then
    first(dean, batch);
    assertThat(mails.taken(registrar, batch)).isEmpty();
  }

  @Test
  void aBatchWhoseMessagesStillWaitIsReportedOnAfterADay() {
    // Given
    String batch = batches.issued(2, name, "medium", "EMAIL");
    List<DeliveryRequested> wanted = messages.of(batch, 2);
    report(wanted.getFirst(), DeliveryStatus.SENT, null);
    Api.ACME.untilBatch(batch, b -> b.getInt("delivery.EMAIL.sent") == 1);
    assertThat(mails.taken(registrar, batch)).isEmpty();
    // When
    clock.advance(Duration.ofHours(25));
    // Then
    assertThat(first(registrar, batch).path("text").asText())
        .contains("1 waiting")
        .contains("Messages that wait are still being tried; another report follows");
    // When
    report(wanted.getLast(), DeliveryStatus.SENT, null);
    // Then
    await().atMost(LONGEST).until(() -> mails.taken(registrar, batch).size() == 2);
    assertThat(mails.taken(registrar, batch).getLast().path("text").asText())
        .contains("0 waiting")
        .doesNotContain("another report");
  }

  @Test
  void settingsAreTheOrganizationsOwnAndTakeAddressesOnly() {
    // Then
    Api.ACME.request().get("/v1/delivery-report-settings").then().body("recipients", hasSize(2));
    Api.GLOBEX.request().get("/v1/delivery-report-settings").then().body("recipients", hasSize(0));
    Api.ISSUER.request().get("/v1/delivery-report-settings").then().statusCode(403);
    tell("not an address").statusCode(400).body("detail", containsString("email addresses"));
    tell("a@example.org\\r\\nBcc: b@example.org").statusCode(400);
    put("{}").statusCode(400).body("detail", containsString("recipients is missing"));
    put("{\"recipients\": [%s\"a@example.org\"]}".formatted("\"a@example.org\", ".repeat(10)))
        .statusCode(400)
        .body("detail", containsString("at most 10"));
    Api.ACME.request().get("/v1/delivery-report-settings").then().body("recipients", hasSize(2));
  }

  @Test
  void aRowTellsWhatServersSaidOfItsMessages() {
    // Given
    String batch = batches.issued(1, name, "medium", "EMAIL");
    DeliveryRequested wanted = messages.of(batch, 1).getFirst();
    report(wanted, DeliveryStatus.SENT, null);
    report(wanted, DeliveryStatus.BOUNCED, UNKNOWN);
    Api.ACME.untilBatch(batch, b -> b.getInt("delivery.EMAIL.bounced") == 1);
    // When
    mails.tell(
        "deliveries/" + batch + "/2",
        """
        [{"at": "2126-11-22T10:00:01Z", "medium": "EMAIL", "purpose": "ISSUED", "generation": 1,
          "status": "SENT", "words": "250 2.0.0 Ok: queued as 4FgT2k1"},
         {"at": "2126-11-22T10:00:09Z", "medium": "EMAIL", "purpose": "ISSUED", "generation": 1,
          "status": "BOUNCED", "words": "%s"},
         {"at": "2126-11-22T10:00:10Z", "medium": "EMAIL", "purpose": "REVOKED", "generation": 7,
          "status": "SENT"}]
        """
            .formatted(UNKNOWN));
    // Then
    Api.ACME
        .request()
        .get("/v1/batches/" + batch + "/rows/2")
        .then()
        .statusCode(200)
        .body("timeline[-3].event", equalTo("EMAIL_SENT"))
        .body("timeline[-3].detail", equalTo("250 2.0.0 Ok: queued as 4FgT2k1"))
        .body("timeline[-2].event", equalTo("EMAIL_BOUNCED"))
        .body("timeline[-2].detail", equalTo(UNKNOWN))
        .body("timeline[-1].event", equalTo("EMAIL_NOTICE_SENT"))
        .body("timeline.findAll { it.event == 'EMAIL_BOUNCED' }", hasSize(1));
  }

  @Test
  void aBatchWhoseMessagesWaitSaysWhy() {
    // Given
    mails.tell(
        "sending-pauses/acme",
        """
        [{"medium": "EMAIL", "since": "2026-11-23T10:00:05Z", "undelivered": 51, "detail": "51 came back"}]
        """);
    String batch = batches.issued(1, name, "medium", "EMAIL");
    // Then
    Api.ACME.untilBatch(
        batch,
        b ->
            "sending-paused".equals(b.getString("warnings[-1].code"))
                && "51 came back".equals(b.getString("warnings[-1].message")));
    // When
    mails.tell("sending-pauses/acme", "[]");
    // Then
    Api.ACME.untilBatch(batch, b -> !b.getList("warnings.code").contains("sending-paused"));
  }

  @Test
  void aRowIsShownWithoutTheWordsOfServersWhereTheNotificationWorkerSaysNothing() {
    // Given
    String batch = batches.issued(1, name, "medium", "EMAIL");
    report(messages.of(batch, 1).getFirst(), DeliveryStatus.SENT, null);
    Api.ACME.untilBatch(batch, b -> b.getInt("delivery.EMAIL.sent") == 1);
    // Then
    Api.ACME
        .request()
        .get("/v1/batches/" + batch + "/rows/2")
        .then()
        .statusCode(200)
        .body("timeline.event", hasItems("ISSUED", "EMAIL_SENT"));
  }

  private JsonNode first(String recipient, String batch) {
    return await()
        .atMost(LONGEST)
        .until(() -> mails.taken(recipient, batch), taken -> !taken.isEmpty())
        .getFirst();
  }

  private ValidatableResponse tell(String... recipients) {
    return put(
        "{\"recipients\": [%s]}"
            .formatted(
                List.of(recipients).stream().map("\"%s\""::formatted).collect(joining(", "))));
  }

  private static ValidatableResponse put(String body) {
    return Api.ACME
        .request()
        .contentType(ContentType.JSON)
        .body(body)
        .put("/v1/delivery-report-settings")
        .then();
  }

  private void report(DeliveryRequested message, DeliveryStatus status, String words) {
    publisher.publish(
        List.of(
            new DeliveryOutcome(
                message.row(),
                message.medium(),
                message.purpose(),
                message.generation(),
                status,
                Instant.now(),
                words == null ? null : Problem.of(ProblemType.MESSAGE_NOT_DELIVERED, words))));
  }
}
