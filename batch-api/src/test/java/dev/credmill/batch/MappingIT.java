package dev.credmill.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import dev.credmill.backing.BackingTestResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Sheets with headings of their own. */
@QuarkusTest
@QuarkusTestResource(BackingTestResource.class)
@QuarkusTestResource(CatalogueTestResource.class)
class MappingIT {
  private static final String SHEET =
      "Vorname;Familienname;E-Mail;Abschluss;Intern\nAda;Example;nobody;BSc;x\n";
  private static final String MAPPING =
      "{\"VORNAME\": \"First Name\", \"Familienname\": \"Last Name\", \"E-Mail\": \"Email\", \"Abschluss\": \"Degree\", \"Intern\": null}";

  @Test
  void mappedColumnsAreUnderstoodAndErrorsNameThemAsTheSheetDoes() {
    // When
    String id =
        Api.ACME.accepted(SHEET, "definitionId", "diploma", "medium", "EMAIL", "mapping", MAPPING);
    // Then
    Api.ACME.untilStatus(id, "NEEDS_FIXES");
    JsonPath errors = Api.ACME.get("/v1/batches/" + id + "/errors");
    assertThat(errors.getList("items.column")).containsExactly("E-Mail");
    JsonPath row = Api.ACME.get("/v1/batches/" + id + "/rows/2");
    assertThat(row.getString("recipient.lastName")).isEqualTo("Example");
    String report = Api.ACME.request().get("/v1/batches/" + id + "/report.csv").asString();
    assertThat(report).contains("Vorname,Familienname,E-Mail,Abschluss,Intern,Row");
  }

  @Test
  void anInspectionSuggestsAMappingAndStoresNothing() {
    // When
    JsonPath seen = inspect(SHEET, "diploma").then().statusCode(200).extract().jsonPath();
    // Then
    assertThat(seen.getString("kind")).isEqualTo("csv");
    assertThat(seen.getString("charset")).isEqualTo("UTF-8");
    assertThat(seen.getString("delimiter")).isEqualTo(";");
    assertThat(seen.getList("headers"))
        .containsExactly("Vorname", "Familienname", "E-Mail", "Abschluss", "Intern");
    assertThat(seen.getString("suggestedMapping.Vorname")).isEqualTo("First Name");
    assertThat(seen.getString("suggestedMapping.E-Mail")).isEqualTo("Email");
    assertThat(seen.getList("rows[0]")).containsExactly("Ada", "Example", "nobody", "BSc", "x");
    assertThat(seen.getList("missing")).containsExactly("Degree");
  }

  @Test
  void theMappingOfTheLastUploadIsOfferedAgain() {
    // Given
    Api.ACME.accepted(SHEET, "definitionId", "diploma", "medium", "EMAIL", "mapping", MAPPING);
    // When
    JsonPath seen = inspect(SHEET, "diploma").then().statusCode(200).extract().jsonPath();
    // Then
    Map<String, String> suggested = seen.getMap("suggestedMapping");
    assertThat(suggested)
        .containsEntry("Abschluss", "Degree")
        .containsEntry("Familienname", "Last Name")
        .containsEntry("Intern", null);
    assertThat(seen.getList("missing")).isEmpty();
    assertThat(seen.getList("unknown")).isEmpty();
    // And of nobody else
    assertThat(inspectAs(Api.GLOBEX, SHEET, "badge").jsonPath().getMap("suggestedMapping"))
        .doesNotContainKey("Abschluss");
  }

  @Test
  void aMappingThatCannotBeOneIsRefused() {
    for (String mapping :
        new String[] {
          "[]", "x", "{\"a\": {}}", "{\"Vorname\": \"First Name\"", "null", "{\"a\": [1]}"
        }) {
      Api.ACME
          .upload(SHEET, "definitionId", "diploma", "mapping", mapping)
          .then()
          .statusCode(400)
          .body("detail", containsString("JSON object"));
    }
    Api.ACME
        .upload(SHEET, "definitionId", "diploma", "mapping", "{\"Prenom\": \"First Name\"}")
        .then()
        .statusCode(422)
        .body("errors[0].field", equalTo("Prenom"));
    Api.ACME
        .upload(
            SHEET,
            "definitionId",
            "diploma",
            "mapping",
            "{\"Vorname\": \"First Name\", \"Familienname\": \"First Name\"}")
        .then()
        .statusCode(422)
        .body("detail", containsString("doubled"));
  }

  private static Response inspect(String sheet, String definition) {
    return inspectAs(Api.ACME, sheet, definition);
  }

  private static Response inspectAs(Api caller, String sheet, String definition) {
    return caller
        .request()
        .multiPart("file", "people.csv", sheet.getBytes(StandardCharsets.UTF_8), "text/csv")
        .multiPart("definitionId", definition)
        .multiPart("medium", "EMAIL")
        .post("/v1/sheets/inspect");
  }
}
