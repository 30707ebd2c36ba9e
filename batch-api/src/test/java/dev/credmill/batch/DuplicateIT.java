package dev.credmill.batch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.credmill.backing.BackingTestResource;
import dev.credmill.contracts.event.CredentialOutcome;
import dev.credmill.contracts.event.CredentialRequested;
import dev.credmill.contracts.event.EventPublisher;
import io.agroal.api.AgroalDataSource;
import io.quarkus.agroal.DataSource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Rows that say what another row says already. */
@QuarkusTest
@QuarkusTestResource(BackingTestResource.class)
@QuarkusTestResource(CatalogueTestResource.class)
class DuplicateIT {
  private static final String HEADER = "Reference,First Name,Email,Degree\n";

  @Inject EventPublisher publisher;

  @Inject
  @DataSource("batch")
  AgroalDataSource database;

  /** Names nobody else's test uses. */
  private final String ada = "ada-" + UUID.randomUUID() + "@example.org";

  @Test
  void equalRowsAndEqualReferencesOfASheetAreReported() {
    // Given
    String sheet =
        HEADER
            + ",Ada,%s,BSc\n".formatted(ada)
            + ",Ada,%s,MSc\n".formatted(ada)
            + ",Ada,%s,BSc\n".formatted(ada.toUpperCase(java.util.Locale.ROOT))
            + "r-%s,Bo,bo@example.org,BSc\n".formatted(ada)
            + "r-%s,Cy,cy@example.org,BSc\n".formatted(ada);
    // When
    String id = Api.ACME.accepted(sheet, "definitionId", "diploma", "medium", "EMAIL");
    // Then
    JsonPath batch = Api.ACME.untilStatus(id, "READY");
    assertThat(batch.getInt("duplicates.sameSheet")).isEqualTo(2);
    assertThat(batch.getList("warnings.code")).contains("duplicate-rows");
    JsonPath rows = Api.ACME.get("/v1/batches/" + id + "/rows?duplicate=SAME_SHEET");
    assertThat(rows.getList("items.number")).containsExactly(4, 6);
    assertThat(rows.getList("items.duplicate.row")).containsExactly(2, 5);
  }

  @Test
  void whatWasIssuedBeforeIsReportedWithItsBatch() {
    // Given
    String first = issued(row());
    // When
    String second = Api.ACME.accepted(row(), "definitionId", "diploma", "medium", "EMAIL");
    // Then
    assertThat(Api.ACME.untilStatus(second, "READY").getInt("duplicates.issued")).isOne();
    JsonPath row = Api.ACME.get("/v1/batches/" + second + "/rows/2");
    assertThat(row.getString("duplicate.kind")).isEqualTo("ISSUED");
    assertThat(row.getString("duplicate.batchId")).isEqualTo(first);
  }

  @Test
  void whatWasRevokedSinceIsToldApart() throws SQLException {
    // Given
    String first = issued(row());
    change("update row_credential set validity = 'REVOKED' where batch_id = '" + first + "'");
    // When
    String second = Api.ACME.accepted(row(), "definitionId", "diploma", "medium", "EMAIL");
    // Then
    assertThat(Api.ACME.untilStatus(second, "READY").getInt("duplicates.revoked")).isOne();
  }

  @Test
  void whatWasOnlyUploadedBeforeIsNoDuplicate() {
    // Given
    Api.ACME.untilStatus(
        Api.ACME.accepted(row(), "definitionId", "diploma", "medium", "EMAIL"), "READY");
    // When
    String second = Api.ACME.accepted(row(), "definitionId", "diploma", "medium", "EMAIL");
    // Then
    assertThat(Api.ACME.untilStatus(second, "READY").getInt("duplicates.issued")).isZero();
  }

  @Test
  void duplicatesAreSkippedOrRefusedWhereThatIsAskedFor() {
    // Given
    issued(row());
    String sheet = row() + ",Bo,bo-%s,BSc\n".formatted(ada) + ",Bo,bo-%s,BSc\n".formatted(ada);
    // When
    String skipping =
        Api.ACME.accepted(
            sheet, "definitionId", "diploma", "medium", "EMAIL", "onDuplicate", "skip");
    String refusing =
        Api.ACME.accepted(
            sheet, "definitionId", "diploma", "medium", "EMAIL", "onDuplicate", "refuse");
    // Then
    JsonPath skipped = Api.ACME.untilStatus(skipping, "READY");
    assertThat(skipped.getInt("counts.skipped")).isEqualTo(2);
    assertThat(skipped.getInt("counts.ready")).isOne();
    JsonPath refused = Api.ACME.untilStatus(refusing, "NEEDS_FIXES");
    assertThat(refused.getInt("counts.invalid")).isEqualTo(2);
    assertThat(Api.ACME.get("/v1/batches/" + refusing + "/errors").getList("items.code"))
        .containsOnly("duplicate");
  }

  @Test
  void aSkippedRowThatIsCorrectedIsNoDuplicateAnyMore() {
    // Given
    String sheet = row() + ",Ada,%s,BSc\n".formatted(ada);
    String id =
        Api.ACME.accepted(
            sheet, "definitionId", "diploma", "medium", "EMAIL", "onDuplicate", "skip");
    Api.ACME.untilStatus(id, "READY");
    // When
    Api.ACME
        .request()
        .contentType("application/json")
        .body("{\"cells\": {\"Degree\": \"MSc\"}}")
        .patch("/v1/batches/" + id + "/rows/3")
        .then()
        .statusCode(200);
    // Then
    JsonPath batch = Api.ACME.batch(id);
    assertThat(batch.getInt("counts.skipped")).isZero();
    assertThat(batch.getInt("counts.ready")).isEqualTo(2);
    assertThat(batch.getInt("duplicates.sameSheet")).isZero();
    assertThat(batch.getList("warnings")).isEmpty();
  }

