package dev.credmill.notification;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;

import dev.credmill.backing.BackingTestResource;
import dev.credmill.backing.Mailbox;
import dev.credmill.contracts.event.DeliveryOutcome;
import dev.credmill.contracts.event.DeliveryRequested;
import dev.credmill.contracts.event.DeliveryStatus;
import dev.credmill.contracts.event.EventPublisher;
import dev.credmill.contracts.id.BatchId;
import dev.credmill.contracts.id.RowId;
import dev.credmill.notification.callback.sendgrid.SignedEvents;
import dev.credmill.notification.callback.ses.Amazon;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What providers report on the platform's messages. */
@QuarkusTest
@WithTestResource(BackingTestResource.class)
@WithTestResource(MailboxTestResource.class)
@WithTestResource(CallbackTestResource.class)
class CallbackIT {
  private static final String UNKNOWN = "550 5.1.1 <%s>: Recipient address rejected: User unknown";
  private static final String FULL = "552 5.2.2 Mailbox full";

  Mailbox mailbox;
  @Inject EventPublisher publisher;
  @Inject Outcomes outcomes;
  @Inject DeliveryTable table;
  @Inject Callbacks callbacks;
  @Inject Amazon amazon;

  private final String address = "ada-" + UUID.randomUUID() + "@example.net";

  /** Each provider, and how it says one and the same. */
  enum Caller {
    SES,
    POSTMARK,
    SENDGRID
  }

  private void reports(Caller caller, RowId row, String what) {
    String words = what.equals("hard") ? UNKNOWN.formatted(address) : FULL;
    (switch (caller) {
          case SES ->
              Callbacks.ses(
                  switch (what) {
                    case "delivered" -> callbacks.sesDelivered(row);
                    case "hard" ->
                        callbacks.sesBounced(row, "Permanent", "General", "5.1.1", words);
                    case "soft" ->
                        callbacks.sesBounced(row, "Transient", "MailboxFull", "5.2.2", words);
                    default -> callbacks.sesComplained(row);
                  });
          case POSTMARK ->
              Callbacks.postmark(
                  switch (what) {
                    case "delivered" -> callbacks.postmarkDelivered(row);
                    case "hard" -> callbacks.postmarkBounced(row, "HardBounce", 1, "smtp;" + words);
                    case "soft" -> callbacks.postmarkBounced(row, "SoftBounce", 4096, words);
                    default -> callbacks.postmarkComplained(row);
                  });
          case SENDGRID ->
              Callbacks.sendGrid(
                  switch (what) {
                    case "delivered" ->
                        callbacks.sendGrid(row, "delivered", ", \"response\": \"250 OK\"");
                    case "hard" ->
                        callbacks.sendGrid(row, "bounce", bounce("bounce", "5.1.1", words));
                    case "soft" ->
                        callbacks.sendGrid(row, "bounce", bounce("blocked", "5.2.2", words));
                    default -> callbacks.sendGrid(row, "spamreport", "");
                  });
        })
        .statusCode(200);
  }

  private static String bounce(String type, String status, String reason) {
    return ", \"type\": \"%s\", \"status\": \"%s\", \"reason\": \"%s\""
        .formatted(type, status, reason);
  }

  @ParameterizedTest
  @EnumSource
  void whatArrivedIsDelivered(Caller caller) {
    // Given
    RowId row = sent();
    // When
    reports(caller, row, "delivered");
    // Then
    assertThat(outcomes.of(row, 2))
        .extracting(DeliveryOutcome::status)
        .containsExactly(DeliveryStatus.SENT, DeliveryStatus.DELIVERED);
  }

  @ParameterizedTest
  @EnumSource
  void whatComesBackForGoodIsBouncedAndTheContactWrittenToNoMore(Caller caller) {
    // Given
    RowId row = sent();
    // When
    reports(caller, row, "hard");
    // Then
    DeliveryOutcome bounced = outcomes.of(row, 2).getLast();
    assertThat(bounced.status()).isEqualTo(DeliveryStatus.BOUNCED);
    assertThat(bounced.problem().detail()).contains("550 5.1.1").doesNotContain(address);
    assertThat(next()).isEqualTo(DeliveryStatus.SUPPRESSED);
  }

