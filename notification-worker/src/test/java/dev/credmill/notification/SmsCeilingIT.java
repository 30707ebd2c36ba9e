package dev.credmill.notification;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
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

/** What an organization can allow where the operator allows no more than so much. */
@QuarkusTest
@WithTestResource(BackingTestResource.class)
@WithTestResource(CeilingTestResource.class)
class SmsCeilingIT {
  private static final String PATH = "/v1/sms-settings";
  @Inject EventPublisher publisher;
  @Inject Outcomes outcomes;

  @AfterEach
  void allowEverythingAgain() {
    put("{}").statusCode(200);
  }

  @Test
  void whatIsLeftOutIsLimitedByTheCeilingAlone() {
    put("{}")
        .statusCode(200)
        .body("allowedCountries", nullValue())
        .body("segmentsPerDay", nullValue())
        .body("ceiling.allowedCountries", contains("AT", "CH", "DE"))
        .body("ceiling.segmentsPerDay", equalTo(CeilingTestResource.SEGMENTS_PER_DAY))
        .body("ceiling.segmentsPerMonth", nullValue());
  }

  @Test
  void lessAndJustAsMuchCanBeSet() {
    put("{\"allowedCountries\": [\"DE\"], \"segmentsPerDay\": 5000, \"segmentsPerMonth\": 900000}")
        .statusCode(200)
        .body("segmentsPerDay", equalTo(5_000));
  }

  @Test
  void moreIsRefusedAndNothingOfItIsKept() {
    // Given
    put("{\"segmentsPerDay\": 17}").statusCode(200);
    // When
    put("{\"segmentsPerDay\": 5001}")
        .statusCode(422)
        .contentType("application/problem+json")
        .body("type", endsWith("sms-settings-beyond-limit"))
        .body("detail", containsString("5000 SMS segments a day at most, and not 5001"));
    put("{\"allowedCountries\": [\"AT\", \"FR\", \"US\"], \"segmentsPerDay\": 1}")
        .statusCode(422)
        .body("detail", containsString("FR, US"))
        .body("detail", containsString("allowed are AT, CH, DE"));
    // Then
    read().body("segmentsPerDay", equalTo(17)).body("allowedCountries", nullValue());
  }

  @Test
  void aNumberOfACountryBeyondTheCeilingFailsAndSaysSo() {
    // Given
    RowId row = Requests.row();
    // When
    publisher.publish(List.of(Requests.sms(row, "+12025550123")));
    // Then
    DeliveryOutcome outcome = outcomes.of(row, 1).getFirst();
    assertThat(outcome.status()).isEqualTo(DeliveryStatus.FAILED);
    assertThat(outcome.problem().detail())
        .isEqualTo("The operator of this service allows no text messages to US");
  }

  private static ValidatableResponse put(String body) {
    return given()
        .header("X-API-Key", CatalogueInMemory.ACME_ADMIN)
        .contentType(ContentType.JSON)
        .body(body)
        .put(PATH)
        .then();
  }

  private static ValidatableResponse read() {
    return given().header("X-API-Key", CatalogueInMemory.ACME_ADMIN).get(PATH).then();
  }
}
