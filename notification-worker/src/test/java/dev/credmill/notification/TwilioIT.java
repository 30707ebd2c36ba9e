package dev.credmill.notification;

import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import dev.credmill.backing.BackingTestResource;
import dev.credmill.contracts.event.DeliveryOutcome;
import dev.credmill.contracts.event.DeliveryRequested.Purpose;
import dev.credmill.contracts.event.DeliveryStatus;
import dev.credmill.contracts.event.EventPublisher;
import dev.credmill.contracts.event.Medium;
import dev.credmill.contracts.id.RowId;
import dev.credmill.notification.TwilioServer.Answer.Reply;
import dev.credmill.notification.TwilioServer.Answer.Silence;
import dev.credmill.notification.TwilioServer.Taken;
import dev.credmill.notification.delivery.DeliveryKey;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

/** Text messages over Twilio, and what it calls back. */
@QuarkusTest
@WithTestResource(BackingTestResource.class)
@WithTestResource(TwilioServer.class)
class TwilioIT {
  private static final String CALLBACK = "https://credentials.example.org/v1/sms/twilio/status/";
  TwilioServer twilio;
  @Inject EventPublisher publisher;
  @Inject Outcomes outcomes;
  @Inject DeliveryTable table;
  private final RowId row = Requests.row();

  @Test
  void aTextIsHandedOverAsTwilioTakesIt() {
    // When
    DeliveryOutcome outcome = sent("+4930901821");
    // Then
    assertThat(outcome.status()).isEqualTo(DeliveryStatus.SENT);
    Taken taken = twilio.requests("+4930901821").getFirst();
    assertThat(taken.path())
        .isEqualTo("/2010-04-01/Accounts/%s/Messages.json".formatted(TwilioServer.ACCOUNT));
    assertThat(taken.header("Authorization"))
        .isEqualTo(
            "Basic "
                + Base64.getEncoder()
                    .encodeToString(
                        (TwilioServer.ACCOUNT + ":" + TwilioServer.TOKEN).getBytes(UTF_8)));
    assertThat(taken.header("Idempotency-key")).isEqualTo(message().toString());
    assertThat(taken.form())
        .containsEntry("From", "Acme")
        .containsEntry("Body", "Universität \"Acme\" 学: Your diploma 🎓 " + Requests.LINK)
        .containsEntry("StatusCallback", CALLBACK + message());
    assertThat(table.read(row, "segments")).isEqualTo("2");
  }

  @Test
  void whatTwilioSaysOfTheDeliveryReachesTheRow() {
    // Given
    sent("+4930901822");
    // When
    callback(message(), "sent", null).statusCode(204);
    callback(message(), "delivered", null).statusCode(204);
    // Then
    assertThat(outcomes.of(row, 2))
        .extracting(DeliveryOutcome::status)
        .containsExactly(DeliveryStatus.SENT, DeliveryStatus.DELIVERED);
  }

  @Test
  void callsThatComeLateOrAgainChangeNothing() {
    // Given
    sent("+4930901823");
    callback(message(), "delivered", null).statusCode(204);
    outcomes.of(row, 2);
    // When
    callback(message(), "delivered", null).statusCode(204);
    callback(message(), "sent", null).statusCode(204);
    callback(message(), "queued", null).statusCode(204);
    callback(message(), "failed", "30003").statusCode(204);
    await().until(() -> waiting() == 0);
    // Then
    assertThat(table.read(row, "status")).isEqualTo("DELIVERED");
    assertThat(outcomes.published(row)).hasSize(2);
  }