  @ParameterizedTest
  @EnumSource
  void whatComesBackForAPassingReasonIsSentOnceMoreAsTheSameMessage(Caller caller) {
    // Given
    RowId row = sent();
    // When
    reports(caller, row, "soft");
    await().until(() -> received().size() == 2);
    outcomes.of(row, 2);
    // Then
    assertThat(received())
        .extracting(Mailbox.Summary::messageId)
        .containsOnly(received().getFirst().messageId());
    assertThat(outcomes.published(row))
        .extracting(DeliveryOutcome::status)
        .containsOnly(DeliveryStatus.SENT);
    assertThat(next()).isEqualTo(DeliveryStatus.SENT);
  }

  @ParameterizedTest
  @EnumSource
  void whoComplainsHasTheMessageAndGetsNoOther(Caller caller) {
    // Given
    RowId row = sent();
    // When
    reports(caller, row, "complaint");
    // Then
    DeliveryOutcome delivered = outcomes.of(row, 2).getLast();
    assertThat(delivered.status()).isEqualTo(DeliveryStatus.DELIVERED);
    assertThat(delivered.problem().detail()).contains("unwanted");
    assertThat(next()).isEqualTo(DeliveryStatus.SUPPRESSED);
  }

  @ParameterizedTest
  @EnumSource
  void reportsThatComeLateOrAgainChangeNothing(Caller caller) {
    // Given
    RowId row = sent();
    reports(caller, row, "hard");
    outcomes.of(row, 2);
    // When
    reports(caller, row, "delivered");
    reports(caller, row, "hard");
    reports(caller, row, "soft");
    // Then
    assertThat(table.read(row, "status")).isEqualTo("BOUNCED");
    assertThat(outcomes.published(row)).hasSize(2);
    assertThat(received()).hasSize(1);
  }

  @ParameterizedTest
  @EnumSource
  void whatComesBackAfterItArrivedIsBouncedAllTheSame(Caller caller) {
    // Given
    RowId row = sent();
    reports(caller, row, "delivered");
    outcomes.of(row, 2);
    // When
    reports(caller, row, "hard");
    // Then
    assertThat(outcomes.of(row, 3).getLast().status()).isEqualTo(DeliveryStatus.BOUNCED);
  }

  @ParameterizedTest
  @EnumSource
  void whatComesBackBeforeItIsRecordedThatItWentOutIsSentOnceMoreAllTheSame(Caller caller) {
    // Given
    RowId row = sent();
    table.update(row, "status = 'SENDING', settled_at = null, due_at = now() + interval '1 h'");
    // When
    reports(caller, row, "soft");
    assertThat(
            table.read(
                row, "exists (select from early_return e where e.message = delivery.message)"))
        .isEqualTo("true");
    table.update(row, "status = 'SENT', settled_at = now(), due_at = null");
    // Then
    await().until(() -> received().size() == 2);
  }

  @Test
  void aThousandEventsAreTakenAtOnce() {
    // Given
    BatchId batch = BatchId.at(Instant.now());
    List<RowId> rows = IntStream.range(2, 1_002).mapToObj(n -> new RowId(batch, n)).toList();
    publisher.publish(
        rows.stream()
            .map(row -> Requests.email(row, "ada" + row.number() + "@example.net", "Ada"))
            .toList());
    await()
        .atMost(Duration.ofMinutes(1))
        .until(() -> inBatch(rows, "SENT"), count -> count == rows.size());
    String[] events =
        rows.stream()
            .map(
                row ->
                    row.number() % 100 == 0
                        ? callbacks.sendGrid(row, "bounce", bounce("bounce", "5.1.1", "550 5.1.1"))
                        : callbacks.sendGrid(row, "delivered", ""))
            .toArray(String[]::new);
    // When
    Callbacks.sendGrid(events).statusCode(200);
    // Then
    assertThat(inBatch(rows, "DELIVERED")).isEqualTo(990);
    assertThat(inBatch(rows, "BOUNCED")).isEqualTo(10);
  }

