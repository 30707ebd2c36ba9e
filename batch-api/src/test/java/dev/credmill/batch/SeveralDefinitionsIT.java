package dev.credmill.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;

import dev.credmill.backing.BackingTestResource;
import dev.credmill.contracts.event.CredentialRequested;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.util.List;
import org.junit.jupiter.api.Test;

/** One sheet, each row with the definition that it names. */
@QuarkusTest
@QuarkusTestResource(BackingTestResource.class)
@QuarkusTestResource(CatalogueTestResource.class)
class SeveralDefinitionsIT {
  private static final String HEADER = "ID,First Name,Last Name,Email,Degree,Club,Member Since\n";

  @Test
  void eachRowIsCheckedByItsOwnDefinitionAndItsOwnColumns() {
    // Given
    String sheet =
        HEADER
            + "diploma,Ada,Example,ada@example.org,BSc,not looked at,nor this\n"
            + "membership,Bo,Example,bo@example.org,,Chess,2026-01-31\n"
            + "membership,Cy,Example,cy@example.org,,,soon\n"
            + "diploma,Di,Example,di@example.org,,Chess,\n";
    // When
    String id = Api.ACME.accepted(sheet, "medium", "EMAIL");
    // Then
    JsonPath batch = Api.ACME.untilStatus(id, "NEEDS_FIXES");
    assertThat(batch.getList("definitionIds")).containsExactly("diploma", "membership");
    JsonPath rows = Api.ACME.get("/v1/batches/" + id + "/rows");
    assertThat(rows.getList("items.definitionId"))
        .containsExactly("diploma", "membership", "membership", "diploma");
    assertThat(rows.getList("items.issue")).containsExactly("READY", "READY", "INVALID", "INVALID");
    JsonPath errors = Api.ACME.get("/v1/batches/" + id + "/errors");
    assertThat(errors.getList("items.row")).containsExactly(4, 4, 5);
    assertThat(errors.getList("items.column")).containsExactly("Club", "Member Since", "Degree");
  }

  @Test
  void anEventCarriesTheDefinitionOfItsRow() {
    // Given
    String sheet =
        HEADER
            + "membership,Bo,Example,bo@example.org,,Chess,2026-01-31\n"
            + "diploma,Ada,Example,ada@example.org,BSc,,\n";
    // When
    String id = Api.ACME.accepted(sheet, "medium", "EMAIL", "mode", "ISSUE");
    // Then
    try (Topic<CredentialRequested> topic =
        new Topic<>(CredentialRequested.TOPIC, CredentialRequested.class)) {
      List<CredentialRequested> requests = topic.of(id, 2);
      assertThat(requests)
          .extracting(CredentialRequested::definitionId)
          .containsExactly("membership", "diploma");
      assertThat(requests.getFirst().claims()).contains("Chess").doesNotContain("BSc");
      assertThat(requests.getFirst().certificateTemplateId()).isNull();
      assertThat(requests.get(1).certificateTemplateId()).isEqualTo("diploma");
    }
  }

  @Test
  void aRowWithoutADefinitionThatCanBeIssuedSaysSo() {
    // Given
    String sheet =
        HEADER
            + ",Ada,Example,ada@example.org,BSc,,\n"
            + "draft,Bo,Example,bo@example.org,BSc,,\n"
            + "badge,Cy,Example,cy@example.org,BSc,,\n"
            + "../organizations/acme,Di,Example,di@example.org,BSc,,\n";
    // When
    String id = Api.ACME.accepted(sheet, "medium", "EMAIL");
    // Then
    Api.ACME.untilStatus(id, "NEEDS_FIXES");
    JsonPath errors = Api.ACME.get("/v1/batches/" + id + "/errors");
    assertThat(errors.getList("items.code"))
        .containsExactly(
            "required", "unknown-definition", "unknown-definition", "unknown-definition");
    assertThat(errors.getList("items.column")).containsOnly("ID");
  }

  @Test
  void aColumnOfOneDefinitionThatIsMissingConcernsItsRowsOnly() {
    // Given
    String sheet = "ID,First Name,Degree\ndiploma,Ada,BSc\nmembership,Bo,\n";
    // When
    String id = Api.ACME.accepted(sheet);
    // Then
    Api.ACME.untilStatus(id, "NEEDS_FIXES");
    JsonPath errors = Api.ACME.get("/v1/batches/" + id + "/errors");
    assertThat(errors.getList("items.row")).containsOnly(3);
    assertThat(errors.getList("items.code")).contains("missing-column");
    assertThat(errors.getList("items.column")).contains("Club");
  }

  @Test
  void aSheetOfARandomWordPerRowIsRefused() {
    // Given
    StringBuilder sheet = new StringBuilder("ID,First Name\n");
    for (int i = 0; i < 200; i++) {
      sheet.append("word").append(i).append(",Ada\n");
    }
    // When
    String id = Api.ACME.accepted(sheet.toString());
    // Then
    assertThat(Api.ACME.untilStatus(id, "REJECTED").getString("problem.detail"))
        .contains("more than 100 different ids");
  }

  @Test
  void theDefinitionIsSaidOnceAndOnlyOnce() {
    String row = "diploma,Ada,Example,ada@example.org,BSc,,\n";
    Api.ACME
        .upload(HEADER + row, "medium", "EMAIL", "definitionId", "diploma")
        .then()
        .statusCode(422)
        .body("detail", containsString("unknown: \"ID\""));
    Api.ACME
        .upload(Api.sheet(1), "medium", "EMAIL")
        .then()
        .statusCode(400)
        .body("detail", containsString("column ID"));
    Api.ACME
        .upload(HEADER + row, "medium", "EMAIL", "certificateTemplateId", "diploma")
        .then()
        .statusCode(400)
        .body("detail", containsString("certificateTemplateId goes with one definitionId"));
  }
}
