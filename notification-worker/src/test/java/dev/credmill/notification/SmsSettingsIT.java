package dev.credmill.notification;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.nullValue;

import dev.credmill.backing.BackingTestResource;
import dev.credmill.contracts.event.DeliveryOutcome;
import dev.credmill.contracts.event.DeliveryStatus;
import dev.credmill.contracts.event.EventPublisher;
import dev.credmill.contracts.id.RowId;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an organization allows for its text messages, as its admins see and change it. */
@QuarkusTest
@WithTestResource(BackingTestResource.class)
class SmsSettingsIT {
  private static final String PATH = "/v1/sms-settings";
  @Inject EventPublisher publisher;
  @Inject Outcomes outcomes;
  @Inject DeliveryTable table;
  private final RowId row = Requests.row();

  @AfterEach
  void allowEverythingAgain() {
    put("{}").statusCode(200);
  }

  @Test
  void whatIsNotSetIsNotLimited() {
    read(CatalogueInMemory.GLOBEX_ADMIN)
        .statusCode(200)
        .body("allowedCountries", nullValue())
        .body("segmentsPerDay", nullValue())
        .body("used.today", greaterThanOrEqualTo(0));
  }

  @Test
  void settingsAreKeptForTheOrganizationAlone() {
    put("{\"allowedCountries\": [\"DE\", \"AT\", \"DE\"], \"segmentsPerMonth\": 20000}")
        .statusCode(200)
        .body("allowedCountries", contains("AT", "DE"))
        .body("segmentsPerMonth", equalTo(20_000));
    read(CatalogueInMemory.ACME_ADMIN).body("allowedCountries", contains("AT", "DE"));
    read(CatalogueInMemory.GLOBEX_ADMIN).body("allowedCountries", nullValue());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"allowedCountries\": [\"de\"]}",
        "{\"allowedCountries\": [\"XX\"]}",
        "{\"allowedCountries\": [null]}",
        "{\"allowedCountries\": \"DE\"}",
        "{\"segmentsPerDay\": -1}",
        "{\"segmentsPerMonth\": 1.5}",
        "{\"segmentsPerDay\": 99999999999}",
        "{\"countries\": []}",
        "[]",
        "null",
        ""
      })
  void whatAreNoSettingsIsSaidSo(String body) {
    put(body).statusCode(400).contentType("application/problem+json");
  }

  @Test
  void onlyAdminsSeeAndChangeThem() {
    read(CatalogueInMemory.ACME_ISSUER).statusCode(403);
    given().get(PATH).then().statusCode(401);
    given().contentType(ContentType.JSON).body("{}").put(PATH).then().statusCode(401);
  }

  @Test
  void aNumberOfACountryThatIsNotAllowedFailsAndSaysSo() {
    // Given
    put("{\"allowedCountries\": [\"DE\"]}");
    // When
    publisher.publish(List.of(Requests.sms(row, "+41446681800")));
    // Then
    DeliveryOutcome outcome = outcomes.of(row, 1).getFirst();
    assertThat(outcome.status()).isEqualTo(DeliveryStatus.FAILED);
    assertThat(outcome.problem().detail())
        .isEqualTo(
            "The organization sends no text messages to CH; its admin allows countries with PUT /v1/sms-settings");
  }

  @Test
  void whatIsBeyondTheLimitWaitsUntilItIsRaised() {
    // Given
    int used = read(CatalogueInMemory.ACME_ADMIN).extract().path("used.today");
    put("{\"segmentsPerDay\": %d}".formatted(used + 3)).statusCode(200);
    RowId first = Requests.row();
    publisher.publish(List.of(Requests.sms(first, "+4930901841")));
    assertThat(outcomes.of(first, 1).getFirst().status()).isEqualTo(DeliveryStatus.SENT);
    publisher.publish(List.of(Requests.sms(row, "+4930901842")));
    await().until(() -> table.read(row, "problem ->> 'detail'") != null);
    assertThat(table.read(row, "problem ->> 'detail'")).contains("leaves no room for the 2");
    assertThat(table.read(row, "status || attempts")).isEqualTo("PENDING0");
    // When
    put("{\"segmentsPerDay\": %d}".formatted(used + 4))
        .statusCode(200)
        .body("used.today", equalTo(used + 2));
    // Then
    assertThat(outcomes.of(row, 1).getFirst().status()).isEqualTo(DeliveryStatus.SENT);
    read(CatalogueInMemory.ACME_ADMIN).body("used.today", equalTo(used + 4));
    assertThat(table.read(row, "segments")).isEqualTo("2");
  }

  @Test
  void theProblemSaysWhatToSend() {
    put("{\"allowedCountries\": [\"GERMANY\"]}").body("detail", containsString("ISO 3166-1"));
  }

  private static ValidatableResponse put(String body) {
    return given()
        .header("X-API-Key", CatalogueInMemory.ACME_ADMIN)
        .contentType(ContentType.JSON)
        .body(body)
        .put(PATH)
        .then();
  }

  private static ValidatableResponse read(String key) {
    return given().header("X-API-Key", key).get(PATH).then();
  }
}