  @Test
  void messagesNameThemselvesInAHeaderOfTheProvider() throws Exception {
    // Given
    RowId row = sent();
    // Then
    assertThat(mailbox.message(received().getFirst().number()).orElseThrow().getHeader("X-SMTPAPI"))
        .containsExactly("{\"unique_args\":{\"credmill\":\"%s\"}}".formatted(callbacks.hex(row)));
  }

  @Test
  void aMessageThatNobodySentIsPassedOver() {
    RowId row = sent();
    String theirs = UUID.randomUUID().toString().replace("-", "");
    Function<String, String> forged = event -> event.replace(callbacks.hex(row), theirs);
    Callbacks.ses(forged.apply(callbacks.sesDelivered(row))).statusCode(200);
    Callbacks.postmark(forged.apply(callbacks.postmarkDelivered(row))).statusCode(200);
    Callbacks.sendGrid(forged.apply(callbacks.sendGrid(row, "delivered", ""))).statusCode(200);
    Callbacks.sendGrid().statusCode(200);
    Callbacks.ses("Successfully validated SNS topic for Amazon SES event publishing.")
        .statusCode(200);
    assertThat(table.read(row, "status")).isEqualTo("SENT");
  }

  @Test
  void whatIsUnsignedIsRefused() {
    // Given
    RowId row = sent();
    String ses = callbacks.sesDelivered(row);
    String event = "[" + callbacks.sendGrid(row, "delivered", "") + "]";
    // When, Then
    Callbacks.ses("ses", ses)
        .statusCode(403)
        .contentType("application/problem+json")
        .body("detail", containsString("raw message delivery"));
    Callbacks.ses("ses", Amazon.notification(Amazon.TOPIC, ses).replace("546", "547"))
        .statusCode(403);
    Callbacks.ses("ses", Amazon.notification(Amazon.TOPIC_OF_ACME, ses))
        .statusCode(403)
        .body("detail", containsString("TopicArn"));
    given()
        .contentType(ContentType.JSON)
        .body(event)
        .post("/callbacks/email/sendgrid")
        .then()
        .statusCode(403)
        .body("type", equalTo("urn:credmill:problem:forbidden"));
    given()
        .headers(SignedEvents.headers(event, Instant.now()))
        .contentType(ContentType.JSON)
        .body(event.replace("delivered", "dropped"))
        .post("/callbacks/email/sendgrid")
        .then()
        .statusCode(403);
    Callbacks.sendGrid("sendgrid", event, Instant.now().minus(Duration.ofHours(25)))
        .statusCode(403)
        .body("detail", containsString("too old"));
    Callbacks.postmark("postmark", "credmill", "another", callbacks.postmarkDelivered(row))
        .statusCode(401)
        .header("WWW-Authenticate", containsString("Basic"));
    given()
        .contentType(ContentType.JSON)
        .body(callbacks.postmarkDelivered(row))
        .post("/callbacks/email/postmark")
        .then()
        .statusCode(401);
    assertThat(table.read(row, "status")).isEqualTo("SENT");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "7", "\"x\""})
  void whatCannotBeReadIsNamedSo(String body) {
    Callbacks.ses("ses", body).statusCode(400).contentType("application/problem+json");
    Callbacks.postmark(body).statusCode(400).contentType("application/problem+json");
    Callbacks.sendGrid("sendgrid", body, Instant.now())
        .statusCode(400)
        .body("type", equalTo("urn:credmill:problem:invalid-body"));
  }

  @Test
  void whatIsTooLargeIsRefused() {
    String large = "[" + " ".repeat(8 * 1024 * 1024) + "]";
    Callbacks.ses("ses", large).statusCode(413);
    Callbacks.postmark(large).statusCode(413);
    Callbacks.sendGrid("sendgrid", large, Instant.now()).statusCode(413);
  }

  @Test
  void strangersHaveFewBodiesReadAtOnce() throws IOException {
    // Given as many as are read at once, none of which comes to its end
    List<Socket> strangers = new ArrayList<>();
    try {
      for (int i = 0; i < 8; i++) {
        Socket stranger = new Socket("localhost", RestAssured.port);
        strangers.add(stranger);
        stranger
            .getOutputStream()
            .write(
                """
                POST /callbacks/email/ses HTTP/1.1
                Host: localhost
                Content-Type: text/plain
                Content-Length: 1000000

                {"""
                    .replace("\n", "\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
      }
      // Then
      await()
          .untilAsserted(
              () ->
                  Callbacks.sendGrid("sendgrid", "[]", Instant.now())
                      .statusCode(503)
                      .header("Retry-After", notNullValue()));
    } finally {
      for (Socket stranger : strangers) {
        stranger.close();
      }
    }
    await()
        .untilAsserted(() -> Callbacks.sendGrid("sendgrid", "[]", Instant.now()).statusCode(200));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "mailgun",
        "SES",
        "acme/ses",
        "acme/mailgun",
        "nobody/ses",
        "No%20Body/ses",
        "none"
      })
  void whatIsNotSetUpIsNotThere(String path) {
    Stream.of(
            Callbacks.ses(path, Amazon.notification(Amazon.TOPIC, "{}")),
            Callbacks.postmark(
                path, CallbackTestResource.USER, CallbackTestResource.PASSWORD, "{}"),
            Callbacks.sendGrid(path, "[]", Instant.now()))
        .forEach(
            answer -> answer.statusCode(404).body("detail", equalTo("There is no such callback")));
  }

  @Test
  void theSubscriptionToTheTopicIsConfirmed() {
    // Given
    String url =
        "https://sns.eu-west-1.amazonaws.com/?Action=ConfirmSubscription&TopicArn=%s&Token=2336412f37"
            .formatted(Amazon.TOPIC);
    // When
    Callbacks.ses("ses", Amazon.confirmation(Amazon.TOPIC, url)).statusCode(200);
    // Then
    assertThat(amazon.fetched()).extracting(Object::toString).contains(url);
  }

  @Test
  void noOtherSubscriptionIsConfirmedNorAnywhereElse() {
    String elsewhere = "https://evil.example/?Action=ConfirmSubscription&Token=elsewhere";
    String other =
        "https://sns.eu-west-1.amazonaws.com/?Action=ConfirmSubscription&Token=other-topic";
    Callbacks.ses("ses", Amazon.confirmation(Amazon.TOPIC, elsewhere)).statusCode(403);
    Callbacks.ses("ses", Amazon.confirmation(Amazon.TOPIC_OF_ACME, other)).statusCode(403);
    assertThat(amazon.fetched()).extracting(Object::toString).doesNotContain(elsewhere, other);
  }

  private int inBatch(List<RowId> rows, String status) {
    return Integer.parseInt(
        table
            .read(
                rows.getFirst(),
                "select count(*) from delivery d where d.batch_id = delivery.batch_id and d.status = '%s'"
                    .formatted(status))
            .replaceAll("\\D", "0"));
  }

  private RowId sent() {
    RowId row = Requests.row();
    publisher.publish(List.of(Requests.email(row, address, "Ada")));
    outcomes.of(row, 1);
    return row;
  }

  /** What becomes of another message to the same address. */
  private DeliveryStatus next() {
    RowId next = Requests.row();
    DeliveryRequested request = Requests.email(next, address, "Ada");
    publisher.publish(List.of(request));
    return outcomes.of(next, 1).getFirst().status();
  }

  private List<Mailbox.Summary> received() {
    return mailbox.messages(100_000, Long.MAX_VALUE).stream()
        .filter(summary -> summary.to().startsWith(address))
        .toList();
  }
}
