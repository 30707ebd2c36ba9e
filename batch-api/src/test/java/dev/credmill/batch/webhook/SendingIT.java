package dev.credmill.batch.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import dev.credmill.backing.BackingTestResource;
import dev.credmill.batch.Api;
import dev.credmill.batch.CatalogueTestResource;
import dev.credmill.batch.SettableClock;
import dev.credmill.batch.webhook.Hooks.Hook;
import io.agroal.api.AgroalDataSource;
import io.quarkus.agroal.DataSource;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How messages reach a receiver, and what happens when they do not. */
@QuarkusTest
@QuarkusTestResource(BackingTestResource.class)
@QuarkusTestResource(CatalogueTestResource.class)
class SendingIT {
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(11);
  @Inject SettableClock clock;
  @Inject ScriptedNames names;
  @Inject WebhookRetention retention;
  @Inject DeliveryTable deliveries;

  @Inject
  @DataSource("batch")
  AgroalDataSource database;

  private final Receiver receiver = new Receiver();
  private final Hooks hooks = new Hooks();

  @AfterEach
  void close() {
    clock.reset();
    hooks.close();
    receiver.close();
  }

  @Test
  void aReceiverCanTellThatAMessageIsOurs() {
    // Given
    Hook hook = hooks.make(receiver.url(), "batch.ready");
    // When
    String message = hook.test();
    Received request = receiver.until(1).getFirst();
    // Then
    assertThat(request.id()).isEqualTo(message).doesNotContain(".");
    assertThat(request.path()).isEqualTo("/hook?tenant=7");
    assertThat(request.header("Content-Type")).isEqualTo("application/json");
    assertThat(Instant.ofEpochSecond(Long.parseLong(request.header("webhook-timestamp"))))
        .isBetween(Instant.now().minusSeconds(30), Instant.now());
    assertThat(request.isSignedWith(hook.secret())).isTrue();
    assertThat(request.isSignedWith("whsec_" + "AAAA".repeat(8))).isFalse();
    assertThat(
            request
                .withBody("{\"type\":\"forged\"}".getBytes(StandardCharsets.UTF_8))
                .isSignedWith(hook.secret()))
        .isFalse();
    assertThat(request.type()).isEqualTo("webhook.test");
    assertThat(request.json().getString("timestamp")).endsWith("Z");
    assertThat(request.json().getString("data.webhookId")).isEqualTo(hook.id());
    JsonPath delivery = hook.until(message, "DELIVERED");
    assertThat(delivery.getInt("attempts[0].statusCode")).isEqualTo(204);
    assertThat(delivery.getString("attempts[0].error")).isNull();
    assertThat(delivery.getString("nextAttemptAt")).isNull();
  }

  @Test
  void whatFailsIsSentAgainUnderTheSameIdUntilItIsTaken() {
    // Given
    AtomicInteger requests = new AtomicInteger();
    receiver.answers(
        exchange -> Receiver.answer(exchange, requests.incrementAndGet() <= 2 ? 500 : 200));
    Hook hook = hooks.make(receiver.url(), "batch.ready");
    String message = hook.test();
    JsonPath first = hook.until(message, d -> d.getList("attempts").size() == 1);
    // When
    clock.advance(FIRST_PAUSE);
    hook.until(message, d -> d.getList("attempts").size() == 2);
    clock.advance(FIRST_PAUSE.multipliedBy(3));
    JsonPath delivered = hook.until(message, "DELIVERED");
    // Then
    assertThat(Duration.between(Instant.now(), Instant.parse(first.getString("nextAttemptAt"))))
        .isBetween(Duration.ofSeconds(4), Duration.ofSeconds(10));
    assertThat(first.getString("attempts[0].error")).isEqualTo("REFUSED");
    assertThat(delivered.getList("attempts.statusCode")).containsExactly(500, 500, 200);
    assertThat(receiver.received()).extracting(Received::id).containsOnly(message);
    assertThat(receiver.received())
        .extracting(request -> request.header("webhook-timestamp"))
        .doesNotHaveDuplicates();
    assertThat(receiver.received()).allMatch(request -> request.isSignedWith(hook.secret()));
    assertThat(hook.get().getString("failingSince")).isNull();
  }

