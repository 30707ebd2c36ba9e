package dev.credmill.notification;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import dev.credmill.backing.BackingTestResource;
import dev.credmill.contracts.event.DeliveryOutcome;
import dev.credmill.contracts.event.DeliveryStatus;
import dev.credmill.contracts.event.EventPublisher;
import dev.credmill.contracts.event.Medium;
import dev.credmill.contracts.id.RowId;
import dev.credmill.notification.ScriptedMailServer.Answer.Reply;
import io.agroal.api.AgroalDataSource;
import io.quarkus.agroal.DataSource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An organization with a bad list of addresses, and the others beside it. */
@QuarkusTest
@WithTestResource(BackingTestResource.class)
@WithTestResource(ScriptedMailServer.class)
@WithTestResource(PauseTestResource.class)
class PauseIT {
  private static final String PATH = "/v1/sending-pauses";
  private static final Reply UNKNOWN = new Reply(550, "5.1.1 User unknown");
  private static final Reply POLICY = new Reply(554, "5.7.1 Rejected by policy");

  ScriptedMailServer server;
  @Inject EventPublisher publisher;
  @Inject Outcomes outcomes;
  @Inject DeliveryTable table;

  @Inject
  @DataSource("notification")
  AgroalDataSource database;

  /** Messages of the test before count no longer. */
  @BeforeEach
  @AfterEach
  void goOn() throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement statement =
            connection.prepareStatement(
                """
                insert into sending_pause (organization, medium, undelivered, counted_from)
                values ('acme', 'EMAIL', 0, now())
                on conflict (organization, medium) do update set paused_at = null, counted_from = now()
                """)) {
      statement.executeUpdate();
    }
  }

  @Test
  void tooManyUnknownAddressesHaveTheOrganizationsOtherMessagesWait() {
    // Given
    for (int i = 0; i < 3; i++) {
      assertThat(sent(UNKNOWN)).isEqualTo(DeliveryStatus.FAILED);
    }
    as(CatalogueInMemory.ACME_ISSUER)
        .get(PATH)
        .then()
        .statusCode(200)
        .body("items", hasSize(1))
        .body("items[0].medium", equalTo("EMAIL"))
        .body("items[0].undelivered", equalTo(3))
        .body("items[0].detail", containsString("DELETE /v1/sending-pauses/EMAIL"));
    // When
    RowId waiting = published("waiting-" + UUID.randomUUID() + "@example.com");
    RowId theirs = Requests.row();
    publisher.publish(
        List.of(
            Requests.request(
                theirs,
                CatalogueInMemory.GLOBEX,
                CatalogueInMemory.MEMBERSHIP,
                Medium.EMAIL,
                "bo-" + UUID.randomUUID() + "@example.com",
                "Bo")));
    // Then
    assertThat(outcomes.of(theirs, 1).getFirst().status()).isEqualTo(DeliveryStatus.SENT);
    as(CatalogueInMemory.GLOBEX_ADMIN).get(PATH).then().body("items", hasSize(0));
    assertThat(table.read(waiting, "status")).isEqualTo("PENDING");
    assertThat(table.read(waiting, "attempts")).isEqualTo("0");
    // When
    as(CatalogueInMemory.ACME_ISSUER).delete(PATH + "/EMAIL").then().statusCode(403);
    as(CatalogueInMemory.GLOBEX_ADMIN).delete(PATH + "/EMAIL").then().statusCode(404);
    as(CatalogueInMemory.ACME_ADMIN).delete(PATH + "/FAX").then().statusCode(404);
    as(CatalogueInMemory.ACME_ADMIN).delete(PATH + "/EMAIL").then().statusCode(204);
    // Then
    assertThat(outcomes.of(waiting, 1).getFirst().status()).isEqualTo(DeliveryStatus.SENT);
    as(CatalogueInMemory.ACME_ADMIN).delete(PATH + "/EMAIL").then().statusCode(404);
  }

  @Test
  void whatCameBackBeforeSomebodyHadThemGoOnCountsNoLonger() {
    // Given
    for (int i = 0; i < 3; i++) {
      sent(UNKNOWN);
    }
    as(CatalogueInMemory.ACME_ADMIN).delete(PATH + "/EMAIL").then().statusCode(204);
    // When
    sent(UNKNOWN);
    sent(UNKNOWN);
    // Then
    as(CatalogueInMemory.ACME_ADMIN).get(PATH).then().body("items", hasSize(0));
    assertThat(sent(UNKNOWN)).isEqualTo(DeliveryStatus.FAILED);
    as(CatalogueInMemory.ACME_ADMIN).get(PATH).then().body("items", hasSize(1));
  }

  @Test
  void refusalsThatAreNoFaultOfTheAddressKeepNothingWaiting() {
    // Given
    for (int i = 0; i < 4; i++) {
      assertThat(sent(POLICY)).isEqualTo(DeliveryStatus.FAILED);
    }
    // Then
    as(CatalogueInMemory.ACME_ADMIN).get(PATH).then().body("items", hasSize(0));
  }

  @Test
  void anAddressThatTheServerDoesNotKnowIsNotWrittenToAgain() {
    // Given
    String address = "Gone-" + UUID.randomUUID() + "@example.com";
    server.script(address, UNKNOWN);
    assertThat(outcome(published(address)).status()).isEqualTo(DeliveryStatus.FAILED);
    // When
    DeliveryOutcome second = outcome(published(address.toLowerCase()));
    // Then
    assertThat(second.status()).isEqualTo(DeliveryStatus.SUPPRESSED);
    assertThat(server.taken(address.toLowerCase())).isEmpty();
  }

  /** What became of a message to which the server gives this answer. */
  private DeliveryStatus sent(Reply answer) {
    String address = "ada-" + UUID.randomUUID() + "@example.com";
    server.script(address, answer);
    DeliveryStatus status = outcome(published(address)).status();
    untilLooked();
    return status;
  }

  /** What follows from a result is written just after it: the next result comes after both. */
  private void untilLooked() {
    RowId next = Requests.row();
    publisher.publish(
        List.of(
            Requests.request(
                next,
                CatalogueInMemory.GLOBEX,
                CatalogueInMemory.MEMBERSHIP,
                Medium.EMAIL,
                "next-" + next.batch() + "@example.com",
                "Next")));
    outcomes.of(next, 1);
  }

  private RowId published(String address) {
    RowId row = Requests.row();
    publisher.publish(List.of(Requests.email(row, address, "Ada")));
    return row;
  }

  private DeliveryOutcome outcome(RowId row) {
    return outcomes.of(row, 1).getFirst();
  }

  private static RequestSpecification as(String key) {
    return given().header("X-API-Key", key);
  }
}