  @Test
  void onlyWhoKnowsTheTokenMayReport() {
    // Given
    sent("+4930901824");
    Map<String, String> form = Map.of("MessageStatus", "delivered");
    // When, Then
    post(message(), form, signature("another token", CALLBACK + message(), form))
        .statusCode(403)
        .body("type", equalTo("urn:credmill:problem:forbidden"));
    post(message(), form, "").statusCode(403);
    post(message(), form, signature(TwilioServer.TOKEN, CALLBACK + UUID.randomUUID(), form))
        .statusCode(403);
    post(
            message(),
            Map.of("MessageStatus", "failed"),
            signature(TwilioServer.TOKEN, CALLBACK + message(), form))
        .statusCode(403);
    assertThat(table.read(row, "status")).isEqualTo("SENT");
  }

  @Test
  void theHostThatARequestClaimsIsNotWhatIsSigned() {
    // Given
    sent("+4930901825");
    Map<String, String> form = Map.of("MessageStatus", "delivered");
    String claimed = "https://evil.example/v1/sms/twilio/status/" + message();
    // When, Then
    given()
        .header("Host", "evil.example")
        .header("X-Forwarded-Host", "evil.example")
        .header("X-Forwarded-Proto", "https")
        .header("X-Twilio-Signature", signature(TwilioServer.TOKEN, claimed, form))
        .formParams(form)
        .post("/v1/sms/twilio/status/" + message())
        .then()
        .statusCode(403);
  }

  @Test
  void aMessageThatNobodySentIsPassedOver() {
    callback(UUID.randomUUID(), "delivered", null).statusCode(204);
    callback(UUID.randomUUID(), "failed", "30003").statusCode(204);
    given()
        .formParam("MessageStatus", "sent")
        .post("/v1/sms/twilio/status/x")
        .then()
        .statusCode(404);
  }

  @Test
  void whatIsTooMuchAtOnceGoesOutWhenTwilioWantsItAndCountsAsNoAttempt() {
    // Given
    twilio.script(
        "+4930901826", new Reply(429, 20429, "Too Many Requests", Map.of("Retry-After", "2")));
    // When
    assertThat(sent("+4930901826").status()).isEqualTo(DeliveryStatus.SENT);
    // Then
    List<Taken> requests = twilio.requests("+4930901826");
    assertThat(requests).hasSize(2);
    assertThat(Duration.between(requests.get(0).at(), requests.get(1).at()))
        .isGreaterThan(Duration.ofMillis(1_900));
    assertThat(table.read(row, "attempts")).isEqualTo("1");
  }

  @Test
  void aServerErrorIsTriedAgain() {
    // Given
    twilio.script("+4930901827", new Reply(500, 20500, "Internal"), new Reply(503, 0, "Busy"));
    // When, Then
    assertThat(sent("+4930901827").status()).isEqualTo(DeliveryStatus.SENT);
    assertThat(table.read(row, "attempts")).isEqualTo("3");
  }

  @Test
  void whatTwilioWillNotSendFailsWithItsWordsAndWithoutTheNumber() {
    // Given
    twilio.script(
        "+4930901828",
        new Reply(400, 21211, "The 'To' number +4930901828 is not a valid phone number."));
    // When
    DeliveryOutcome outcome = sent("+4930901828");
    // Then
    assertThat(outcome.status()).isEqualTo(DeliveryStatus.FAILED);
    assertThat(outcome.problem().detail())
        .contains("not a valid phone number", "21211")
        .doesNotContain("901828");
    assertThat(table.read(row, "coalesce(segments, 0)")).isEqualTo("0");
  }

  @Test
  void anAnswerThatGetsLostCountsAsSentPerhapsAndASecondOneEndsIt() {
    // Given
    twilio.script("+4930901829", new Silence(), new Silence());
    // When
    DeliveryOutcome outcome = sent("+4930901829");
    // Then
    assertThat(outcome.status()).isEqualTo(DeliveryStatus.FAILED);
    assertThat(outcome.problem().detail()).contains("may have arrived");
    assertThat(twilio.requests("+4930901829")).hasSize(2);
    assertThat(twilio.requests("+4930901829").get(0).header("Idempotency-key"))
        .isEqualTo(twilio.requests("+4930901829").get(1).header("Idempotency-key"));
  }

