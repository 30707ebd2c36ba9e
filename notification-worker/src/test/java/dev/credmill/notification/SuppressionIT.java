package dev.credmill.notification;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import dev.credmill.backing.BackingTestResource;
import dev.credmill.contracts.event.DeliveryStatus;
import dev.credmill.contracts.event.EventPublisher;
import dev.credmill.contracts.id.RowId;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** To whom an organization sends nothing more, as its admins see and change it. */
@QuarkusTest
@WithTestResource(BackingTestResource.class)
@WithTestResource(MailboxTestResource.class)
class SuppressionIT {
  private static final String PATH = "/v1/suppressions";

  @Inject EventPublisher publisher;
  @Inject Outcomes outcomes;

  private final String address = "bo-" + UUID.randomUUID() + "@example.net";

  @Test
  void whoIsEnteredGetsNothingUntilRemoved() {
    // Given
    String id = add(address.toUpperCase()).statusCode(201).extract().path("id");
    assertThat(sent()).isEqualTo(DeliveryStatus.SUPPRESSED);
    // When
    as(CatalogueInMemory.ACME_ADMIN).delete(PATH + "/" + id).then().statusCode(204);
    // Then
    assertThat(sent()).isEqualTo(DeliveryStatus.SENT);
  }

  @Test
  void whoIsEnteredTwiceIsInItOnce() {
    String id = add(address).statusCode(201).extract().path("id");
    add(address)
        .statusCode(200)
        .body("id", equalTo(id))
        .body("contact", equalTo(address))
        .body("createdBy", equalTo("admin-of-acme"));
  }

  @Test
  void theListIsReadInPartsTheNewestFirst() {
    // Given
    add("first-" + address);
    add("second-" + address);
    // When
    String next =
        as(CatalogueInMemory.ACME_ADMIN)
            .get(PATH + "?limit=1")
            .then()
            .statusCode(200)
            .body("items.contact", contains("second-" + address))
            .extract()
            .path("next");
    // Then
    as(CatalogueInMemory.ACME_ADMIN)
        .get(PATH + "?limit=1&cursor=" + next)
        .then()
        .body("items.contact", contains("first-" + address));
  }

  @Test
  void anotherOrganizationSeesAndRemovesNothing() {
    // Given
    String id = add(address).extract().path("id");
    // Then
    as(CatalogueInMemory.GLOBEX_ADMIN)
        .get(PATH + "?contact=" + address)
        .then()
        .body("items", hasSize(0));
    as(CatalogueInMemory.GLOBEX_ADMIN).delete(PATH + "/" + id).then().statusCode(404);
    as(CatalogueInMemory.ACME_ADMIN)
        .get(PATH + "?contact=" + address)
        .then()
        .body("items", hasSize(1));
  }

  @Test
  void issuersMayNot() {
    as(CatalogueInMemory.ACME_ISSUER).get(PATH).then().statusCode(403);
    given().get(PATH).then().statusCode(401);
  }

  @Test
  void whatIsNoContactIsRefusedWithAdvice() {
    add("nobody at all").statusCode(400).body("detail", containsString("ada@example.org"));
    as(CatalogueInMemory.ACME_ADMIN)
        .contentType("application/json")
        .body("{\"medium\": \"SMS\", \"contact\": \"0600\"}")
        .post(PATH)
        .then()
        .statusCode(400)
        .body("detail", containsString("+34600123456"));
    as(CatalogueInMemory.ACME_ADMIN).get(PATH + "?cursor=x").then().statusCode(400);
    as(CatalogueInMemory.ACME_ADMIN).delete(PATH + "/x").then().statusCode(404);
  }

  @Test
  void aFileIsTakenInAndGivenBack() {
    // When
    String file =
        "Contact,Words\r\n%s,=1+1\r\n'+34600999888,\r\n%s,\r\n".formatted(address, address);
    load(file).body("added", equalTo(2)).body("known", equalTo(1)).body("faults", hasSize(0));
    // Then
    String given = as(CatalogueInMemory.ACME_ADMIN).get(PATH + ".csv").asString();
    assertThat(given)
        .startsWith("\uFEFFMedium,Contact,Reason,Words,Created\r\n")
        .contains("EMAIL," + address + ",MANUAL,'=1+1,")
        .contains("SMS,'+34600999888,MANUAL,,");
    load(given).body("added", equalTo(0));
  }

  @Test
  void aFileWithALineThatCannotBeTakenAddsNothing() {
    load("Contact\r\n%s\r\nnobody\r\n".formatted(address))
        .body("added", equalTo(0))
        .body("faults.line", contains(3));
    as(CatalogueInMemory.ACME_ADMIN)
        .get(PATH + "?contact=" + address)
        .then()
        .body("items", hasSize(0));
  }

  @Test
  void aFileWithoutContactsIsRefused() {
    as(CatalogueInMemory.ACME_ADMIN)
        .contentType("text/csv")
        .body("Address\r\nada@example.org\r\n")
        .post(PATH + ".csv")
        .then()
        .statusCode(422)
        .body("detail", containsString("column Contact"));
  }

  private io.restassured.response.ValidatableResponse load(String file) {
    return as(CatalogueInMemory.ACME_ADMIN)
        .contentType("text/csv; charset=UTF-8")
        .body(file)
        .post(PATH + ".csv")
        .then()
        .statusCode(200);
  }

  private io.restassured.response.ValidatableResponse add(String contact) {
    return as(CatalogueInMemory.ACME_ADMIN)
        .contentType("application/json")
        .body("{\"medium\": \"EMAIL\", \"contact\": \"%s\"}".formatted(contact))
        .post(PATH)
        .then();
  }

  private static RequestSpecification as(String key) {
    return given().header("X-API-Key", key);
  }

  private DeliveryStatus sent() {
    RowId row = Requests.row();
    publisher.publish(List.of(Requests.email(row, address, "Bo")));
    return outcomes.of(row, 1).getFirst().status();
  }
}