  @Test
  void whatIsNotTakenForADayIsGivenUpAndCanBeSentAgain() {
    // Given
    receiver.answers(500);
    Hook hook = hooks.make(receiver.url(), "batch.ready");
    String message = hook.test();
    hook.until(message, d -> d.getList("attempts").size() == 1);
    // When
    clock.advance(Duration.ofHours(23).plusMinutes(58));
    hook.until(message, d -> d.getList("attempts").size() == 2);
    clock.advance(Duration.ofHours(5));
    JsonPath failed = hook.until(message, "FAILED");
    receiver.answers(200);
    hook.redeliver(message);
    // Then
    JsonPath delivered = hook.until(message, "DELIVERED");
    assertThat(failed.getString("nextAttemptAt")).isNull();
    assertThat(hook.get().getString("status")).isEqualTo("ENABLED");
    assertThat(delivered.getList("attempts").size())
        .isEqualTo(failed.getList("attempts").size() + 1);
    assertThat(receiver.received()).extracting(Received::id).containsOnly(message);
  }

  @Test
  void whoeverIsGoneIsNotAskedAgainUntilItIsSwitchedOn() {
    // Given
    receiver.answers(410);
    Hook hook = hooks.make(receiver.url(), "batch.ready");
    // When
    String message = hook.test();
    hook.until(message, "FAILED");
    // Then
    JsonPath disabled = hook.get();
    assertThat(disabled.getString("status")).isEqualTo("DISABLED");
    assertThat(disabled.getString("disabled.reason")).isEqualTo("GONE");
    assertThat(disabled.getString("disabled.at")).isNotNull();
    assertThat(hook.delivery(message).getString("attempts[0].error")).isEqualTo("GONE");
    Api.ACME.request().post(hook.path() + "/test").then().statusCode(409);
    Api.ACME
        .request()
        .post(hook.path() + "/deliveries/" + message + "/redeliver")
        .then()
        .statusCode(409);
    hook.change("{\"status\": \"ENABLED\"}").statusCode(200).body("status", equalTo("ENABLED"));
    receiver.answers(200);
    hook.redeliver(message);
    hook.until(message, "DELIVERED");
  }

  @Test
  void whoeverAsksForAPauseGetsIt() {
    // Given
    receiver.answers(429, Map.of("Retry-After", "600"));
    Hook hook = hooks.make(receiver.url(), "batch.ready");
    String message = hook.test();
    JsonPath refused = hook.until(message, d -> d.getList("attempts").size() == 1);
    // When
    String other = hook.test();
    clock.advance(Duration.ofMinutes(9));
    Hook witness = hooks.make(receiver.url(), "batch.ready");
    witness.test();
    receiver.until(2);
    int before = hook.delivery(other).getList("attempts").size();
    receiver.answers(200);
    clock.advance(Duration.ofMinutes(2));
    // Then
    assertThat(Duration.between(Instant.now(), Instant.parse(refused.getString("nextAttemptAt"))))
        .isBetween(Duration.ofSeconds(590), Duration.ofSeconds(600));
    assertThat(before).as("another message, while the receiver rests").isZero();
    hook.until(message, "DELIVERED");
    hook.until(other, "DELIVERED");
  }

