package dev.credmill.registry.sheet;

import static dev.credmill.registry.Calls.acmeIssuer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import dev.credmill.backing.BackingTestResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(BackingTestResource.class)
class SheetIT {
  @Test
  void theSheetOfADefinitionIsDownloadedForTheChosenMedia() {
    // When
    byte[] file =
        acmeIssuer()
            .accept("*/*")
            .get("/v1/credential-definitions/diploma/sheet.csv?medium=EMAIL&medium=SMS")
            .then()
            .statusCode(200)
            .contentType("text/csv;charset=UTF-8")
            .header("Content-Disposition", containsString("filename=\"diploma-sheet.csv\""))
            .extract()
            .asByteArray();
    // Then
    assertThat(file).startsWith(0xEF, 0xBB, 0xBF);
    assertThat(new String(file, StandardCharsets.UTF_8).substring(1))
        .isEqualTo(
            "First Name,Last Name,Email,Phone,Expiration,Degree,Field of Study,Graduation Date,Honours\r\n");
  }

  @Test
  void anUnknownMediumIsNamed() {
    acmeIssuer()
        .accept("*/*")
        .get("/v1/credential-definitions/diploma/sheet.csv?medium=FAX")
        .then()
        .statusCode(422)
        .body("type", equalTo("urn:credmill:problem:medium-unknown"));
    acmeIssuer()
        .accept("*/*")
        .get("/v1/credential-definitions/diploma/sheet.csv?optional=maybe")
        .then()
        .statusCode(400);
  }
}
