package dev.credmill.issuance.vcapi;

import static io.restassured.RestAssured.given;

import dev.credmill.backing.BackingTestResource;
import dev.credmill.issuance.RegistryTestResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(BackingTestResource.class)
@WithTestResource(RegistryTestResource.class)
class VcApiOffIT {
  @ParameterizedTest
  @ValueSource(strings = {"/credentials/issue", "/credentials/verify", "/presentations/verify"})
  void nothingIsThereUnlessItIsSwitchedOn(String path) {
    given()
        .header("X-API-Key", RegistryTestResource.ACME_ISSUER_KEY)
        .contentType("application/json")
        .body("{}")
        .post(path)
        .then()
        .statusCode(404);
  }
}
