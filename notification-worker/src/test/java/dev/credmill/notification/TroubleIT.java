package dev.credmill.notification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.credmill.backing.BackingTestResource;
import dev.credmill.contracts.event.DeliveryOutcome;
import dev.credmill.contracts.event.DeliveryStatus;
import dev.credmill.contracts.event.EventPublisher;
import dev.credmill.contracts.id.RowId;
import dev.credmill.notification.ScriptedMailServer.Answer.Drop;
import dev.credmill.notification.ScriptedMailServer.Answer.HangUp;
import dev.credmill.notification.ScriptedMailServer.Answer.Hold;
import dev.credmill.notification.ScriptedMailServer.Answer.Reply;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import jakarta.inject.Inject;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(BackingTestResource.class)
@WithTestResource(ScriptedMailServer.class)
class TroubleIT {
  private static final Pattern MESSAGE_ID = Pattern.compile("(?mi)^Message-ID: (<.*>)");
  ScriptedMailServer server;
  @Inject EventPublisher publisher;
  @Inject Outcomes outcomes;
  @Inject DeliveryTable table;

  @Test
  void aTemporaryRefusalIsTriedAgainUntilItIsTaken() {
    // Given
    RowId row = Requests.row();
    server.script(
        "busy@example.com",
        new Reply(451, "4.3.0 try later"),
        new Reply(450, "4.2.1 mailbox busy"));
    // When
    publisher.publish(List.of(Requests.email(row, "busy@example.com", "Busy")));
    // Then
    assertThat(outcomes.of(row, 1))
        .extracting(DeliveryOutcome::status)
        .containsExactly(DeliveryStatus.SENT);
    assertThat(server.taken("busy@example.com")).hasSize(1);
    assertThat(table.read(row, "attempts")).isEqualTo("3");
  }

  @Test
  void aPermanentRefusalFailsAtOnceWithTheServersWordsButNotTheAddress() {
    // Given
    RowId row = Requests.row();
    server.script(
        "gone.person@example.com",
        new Reply(550, "5.1.1 <gone.person@example.com>: gone.person is unknown here"));
    // When
    publisher.publish(List.of(Requests.email(row, "gone.person@example.com", "Gone")));
    // Then
    DeliveryOutcome outcome = outcomes.of(row, 1).getFirst();
    assertThat(outcome.status()).isEqualTo(DeliveryStatus.FAILED);
    assertThat(outcome.problem().detail())
        .isEqualTo("550 5.1.1 <(address)>: (address) is unknown here");
    assertThat(table.read(row, "attempts")).isEqualTo("1");
  }

  @Test
  void whatIsRefusedAgainAndAgainFailsWithTheLastWords() {
    // Given
    RowId row = Requests.row();
    Reply full = new Reply(452, "4.2.2 mailbox full");
    server.script("crowded@example.com", full, full, full, full, full);
    // When
    publisher.publish(List.of(Requests.email(row, "crowded@example.com", "Crowded")));
    // Then
    DeliveryOutcome outcome = outcomes.of(row, 1).getFirst();
    assertThat(outcome.status()).isEqualTo(DeliveryStatus.FAILED);
    assertThat(outcome.problem().detail())
        .isEqualTo("Given up after 4 attempts: 452 4.2.2 mailbox full");
  }

  @Test
  void aConnectionThatBreaksMidwayIsTriedAgainAsTheSameMessage() {
    // Given
    RowId row = Requests.row();
    server.script("broken@example.com", new Drop());
    // When
    publisher.publish(List.of(Requests.email(row, "broken@example.com", "Broken")));
    // Then
    assertThat(outcomes.of(row, 1).getFirst().status()).isEqualTo(DeliveryStatus.SENT);
    List<String> copies = server.taken("broken@example.com");
    assertThat(copies).hasSize(2);
    assertThat(messageId(copies.get(0))).isEqualTo(messageId(copies.get(1)));
  }

  @Test
  void whatBreaksOffBeforeTheMessageIsTriedAgainHoweverOften() {
    // Given
    RowId row = Requests.row();
    server.script("early@example.com", new HangUp(), new HangUp(), new HangUp());
    // When
    publisher.publish(List.of(Requests.email(row, "early@example.com", "Early")));
    // Then
    assertThat(outcomes.of(row, 1).getFirst().status()).isEqualTo(DeliveryStatus.SENT);
    assertThat(server.taken("early@example.com")).hasSize(1);
    assertThat(table.read(row, "attempts || ' ' || uncertain")).isEqualTo("4 0");
  }

  @Test
  void whatBreaksOffTwiceIsNotSentAThirdTime() {
    // Given
    RowId row = Requests.row();
    server.script("twice@example.com", new Drop(), new Drop());
    // When
    publisher.publish(List.of(Requests.email(row, "twice@example.com", "Twice")));
    // Then
    DeliveryOutcome outcome = outcomes.of(row, 1).getFirst();
    assertThat(outcome.status()).isEqualTo(DeliveryStatus.FAILED);
    assertThat(outcome.problem().detail())
        .contains("may have arrived")
        .doesNotContain("twice@example.com");
    assertThat(server.taken("twice@example.com")).hasSize(2);
  }

  @Test
  void aMailServerThatHangsHoldsUpNoTextMessages() {
    // Given more than are sent at once
    CountDownLatch released = new CountDownLatch(1);
    List<RowId> rows = Stream.generate(Requests::row).limit(40).toList();
    for (RowId row : rows) {
      server.script(row.batch() + "@example.com", new Hold(released));
    }
    publisher.publish(
        rows.stream().map(row -> Requests.email(row, row.batch() + "@example.com", "H")).toList());
    await().until(() -> "SENDING".equals(table.read(rows.getFirst(), "status")));
    // When
    RowId text = Requests.row();
    publisher.publish(List.of(Requests.sms(text, "+4930901870")));
    // Then
    assertThat(outcomes.of(text, 1).getFirst().status()).isEqualTo(DeliveryStatus.SENT);
    assertThat(rows).noneMatch(row -> "SENT".equals(table.read(row, "status")));
    released.countDown();
    rows.forEach(row -> assertThat(outcomes.of(row, 1)).hasSize(1));
  }

  @Test
  void mailTroubleLeavesTheServiceAliveAndReady() {
    // Given
    RowId row = Requests.row();
    server.script("health@example.com", new Reply(421, "4.3.2 closing"));
    // When
    publisher.publish(List.of(Requests.email(row, "health@example.com", "Health")));
    outcomes.of(row, 1);
    // Then
    RestAssured.get("/q/health/live").then().statusCode(200);
    RestAssured.get("/q/health/ready").then().statusCode(200);
    assertThat(RestAssured.get("/q/metrics").asString())
        .contains("credmill_delivery_attempts_total{medium=\"email\",result=\"unreachable\"")
        .doesNotContain("health@example.com");
  }

  private static String messageId(String message) {
    return MESSAGE_ID.matcher(message).results().findFirst().orElseThrow().group(1);
  }
}
