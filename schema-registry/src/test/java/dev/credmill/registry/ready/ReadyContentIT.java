package dev.credmill.registry.ready;

import static dev.credmill.registry.Calls.acmeAdmin;
import static dev.credmill.registry.Calls.acmeIssuer;
import static dev.credmill.registry.Calls.globexAdmin;
import static dev.credmill.registry.Calls.platformAdmin;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.notNullValue;

import dev.credmill.backing.BackingTestResource;
import dev.credmill.registry.definition.CredentialDefinitions;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(BackingTestResource.class)
class ReadyContentIT {
  @Inject ReadyContent content;
  @Inject CredentialDefinitions definitions;

  @Test
  void bothOrganizationsHavePublishedDefinitions() {
    for (String id : new String[] {"diploma", "membership", "training-certificate"}) {
      acmeIssuer()
          .get("/v1/credential-definitions/" + id)
          .then()
          .statusCode(200)
          .body("status", equalTo("PUBLISHED"))
          .body("publishedAt", notNullValue());
    }
    globexAdmin()
        .get("/v1/credential-definitions")
        .then()
        .statusCode(200)
        .body("items.id", hasItems("globex-membership", "globex-training-certificate"));
  }

  @Test
  void anotherStartChangesNothing() {
    // Given
    String before = everything();
    // When
    content.make(null);
    // Then
    assertThat(everything()).isEqualTo(before);
  }

  @Test
  void theDiplomaAsksForACertificateAndTheMembershipDoesNot() {
    ValidatableResponse diploma =
        acmeAdmin().get("/v1/credential-definitions/diploma").then().statusCode(200);
    diploma
        .body("certificateTemplateId", equalTo("diploma"))
        .body("type", equalTo("DiplomaCredential"))
        .body(
            "columns.heading",
            equalTo(java.util.List.of("Degree", "Field of Study", "Graduation Date", "Honours")))
        .body("columns.required", equalTo(java.util.List.of(true, true, true, false)));
    acmeAdmin()
        .get("/v1/credential-definitions/membership")
        .then()
        .body("certificateTemplateId", equalTo(null))
        .body("validity", equalTo("P1Y"));
  }

  private String everything() {
    return platformAdmin().get("/v1/organizations").asString()
        + acmeAdmin().get("/v1/api-keys").asString()
        + acmeAdmin().get("/v1/schemas").asString()
        + acmeAdmin().get("/v1/certificate-templates").asString()
        + acmeAdmin().get("/v1/credential-definitions").asString()
        + globexAdmin().get("/v1/credential-definitions").asString();
  }
}