  @Test
  void ofEqualRowsTheFirstStaysReadyHoweverOftenItIsCorrected() {
    // Given
    String sheet = row() + ",Ada,%s,BSc\n".formatted(ada);
    String id =
        Api.ACME.accepted(
            sheet, "definitionId", "diploma", "medium", "EMAIL", "onDuplicate", "skip");
    Api.ACME.untilStatus(id, "READY");
    // When
    for (int number : new int[] {2, 3, 2}) {
      Api.ACME
          .request()
          .contentType("application/json")
          .body("{\"cells\": {\"Degree\": \"BSc\"}}")
          .patch("/v1/batches/" + id + "/rows/" + number)
          .then()
          .statusCode(200);
    }
    // Then
    assertThat(Api.ACME.get("/v1/batches/" + id + "/rows").getList("items.issue"))
        .containsExactly("READY", "SKIPPED");
    assertThat(Api.ACME.batch(id).getInt("duplicates.sameSheet")).isOne();
  }

  @Test
  void whenTheFirstOfEqualRowsIsCorrectedTheNextTakesItsPlace() {
    // Given
    String id = threeEqualRows("skip");
    Api.ACME.untilStatus(id, "READY");
    // When
    Api.ACME
        .request()
        .contentType("application/json")
        .body("{\"cells\": {\"Degree\": \"MSc\"}}")
        .patch("/v1/batches/" + id + "/rows/2")
        .then()
        .statusCode(200);
    // Then
    JsonPath rows = Api.ACME.get("/v1/batches/" + id + "/rows");
    assertThat(rows.getList("items.issue")).containsExactly("READY", "READY", "SKIPPED");
    assertThat(rows.getInt("items[2].duplicate.row")).isEqualTo(3);
    JsonPath batch = Api.ACME.batch(id);
    assertThat(batch.getInt("counts.skipped")).isOne();
    assertThat(batch.getInt("duplicates.sameSheet")).isOne();
  }

  @Test
  void whenTheFirstOfEqualRowsIsDroppedTheNextTakesItsPlace() {
    // Given
    String id = threeEqualRows("refuse");
    Api.ACME.untilStatus(id, "NEEDS_FIXES");
    // When
    for (int number : new int[] {2, 3}) {
      Api.ACME.request().delete("/v1/batches/" + id + "/rows/" + number).then().statusCode(204);
    }
    // Then
    assertThat(Api.ACME.get("/v1/batches/" + id + "/rows").getList("items.issue"))
        .containsExactly("CANCELLED", "CANCELLED", "READY");
    assertThat(Api.ACME.get("/v1/batches/" + id + "/errors").getList("items")).isEmpty();
    JsonPath batch = Api.ACME.untilStatus(id, "READY");
    assertThat(batch.getInt("counts.invalid")).isZero();
    assertThat(batch.getInt("counts.ready")).isOne();
    assertThat(batch.getInt("duplicates.sameSheet")).isZero();
  }

  private String threeEqualRows(String onDuplicate) {
    String sheet = row() + ",Ada,%s,BSc\n".formatted(ada).repeat(2);
    return Api.ACME.accepted(
        sheet, "definitionId", "diploma", "medium", "EMAIL", "onDuplicate", onDuplicate);
  }

  @Test
  void anotherOrganizationsRowsAreNeverDuplicates() {
    // Given
    issued(row());
    String sheet = "First Name,Email,Degree\nAda,%s,BSc\n".formatted(ada);
    // When
    String id = Api.GLOBEX.accepted(sheet, "definitionId", "badge", "medium", "EMAIL");
    // Then
    assertThat(Api.GLOBEX.untilStatus(id, "READY").getInt("duplicates.issued")).isZero();
  }

  @Test
  void aMillionTimesTheSameRowIsNoMoreWorkThanAnyOther() {
    // Given
    StringBuilder sheet = new StringBuilder(HEADER);
    for (int i = 0; i < 30_000; i++) {
      sheet.append(",Ada,%s,BSc\n".formatted(ada));
    }
    // When
    String id = Api.ACME.accepted(sheet.toString(), "definitionId", "diploma", "medium", "EMAIL");
    // Then
    JsonPath batch = Api.ACME.untilStatus(id, "READY");
    assertThat(batch.getInt("duplicates.sameSheet")).isEqualTo(29_999);
  }

  private String row() {
    return HEADER + ",Ada,%s,BSc\n".formatted(ada);
  }

  private String issued(String sheet) {
    String id =
        Api.ACME.accepted(sheet, "definitionId", "diploma", "medium", "EMAIL", "mode", "ISSUE");
    try (Topic<CredentialRequested> requests =
        new Topic<>(CredentialRequested.TOPIC, CredentialRequested.class)) {
      CredentialRequested request = requests.of(id, 1).getFirst();
      publisher.publish(
          List.of(
              new CredentialOutcome.Issued(
                  request.row(), request.run(), "urn:uuid:" + id, "t-" + id, Instant.now())));
    }
    Api.ACME.untilStatus(id, "COMPLETED");
    return id;
  }

  private void change(String sql) throws SQLException {
    try (var connection = database.getConnection();
        var statement = connection.createStatement()) {
      statement.executeUpdate(sql);
    }
  }
}
