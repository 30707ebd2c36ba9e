package dev.credmill.notification;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.not;

import dev.credmill.backing.BackingTestResource;
import dev.credmill.contracts.event.DeliveryOutcome;
import dev.credmill.contracts.event.DeliveryStatus;
import dev.credmill.contracts.event.EventPublisher;
import dev.credmill.contracts.event.Medium;
import dev.credmill.contracts.id.OrganizationId;
import dev.credmill.contracts.id.RowId;
import dev.credmill.notification.callback.sendgrid.SignedEvents;
import dev.credmill.notification.callback.ses.Amazon;
import io.agroal.api.AgroalDataSource;
import io.quarkus.agroal.DataSource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An organization's own accounts at providers, as its admins set them up. */
@QuarkusTest
@WithTestResource(BackingTestResource.class)
@WithTestResource(MailboxTestResource.class)
@WithTestResource(CallbackTestResource.class)
class EmailCallbackIT {
  private static final String SETTINGS = "/v1/email-callbacks/";
  private static final String PASSWORD = "f0e9d8c7b6a5948372615f4e3d2c1b0a";
  private static final String SES = "{\"topicArn\": \"%s\"}".formatted(Amazon.TOPIC_OF_ACME);
  private static final String POSTMARK =
      "{\"user\": \"acme\", \"password\": \"%s\"}".formatted(PASSWORD);
  private static final String SENDGRID =
      "{\"publicKey\": \"%s\"}".formatted(SignedEvents.PUBLIC_KEY);

  @Inject EventPublisher publisher;
  @Inject Outcomes outcomes;
  @Inject DeliveryTable table;
  @Inject Callbacks callbacks;

  @Inject
  @DataSource("notification")
  AgroalDataSource database;

  @AfterEach
  void forget() throws SQLException {
    execute("truncate email_callback");
  }

  @Test
  void theAddressToEnterIsAnsweredAndThePasswordIsNotShown() {
    put("ses", SES)
        .statusCode(200)
        .body("url", equalTo("https://credentials.example.org/callbacks/email/acme/ses"))
        .body("topicArn", equalTo(Amazon.TOPIC_OF_ACME))
        .body("$", not(hasKey("user")));
    put("postmark", POSTMARK)
        .statusCode(200)
        .body("url", equalTo("https://credentials.example.org/callbacks/email/acme/postmark"))
        .body("user", equalTo("acme"))
        .body("$", not(hasKey("password")));
    put("sendgrid", SENDGRID).statusCode(200).body("publicKey", equalTo(SignedEvents.PUBLIC_KEY));
    get("postmark", CatalogueInMemory.ACME_ADMIN)
        .statusCode(200)
        .body("user", equalTo("acme"))
        .body("$", not(hasKey("password")));
  }

  @Test
  void thePasswordIsNotStored() {
    // Given
    put("postmark", POSTMARK).statusCode(200);
    // Then
    RowId row = sent(CatalogueInMemory.ACME, CatalogueInMemory.DIPLOMA);
    assertThat(table.read(row, "select string_agg(c::text, ' ') from email_callback c"))
        .contains("acme")
        .doesNotContain(PASSWORD);
  }

  @Test
  void settingsAreTheOrganizationsOwnAndItsAdminsAlone() {
    put("ses", SES).statusCode(200);
    get("ses", CatalogueInMemory.GLOBEX_ADMIN).statusCode(404);
    get("ses", CatalogueInMemory.ACME_ISSUER).statusCode(403);
    given().get(SETTINGS + "ses").then().statusCode(401);
    given()
        .header("X-API-Key", CatalogueInMemory.GLOBEX_ADMIN)
        .delete(SETTINGS + "ses")
        .then()
        .statusCode(404);
    get("ses", CatalogueInMemory.ACME_ADMIN).statusCode(200);
  }