  @Test
  void aSlowReceiverHoldsUpNobodyElseAndGetsFewAtOnce() throws InterruptedException {
    // Given
    CountDownLatch slow = new CountDownLatch(1);
    Semaphore underWay = new Semaphore(0);
    receiver.answers(
        exchange -> {
          underWay.release();
          try {
            slow.await(20, TimeUnit.SECONDS);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          Receiver.answer(exchange, 200);
        });
    Hook sluggish = hooks.make(receiver.url(), "batch.ready");
    for (int i = 0; i < 20; i++) {
      sluggish.test();
    }
    underWay.acquire(2);
    // When
    try (Receiver quick = new Receiver()) {
      Hook other = hooks.make(Api.GLOBEX, quick.url(), "batch.ready");
      String message = other.test();
      other.until(message, "DELIVERED");
    }
    List<Outgoing> takenUpByAnotherProcess =
        QuarkusTransaction.requiringNew()
            .call(() -> deliveries.claim(clock.instant(), Duration.ofSeconds(20), 64, 2));
    // Then
    assertThat(takenUpByAnotherProcess).isEmpty();
    assertThat(receiver.received()).as("at once").hasSize(2);
    slow.countDown();
    receiver.until(20);
  }

  @Test
  void aReceiverThatSaysNothingIsATimeoutAndOneThatHangsUpIsBrokenOff() {
    // Given
    CountDownLatch never = new CountDownLatch(1);
    receiver.answers(
        _ -> {
          try {
            never.await(20, TimeUnit.SECONDS);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
    Hook silent = hooks.make(receiver.url(), "batch.ready");
    // When
    String unanswered = silent.test();
    JsonPath timedOut = silent.until(unanswered, d -> !d.getList("attempts").isEmpty());
    receiver.answers(_ -> {});
    never.countDown();
    Hook abrupt = hooks.make(receiver.url(), "batch.ready");
    String cut = abrupt.test();
    JsonPath brokenOff = abrupt.until(cut, d -> !d.getList("attempts").isEmpty());
    // Then
    assertThat(timedOut.getString("attempts[0].error")).isEqualTo("TIMEOUT");
    assertThat(timedOut.getInt("attempts[0].durationMillis")).isBetween(4_500, 8_000);
    assertThat(brokenOff.getString("attempts[0].error")).isEqualTo("BROKEN_OFF");
    assertThat(brokenOff.getString("attempts[0].statusCode")).isNull();
  }

  @Test
  void aRedirectIsNotFollowed() {
    // Given
    try (Receiver elsewhere = new Receiver()) {
      receiver.answers(307, Map.of("Location", elsewhere.url()));
      Hook hook = hooks.make(receiver.url(), "batch.ready");
      // When
      String message = hook.test();
      JsonPath delivery = hook.until(message, d -> !d.getList("attempts").isEmpty());
      // Then
      assertThat(delivery.getString("attempts[0].error")).isEqualTo("REDIRECTED");
      assertThat(delivery.getInt("attempts[0].statusCode")).isEqualTo(307);
      assertThat(elsewhere.received()).isEmpty();
    }
  }

  @Test
  void aLongAnswerIsNotRead() {
    // Given
    receiver.answers(
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          byte[] piece = new byte[1 << 16];
          for (int i = 0; i < 10_000; i++) {
            exchange.getResponseBody().write(piece); // fails once the other side has hung up
          }
          throw new AssertionError("all of it was read");
        });
    Hook hook = hooks.make(receiver.url(), "batch.ready");
    // When
    String message = hook.test();
    // Then
    hook.until(message, "DELIVERED");
  }

  @Test
  void aNameThatLaterStandsForAPrivateAddressIsNotConnectedTo() {
    // Given
    String host = "rebinding.test";
    names.set(host, "93.184.215.14");
    Hook hook = hooks.make(receiver.url(host), "batch.ready");
    names.set(host, "127.0.0.2");
    // When
    String message = hook.test();
    JsonPath delivery = hook.until(message, d -> !d.getList("attempts").isEmpty());
    // Then
    assertThat(delivery.getString("attempts[0].error")).isEqualTo("ADDRESS_REFUSED");
    assertThat(receiver.received()).isEmpty();
  }

  @Test
  void theCheckedAddressIsConnectedToAndTheHostIsStillNamed() {
    // Given
    String host = "receiver.test";
    names.set(host, "127.0.0.1");
    Hook hook = hooks.make(receiver.url(host), "batch.ready");
    // When
    hook.test();
    // Then
    assertThat(receiver.until(1).getFirst().header("Host")).isEqualTo(host + ":" + receiver.port());
  }

  @Test
  void aMessageWhoseOutcomeWasNeverWrittenDownComesAgainUnderTheSameId() {
    // Given
    CountDownLatch dead = new CountDownLatch(1);
    AtomicInteger requests = new AtomicInteger();
    receiver.answers(
        exchange -> {
          if (requests.incrementAndGet() == 1) {
            try {
              dead.await(20, TimeUnit.SECONDS); // nobody hears of this one any more
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
          }
          Receiver.answer(exchange, 200);
        });
    Hook hook = hooks.make(receiver.url(), "batch.ready");
    String message = hook.test();
    receiver.until(1);
    // When
    clock.advance(Duration.ofSeconds(40)); // beyond the lease of whoever sent it
    List<Received> twice = receiver.until(2);
    dead.countDown();
    // Then
    assertThat(twice).extracting(Received::id).containsOnly(message);
    hook.until(message, "DELIVERED");
  }

  @Test
  void bothSecretsSignForAWhileAfterARotation() {
    // Given
    Hook hook = hooks.make(receiver.url(), "batch.ready");
    JsonPath rotated =
        Api.ACME
            .request()
            .post(hook.path() + "/secret")
            .then()
            .statusCode(200)
            .header("Cache-Control", "no-store")
            .extract()
            .jsonPath();
    // When
    hook.test();
    Received during = receiver.until(1).getFirst();
    clock.advance(Duration.ofHours(25));
    hook.test();
    Received after = receiver.until(2).getLast();
    // Then
    String secret = rotated.getString("secret");
    assertThat(secret).startsWith("whsec_").isNotEqualTo(hook.secret());
    assertThat(rotated.getString("oldSecretUntil")).isNotNull();
    assertThat(during.isSignedWith(secret)).isTrue();
    assertThat(during.isSignedWith(hook.secret())).isTrue();
    assertThat(after.isSignedWith(secret)).isTrue();
    assertThat(after.isSignedWith(hook.secret())).isFalse();
    assertThat(Api.ACME.get(hook.path() + "/secret").getString("secret")).isEqualTo(secret);
  }

  @Test
  void aSecretThatOthersKnowEndsAtOnce() {
    // Given
    Hook hook = hooks.make(receiver.url(), "batch.ready");
    Api.ACME.request().post(hook.path() + "/secret?overlap=PT0S").then().statusCode(200);
    // When
    hook.test();
    // Then
    assertThat(receiver.until(1).getFirst().isSignedWith(hook.secret())).isFalse();
  }

  @Test
  void withAnotherMasterKeyANewSecretIsAllThatIsNeeded() throws SQLException {
    // Given
    Hook hook = hooks.make(receiver.url(), "batch.ready");
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      statement.executeUpdate(
          "update webhook_secret set wrapped = '\\x00' || wrapped where webhook_id = '"
              + hook.id()
              + "'");
    }
    // When
    Api.ACME.request().get(hook.path() + "/secret").then().statusCode(500);
    JsonPath rotated =
        Api.ACME
            .request()
            .post(hook.path() + "/secret?overlap=PT0S")
            .then()
            .statusCode(200)
            .extract()
            .jsonPath();
    hook.test();
    // Then
    assertThat(receiver.until(1).getFirst().isSignedWith(rotated.getString("secret"))).isTrue();
  }

  @Test
  void afterDaysOfNothingButFailuresAWebhookIsDisabledAndWhatFailedCanBeSentAgainTogether() {
    // Given
    Instant begin = clock.instant();
    receiver.answers(503);
    Hook hook = hooks.make(receiver.url(), "batch.ready");
    String first = hook.test();
    hook.until(first, d -> d.getList("attempts").size() == 1);
    // When
    clock.advance(Duration.ofDays(2));
    hook.until(first, "FAILED");
    String second = hook.test();
    hook.until(second, d -> d.getList("attempts").size() == 1);
    clock.advance(Duration.ofDays(3).plusMinutes(1));
    hook.until(second, "FAILED");
    // Then
    JsonPath disabled = hook.get();
    assertThat(disabled.getString("disabled.reason")).isEqualTo("FAILING");
    assertThat(disabled.getString("failingSince")).isNotNull();
    receiver.answers(200);
    hook.change("{\"status\": \"ENABLED\"}").statusCode(200);
    Api.ACME
        .request()
        .queryParam("since", begin.toString())
        .post(hook.path() + "/redeliver")
        .then()
        .statusCode(202)
        .body("messages", equalTo(2));
    hook.until(first, "DELIVERED");
    hook.until(second, "DELIVERED");
  }

  @Test
  void whatIsOldAndSettledIsForgotten() {
    // Given
    Hook hook = hooks.make(receiver.url(), "batch.ready");
    String old = hook.test();
    hook.until(old, "DELIVERED");
    clock.advance(Duration.ofDays(31));
    String recent = hook.test();
    hook.until(recent, "DELIVERED");
    // When
    retention.erase();
    // Then
    await()
        .untilAsserted(
            () ->
                assertThat(Api.ACME.get(hook.path() + "/deliveries").getList("items.id"))
                    .containsExactly(recent));
  }
}
