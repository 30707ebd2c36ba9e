package dev.credmill.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import dev.credmill.backing.BackingTestResource;
import io.agroal.api.AgroalDataSource;
import io.quarkus.agroal.DataSource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Batches found again. */
@QuarkusTest
@QuarkusTestResource(BackingTestResource.class)
@QuarkusTestResource(CatalogueTestResource.class)
class SearchIT {
  private final String unique = UUID.randomUUID().toString();

  @Inject
  @DataSource("batch")
  AgroalDataSource database;

  @Test
  void aLabelIsGivenChangedAndTakenAwayLater() {
    // Given
    String id = Api.ACME.accepted(Api.sheet(1), "definitionId", "diploma");
    // When
    label(id, "\"summer " + unique + "\"")
        .then()
        .statusCode(200)
        .body("label", equalTo("summer " + unique));
    // Then
    assertThat(found("label=summer " + unique)).containsExactly(id);
    assertThat(found("q=SUMMER " + unique)).containsExactly(id);
    label(id, "null").then().statusCode(200);
    assertThat(found("label=summer " + unique)).isEmpty();
    label(id, "\"two\\nlines\"").then().statusCode(400);
    label(id, "\"" + "x".repeat(201) + "\"").then().statusCode(400);
    Api.GLOBEX
        .request()
        .contentType("application/json")
        .body("{\"label\": \"mine\"}")
        .patch("/v1/batches/" + id)
        .then()
        .statusCode(404);
  }

  @Test
  void aBatchIsFoundByWhatExactlyStandsInARow() {
    // Given
    String sheet =
        "Reference,First Name,Last Name,Email,Phone,Degree\n"
            + "ref-%1$s,Ada,Example,Ada.%1$s@Example.org,+49 30 901820,BSc\n".formatted(unique)
            + ",Bo,%s,,,BSc\n".formatted(unique);
    String id = Api.ACME.accepted(sheet, "definitionId", "diploma");
    Api.ACME.untilStatus(id, "READY");
    // Then
    assertThat(found("q=ada." + unique + "@example.org")).containsExactly(id);
    assertThat(found("q=ref-" + unique)).containsExactly(id);
    assertThat(found("q=+49 (30) 90-18-20")).contains(id);
    assertThat(found("q=Bo " + unique)).containsExactly(id);
    assertThat(found("q=nobody." + unique + "@example.org")).isEmpty();
    assertThat(Api.GLOBEX.get("/v1/batches?q=ref-" + unique).getList("items")).isEmpty();
    assertThat(Api.OTHER_ISSUER.get("/v1/batches?q=ref-" + unique).getList("items")).isEmpty();
  }

  @Test
  void whatARowNoLongerSaysIsNotFoundAnyMore() {
    // Given
    String sheet = "First Name,Email,Degree\nAda,old.%s@example.org,BSc\n".formatted(unique);
    String id = Api.ACME.accepted(sheet, "definitionId", "diploma", "medium", "EMAIL");
    Api.ACME.untilStatus(id, "READY");
    // When
    Api.ACME
        .request()
        .contentType("application/json")
        .body("{\"cells\": {\"Email\": \"new.%s@example.org\"}}".formatted(unique))
        .patch("/v1/batches/" + id + "/rows/2")
        .then()
        .statusCode(200);
    // Then
    assertThat(found("q=old." + unique + "@example.org")).isEmpty();
    assertThat(found("q=new." + unique + "@example.org")).containsExactly(id);
  }

  @Test
  void tenThousandBatchesAreListedAlongTheirIndexAndNoneIsMissed() throws SQLException {
    // Given
    String organization = "globex";
    change(
        """
        insert into batch (id, organization, created_by, created_at, file_name, file_size, file_hash,
          by_id_column, definition_ids, media, mode, on_invalid_rows, on_duplicate, format, header,
          mapping, phase)
        select gen_random_uuid(), '%s', 'globex-admin', now() - g * interval '1 minute', 'f.csv', 1, '\\x00',
          false, array['badge'], array[]::text[], 'REVIEW', 'stop', 'warn', '{"kind": "csv", "charset": "UTF-8", "delimiter": ","}',
          array['First Name'], '{}', 'VALIDATED'
        from generate_series(1, 10000) g
        """
            .formatted(organization));
    change("analyze batch");
    // When
    Set<String> seen = new HashSet<>();
    String cursor = "";
    int pages = 0;
    do {
      JsonPath page = Api.GLOBEX.get("/v1/batches?limit=500" + cursor);
      seen.addAll(page.getList("items.id"));
      cursor = page.getString("next") == null ? null : "&cursor=" + page.getString("next");
      pages++;
    } while (cursor != null && pages < 100);
    // Then
    assertThat(seen).hasSizeGreaterThanOrEqualTo(10_000);
    assertThat(
            plan(
                "select * from batch_overview where organization = 'globex' and (true or created_by = '') order by id desc limit 51"))
        .contains("Index Scan using batch_newest")
        .doesNotContain("Sort");
    assertThat(
            plan(
                "select * from batch_overview where organization = 'globex' and id < 'ffffffff-ffff-ffff-ffff-ffffffffffff' order by id desc limit 51"))
        .contains("Index Scan using batch_newest");
  }

  private static List<String> found(String query) {
    String[] parameter = query.split("=", 2);
    return Api.ACME
        .request()
        .queryParam(parameter[0], parameter[1])
        .get("/v1/batches")
        .then()
        .statusCode(200)
        .extract()
        .jsonPath()
        .getList("items.id");
  }

  private static Response label(String id, String json) {
    return Api.ACME
        .request()
        .contentType("application/json")
        .body("{\"label\": " + json + "}")
        .patch("/v1/batches/" + id);
  }

  private void change(String sql) throws SQLException {
    try (var connection = database.getConnection();
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private String plan(String sql) throws SQLException {
    StringBuilder plan = new StringBuilder();
    try (var connection = database.getConnection();
        var statement = connection.createStatement();
        var result = statement.executeQuery("explain " + sql)) {
      while (result.next()) {
        plan.append(result.getString(1)).append('\n');
      }
    }
    return plan.toString();
  }
}