  @Test
  void whatIsRemovedIsNotThereAnyMore() {
    // Given
    put("postmark", POSTMARK).statusCode(200);
    Callbacks.postmark("acme/postmark", "acme", PASSWORD, "{}").statusCode(200);
    // When
    given()
        .header("X-API-Key", CatalogueInMemory.ACME_ADMIN)
        .delete(SETTINGS + "postmark")
        .then()
        .statusCode(204);
    // Then
    get("postmark", CatalogueInMemory.ACME_ADMIN).statusCode(404);
    Callbacks.postmark("acme/postmark", "acme", PASSWORD, "{}").statusCode(404);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ses | {} | topicArn is the ARN",
        "ses | {\"topicArn\": \"https://evil.example\"} | topicArn is the ARN",
        "ses | {\"topicArn\": \"arn:aws:sns:eu-west-1:123456789012:x\", \"user\": \"x\"} | topicArn alone",
        "postmark | {\"user\": \"acme\"} | openssl rand",
        "postmark | {\"user\": \"acme\", \"password\": \"secret\"} | openssl rand",
        "postmark | {\"password\": \"f0e9d8c7b6a5948372615f4e3d2c1b0a\"} | user has",
        "sendgrid | {\"publicKey\": \"x\"} | verification key",
        "sendgrid | {\"key\": \"x\"} | key"
      })
  void whatCannotBeSettingsIsNamedSoAndNotKept(String provider, String body, String advice) {
    put(provider, body)
        .statusCode(400)
        .contentType("application/problem+json")
        .body("detail", containsString(advice));
    get(provider, CatalogueInMemory.ACME_ADMIN).statusCode(404);
  }

  @Test
  void thereIsNoOtherProvider() {
    put("mailgun", SES)
        .statusCode(404)
        .body("detail", containsString("ses, postmark and sendgrid"));
  }

  @Test
  void itsCallbacksChangeItsOwnMessages() {
    // Given
    put("ses", SES);
    put("postmark", POSTMARK);
    put("sendgrid", SENDGRID);
    List<RowId> rows =
        List.of(
            sent(CatalogueInMemory.ACME, CatalogueInMemory.DIPLOMA),
            sent(CatalogueInMemory.ACME, CatalogueInMemory.DIPLOMA),
            sent(CatalogueInMemory.ACME, CatalogueInMemory.DIPLOMA));
    // When
    report(rows.get(0), rows.get(1), rows.get(2));
    // Then
    for (RowId row : rows) {
      assertThat(outcomes.of(row, 2))
          .extracting(DeliveryOutcome::status)
          .containsExactly(DeliveryStatus.SENT, DeliveryStatus.DELIVERED);
    }
  }

  @Test
  void itsCallbacksChangeNobodyElsesMessages() {
    // Given
    put("ses", SES);
    put("postmark", POSTMARK);
    put("sendgrid", SENDGRID);
    RowId theirs = sent(CatalogueInMemory.GLOBEX, CatalogueInMemory.MEMBERSHIP);
    // When
    report(theirs, theirs, theirs);
    Callbacks.sendGrid(
            "acme/sendgrid",
            "[%s]"
                .formatted(
                    callbacks.sendGrid(
                        theirs, "bounce", ", \"type\": \"bounce\", \"status\": \"5.1.1\"")),
            Instant.now())
        .statusCode(200);
    // Then
    assertThat(table.read(theirs, "status")).isEqualTo("SENT");
    assertThat(
            table.read(
                theirs, "select count(*) from suppression s where s.contact = delivery.contact"))
        .isEqualTo("0");
    assertThat(outcomes.published(theirs)).hasSize(1);
  }

  @Test
  void anAccountIsKnownByItsOwnMeansAlone() {
    // Given
    put("ses", SES);
    put("postmark", POSTMARK);
    RowId row = sent(CatalogueInMemory.ACME, CatalogueInMemory.DIPLOMA);
    // When, Then
    Callbacks.ses("acme/ses", Amazon.notification(Amazon.TOPIC, callbacks.sesDelivered(row)))
        .statusCode(403);
    Callbacks.postmark(
            "acme/postmark",
            CallbackTestResource.USER,
            CallbackTestResource.PASSWORD,
            callbacks.postmarkDelivered(row))
        .statusCode(401);
    assertThat(table.read(row, "status")).isEqualTo("SENT");
  }

  @Test
  void aDatabaseThatFailsHasTheProviderTryAgain() throws SQLException {
    // Given
    put("postmark", POSTMARK);
    RowId row = sent(CatalogueInMemory.ACME, CatalogueInMemory.DIPLOMA);
    String event = callbacks.postmarkDelivered(row);
    execute("alter table email_callback rename to gone");
    try {
      // When, Then
      Callbacks.postmark("acme/postmark", "acme", PASSWORD, event).statusCode(500);
    } finally {
      execute("alter table gone rename to email_callback");
    }
    Callbacks.postmark("acme/postmark", "acme", PASSWORD, event).statusCode(200);
    assertThat(table.read(row, "status")).isEqualTo("DELIVERED");
  }

  /** One each, over the organization's accounts. */
  private void report(RowId bySes, RowId byPostmark, RowId bySendGrid) {
    Callbacks.ses(
            "acme/ses", Amazon.notification(Amazon.TOPIC_OF_ACME, callbacks.sesDelivered(bySes)))
        .statusCode(200);
    Callbacks.postmark("acme/postmark", "acme", PASSWORD, callbacks.postmarkDelivered(byPostmark))
        .statusCode(200);
    Callbacks.sendGrid(
            "acme/sendgrid",
            "[%s]".formatted(callbacks.sendGrid(bySendGrid, "delivered", "")),
            Instant.now())
        .statusCode(200);
  }

  private RowId sent(OrganizationId organization, String definition) {
    RowId row = Requests.row();
    publisher.publish(
        List.of(
            Requests.request(
                row,
                organization,
                definition,
                Medium.EMAIL,
                "ada-%s@example.net".formatted(UUID.randomUUID()),
                "Ada")));
    outcomes.of(row, 1);
    return row;
  }

  private static ValidatableResponse put(String provider, String body) {
    return given()
        .header("X-API-Key", CatalogueInMemory.ACME_ADMIN)
        .contentType(ContentType.JSON)
        .body(body)
        .put(SETTINGS + provider)
        .then();
  }

  private static ValidatableResponse get(String provider, String key) {
    return given().header("X-API-Key", key).get(SETTINGS + provider).then();
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