  @Test
  void aCallTellsOfAMessageWhoseAnswerGotLost() {
    // Given
    twilio.script("+4930901830", new Silence());
    publisher.publish(List.of(Requests.sms(row, "+4930901830")));
    await().until(() -> !twilio.requests("+4930901830").isEmpty());
    // When
    callback(message(), "delivered", null).statusCode(204);
    // Then
    assertThat(outcomes.of(row, 1).getFirst().status()).isEqualTo(DeliveryStatus.DELIVERED);
  }

  @Test
  void aNumberThatDoesNotExistBouncesAndIsNotWrittenToAgain() {
    // Given
    sent("+4930901831");
    // When
    callback(message(), "undelivered", "30005").statusCode(204);
    // Then
    DeliveryOutcome bounced = outcomes.of(row, 2).getLast();
    assertThat(bounced.status()).isEqualTo(DeliveryStatus.BOUNCED);
    assertThat(bounced.problem().detail()).contains("unknown or not in service", "30005");
    RowId next = Requests.row();
    publisher.publish(List.of(Requests.sms(next, "+4930901831")));
    assertThat(outcomes.of(next, 1).getFirst().status()).isEqualTo(DeliveryStatus.SUPPRESSED);
  }

  @Test
  void aPhoneThatIsOffIsTriedAgainLater() {
    // Given
    sent("+4930901832");
    // When
    callback(message(), "undelivered", "30003").statusCode(204);
    // Then
    await().until(() -> table.read(row, "status").equals("PENDING"));
    assertThat(table.read(row, "returns")).isEqualTo("1");
    assertThat(table.read(row, "due_at > now() + interval '3 hours'")).isEqualTo("true");
  }

  @Test
  void whoAnsweredStopIsNotWrittenToAgain() {
    // Given
    sent("+4930901833");
    // When
    callback(message(), "failed", "21610").statusCode(204);
    outcomes.of(row, 2);
    // Then
    RowId next = Requests.row();
    publisher.publish(List.of(Requests.sms(next, "+4930901833")));
    assertThat(outcomes.of(next, 1).getFirst().status()).isEqualTo(DeliveryStatus.SUPPRESSED);
  }

  private DeliveryOutcome sent(String number) {
    publisher.publish(List.of(Requests.sms(row, number)));
    return outcomes.of(row, 1).getFirst();
  }

  private UUID message() {
    return new DeliveryKey(row, Medium.SMS, Purpose.ISSUED, 1).message();
  }

  private long waiting() {
    return Long.parseLong(table.read(row, "select count(*) from early_return"));
  }

  private static ValidatableResponse callback(UUID message, String status, String error) {
    Map<String, String> form = new TreeMap<>();
    form.put("MessageSid", "SM0123456789");
    form.put("MessageStatus", status);
    form.put("To", "+4930901820");
    if (error != null) {
      form.put("ErrorCode", error);
    }
    return post(message, form, signature(TwilioServer.TOKEN, CALLBACK + message, form));
  }

  private static ValidatableResponse post(
      UUID message, Map<String, String> form, String signature) {
    return given()
        .header("X-Twilio-Signature", signature)
        .formParams(form)
        .post("/v1/sms/twilio/status/" + message)
        .then();
  }

  /** As Twilio's documentation describes it, without our own code. */
  private static String signature(String token, String url, Map<String, String> form) {
    StringBuilder signed = new StringBuilder(url);
    new TreeMap<>(form).forEach((name, value) -> signed.append(name).append(value));
    try {
      Mac mac = Mac.getInstance("HmacSHA1");
      mac.init(new SecretKeySpec(token.getBytes(UTF_8), "HmacSHA1"));
      return Base64.getEncoder().encodeToString(mac.doFinal(signed.toString().getBytes(UTF_8)));
    } catch (java.security.GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
