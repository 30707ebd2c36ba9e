package dev.credmill.batch.revocation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import dev.credmill.backing.BackingTestResource;
import dev.credmill.batch.Api;
import dev.credmill.batch.CatalogueTestResource;
import dev.credmill.batch.IssuedBatches;
import dev.credmill.batch.Topic;
import dev.credmill.contracts.event.CredentialChanged.ValidityChanged;
import dev.credmill.contracts.event.DeliveryOutcome;
import dev.credmill.contracts.event.DeliveryRequested;
import dev.credmill.contracts.event.DeliveryRequested.Purpose;
import dev.credmill.contracts.event.DeliveryStatus;
import dev.credmill.contracts.event.EventPublisher;
import dev.credmill.contracts.event.StatusRequested;
import dev.credmill.contracts.event.Validity;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What recipients hear of changes of status. */
@QuarkusTest
@QuarkusTestResource(BackingTestResource.class)
@QuarkusTestResource(CatalogueTestResource.class)
class NoticeIT {
  @Inject EventPublisher publisher;
  private IssuedBatches batches;
  private Topic<StatusRequested> changes;

  @BeforeEach
  void open() {
    batches = new IssuedBatches(publisher);
    changes = new Topic<>(StatusRequested.TOPIC, StatusRequested.class);
  }

  @AfterEach
  void close() {
    batches.close();
    changes.close();
  }

  @Test
  void recipientsAreToldOnceWhereThatIsWantedAndTheirOwnMessageStaysAsItWas() {
    // Given
    String batch = batches.issued(2, "N" + UUID.randomUUID(), "medium", "EMAIL");
    String change =
        Api.ACME
            .request()
            .contentType(ContentType.JSON)
            .body("{\"notifyRecipients\": true, \"rows\": [3], \"reason\": \"A secret\"}")
            .post("/v1/batches/" + batch + "/suspend")
            .then()
            .statusCode(202)
            .body("notifyRecipients", equalTo(true))
            .extract()
            .path("id");
    List<StatusRequested> asked = changes.of(batch, 1);
    // When
    publisher.publish(answers(asked, Validity.SUSPENDED));
    DeliveryRequested message = notices(batch, 1).getFirst();
    publisher.publish(answers(asked, Validity.SUSPENDED));
    List<DeliveryRequested> again = notices(batch, 2);
    publisher.publish(List.of(outcome(message, DeliveryStatus.SENT)));
    publisher.publish(List.of(outcome(message, DeliveryStatus.SENDING)));
    // Then
    assertThat(again.getLast()).as("the same message").isEqualTo(message);
    assertThat(message.purpose()).isEqualTo(Purpose.SUSPENDED);
    assertThat(message.contact()).isEqualTo("ada1@example.org");
    assertThat(message.link()).endsWith("/c/" + batch + "_3");
    assertThat(message.toString()).doesNotContain("A secret");
    await("what became of the notice")
        .until(
            () ->
                "SENT"
                    .equals(
                        Api.ACME
                            .get("/v1/revocations/" + change + "/rows")
                            .getString("items[0].notice.EMAIL")));
    JsonPath row = Api.ACME.get("/v1/batches/" + batch + "/rows/3");
    assertThat(row.getString("delivery.EMAIL")).isEqualTo("PENDING");
  }

  @Test
  void nobodyIsToldOfWhatWasSoAlreadyOrCannotBe() {
    // Given
    String batch = batches.issued(2, "N" + UUID.randomUUID(), "medium", "EMAIL");
    Api.ACME
        .request()
        .contentType(ContentType.JSON)
        .body("{\"notifyRecipients\": true}")
        .post("/v1/batches/" + batch + "/suspend")
        .then()
        .statusCode(202);
    List<StatusRequested> asked = changes.of(batch, 2);
    // When
    publisher.publish(answers(List.of(asked.getFirst()), Validity.ACTIVE));
    publisher.publish(answers(List.of(asked.getLast()), Validity.SUSPENDED));
    // Then
    assertThat(notices(batch, 1))
        .extracting(DeliveryRequested::row)
        .containsOnly(asked.getLast().row());
  }

  private List<DeliveryRequested> notices(String batch, int atLeast) {
    try (Topic<DeliveryRequested> messages =
        new Topic<>(DeliveryRequested.TOPIC, DeliveryRequested.class)) {
      // Two rows were told that they are issued.
      return messages.withRepetitions(batch, 2 + atLeast).stream()
          .filter(message -> message.purpose() != Purpose.ISSUED)
          .toList();
    }
  }

  private static DeliveryOutcome outcome(DeliveryRequested message, DeliveryStatus status) {
    return new DeliveryOutcome(
        message.row(),
        message.medium(),
        message.purpose(),
        message.generation(),
        status,
        Instant.parse("2026-11-23T09:00:00Z"),
        null);
  }

  private static List<ValidityChanged> answers(List<StatusRequested> asked, Validity validity) {
    return asked.stream()
        .map(
            one ->
                new ValidityChanged(
                    one.row(), one.change(), validity, Instant.parse("2026-11-23T09:00:00Z")))
        .toList();
  }
}
