package dev.credmill.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;

import dev.credmill.backing.BackingTestResource;
import io.agroal.api.AgroalDataSource;
import io.quarkus.agroal.DataSource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What becomes of files, good and bad. */
@QuarkusTest
@QuarkusTestResource(BackingTestResource.class)
@QuarkusTestResource(CatalogueTestResource.class)
class UploadIT {
  /**
   * Of a batch: keys stand in the index, or packed in 20 bytes of which the last 4 are the number.
   */
  private static final String KEYED_ROWS =
      """
      select count(distinct number) from (
        select number, batch_id from row_key
        union all
        select cast(substring(entries from 20 * i + 17 for 4) as int), batch_id
        from row_key_page, generate_series(0, octet_length(entries) / 20 - 1) i) k
      where batch_id = '%s'
      """;

  @Inject
  @DataSource("batch")
  AgroalDataSource database;

  @Test
  void aValidSheetBecomesReady() {
    // When
    Response answer =
        Api.ACME.upload(
            Api.sheet(2), "definitionId", "diploma", "medium", "EMAIL", "label", "summer");
    // Then
    answer.then().statusCode(202).header("Location", containsString("/v1/batches/"));
    JsonPath batch = Api.ACME.untilStatus(answer.path("id"), "READY");
    assertThat(batch.getInt("counts.total")).isEqualTo(2);
    assertThat(batch.getInt("counts.ready")).isEqualTo(2);
    assertThat(batch.getString("label")).isEqualTo("summer");
    assertThat(batch.getList("media")).containsExactly("EMAIL");
    assertThat(batch.getString("createdBy")).isEqualTo("acme-admin");
  }

  @Test
  void everyErrorOfEveryRowIsToldWithItsPlace() {
    // Given
    String sheet =
        """
        First Name,Last Name,Email,Expiration,Degree,Graduation Date,Level,Hours
        Ada,Example,ada@example.org,P2Y,BSc,2026-06-30,gold,12

        ,Example,nobody,soon,,30.06.2026,bronze,many
        "Grace, B.",Example,grace@example.org,18 months,BSc,,,0
        """;
    // When
    String id = Api.ACME.accepted(sheet, "definitionId", "diploma", "medium", "EMAIL");
    // Then
    JsonPath batch = Api.ACME.untilStatus(id, "NEEDS_FIXES");
    assertThat(batch.getInt("counts.total")).isEqualTo(3);
    assertThat(batch.getInt("counts.invalid")).isEqualTo(2);
    JsonPath errors = Api.ACME.get("/v1/batches/" + id + "/errors");
    assertThat(errors.getList("items.row")).containsExactly(4, 4, 4, 4, 4, 4, 4, 5);
    assertThat(errors.getList("items.column"))
        .containsExactlyInAnyOrder(
            "First Name",
            "Email",
            "Expiration",
            "Degree",
            "Graduation Date",
            "Level",
            "Hours",
            "Hours");
    assertThat(errors.getList("items.message", String.class)).allMatch(m -> m.length() > 10);
    Api.ACME
        .request()
        .get("/v1/batches/" + id + "/errors.csv")
        .then()
        .statusCode(200)
        .body(containsString("\"Grace, B.\",Example,grace@example.org"));
  }

  @Test
  void invalidRowsStopTheValidOnesUnlessToldOtherwise() {
    // Given
    String sheet = Api.HEADER + "Ada,Example,ada@example.org,,BSc,1\nBad,Example,nobody,,BSc,1\n";
    String id =
        Api.ACME.accepted(sheet, "definitionId", "diploma", "medium", "EMAIL", "mode", "ISSUE");
    Api.ACME.untilStatus(id, "NEEDS_FIXES");
    // When
    Api.ACME
        .request()
        .post("/v1/batches/" + id + "/issue")
        .then()
        .statusCode(409)
        .body("detail", containsString("skip"));
    Api.ACME
        .request()
        .contentType("application/json")
        .body("{\"onInvalidRows\": \"skip\"}")
        .post("/v1/batches/" + id + "/issue")
        .then()
        .statusCode(200);
    // Then
    JsonPath batch = Api.ACME.untilBatch(id, b -> b.getInt("counts.queued") == 1);
    assertThat(batch.getString("status")).isEqualTo("ISSUING");
  }

  static Stream<Arguments> refusedFiles() {
    byte[] garbage = new byte[100_000];
    new Random(1).nextBytes(garbage);
    String good = Api.HEADER + "Ada,Example,ada@example.org,,BSc,1\n";
    return Stream.of(
        Arguments.of("empty", new byte[0], 400, "file-empty"),
        Arguments.of("only a header", utf8(Api.HEADER), 422, "sheet-without-rows"),
        Arguments.of(
            "blank lines only", utf8(Api.HEADER + "\n\n , ,\n"), 422, "sheet-without-rows"),
        Arguments.of("garbage", garbage, 415, "file-type-unsupported"),
        Arguments.of("half a workbook", utf8("PK\003\004..."), 422, "file-malformed"),
        Arguments.of("a web page", utf8("<!DOCTYPE html><table>"), 415, "file-type-unsupported"),
        Arguments.of(
            "Latin-1",
            "First Name\nJos\u00e9\n".getBytes(StandardCharsets.ISO_8859_1),
            422,
            "file-not-utf8"),
        Arguments.of(
            "a missing column",
            utf8("First Name,Email\nAda,a@example.org\n"),
            422,
            "sheet-header-mismatch"),
        Arguments.of(
            "an unknown column",
            utf8(good.replace("Hours", "Houres")),
            422,
            "sheet-header-mismatch"),
        Arguments.of(
            "a doubled column",
            utf8(good.replace("Hours", "degree ")),
            422,
            "sheet-header-mismatch"),
        Arguments.of(
            "a platform member",
            utf8(good.replace("Hours", "issuer")),
            422,
            "sheet-header-mismatch"),
        Arguments.of(
            "an endless quote", utf8("\"" + "x".repeat(3_000_000)), 422, "sheet-limit-exceeded"),
        Arguments.of("600 columns", utf8("a,".repeat(600) + "\n"), 422, "sheet-limit-exceeded"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("refusedFiles")
  void aFileThatCannotBeASheetIsRefusedAndNothingOfItIsStored(
      String what, byte[] content, int status, String type) throws SQLException {
    // Given
    long before = batches();
    // When
    Response answer = Api.ACME.upload(content, "definitionId", "diploma", "medium", "EMAIL");
    // Then
    answer
        .then()
        .statusCode(status)
        .contentType("application/problem+json")
        .body("type", equalTo("urn:credmill:problem:" + type))
        .body("detail", not(equalTo(null)));
    assertThat(batches()).isEqualTo(before);
  }

  static Stream<Arguments> refusedParts() {
    return Stream.of(
        Arguments.of(new String[] {"definitionId", "nonsense"}, 422, "definition-unknown"),
        Arguments.of(new String[] {"definitionId", "badge"}, 422, "definition-unknown"),
        Arguments.of(new String[] {"definitionId", "draft"}, 422, "definition-not-published"),
        Arguments.of(new String[] {}, 400, "invalid-parameter"),
        Arguments.of(
            new String[] {"definitionId", "diploma", "medium", "PIGEON"}, 422, "medium-unknown"),
        Arguments.of(
            new String[] {"definitionId", "diploma", "mode", "NOW"}, 400, "invalid-parameter"),
        Arguments.of(
            new String[] {"definitionId", "diploma", "media", "EMAIL"}, 400, "invalid-parameter"),
        Arguments.of(
            new String[] {"definitionId", "diploma", "onInvalidRows", "ignore"},
            400,
            "invalid-parameter"),
        Arguments.of(
            new String[] {"definitionId", "diploma", "certificateTemplateId", "none"},
            422,
            "certificate-template-unknown"),
        Arguments.of(
            new String[] {"definitionId", "diploma", "label", "x".repeat(201)},
            400,
            "invalid-parameter"));
  }

  @ParameterizedTest(name = "{2}")
  @MethodSource("refusedParts")
  void aPartThatIsNotAcceptedIsNamed(String[] parts, int status, String type) {
    Api.ACME
        .upload(Api.sheet(1), parts)
        .then()
        .statusCode(status)
        .contentType("application/problem+json")
        .body("type", equalTo("urn:credmill:problem:" + type));
  }

  @Test
  void anUploadWithoutAFileIsToldSo() {
    Api.ACME
        .request()
        .multiPart("definitionId", "diploma")
        .post("/v1/batches")
        .then()
        .statusCode(400)
        .body("type", equalTo("urn:credmill:problem:file-missing"));
  }

  @Test
  void aFileThatBreaksLaterIsRejectedWithoutLeavingRows() throws SQLException {
    // Given
    byte[] start = utf8(Api.sheet(5_000));
    byte[] content = java.util.Arrays.copyOf(start, start.length + 3);
    content[start.length] = (byte) 0xC3;
    content[start.length + 1] = '(';
    // When
    String id = Api.ACME.upload(content, "definitionId", "diploma").path("id");
    // Then
    JsonPath batch = Api.ACME.untilStatus(id, "REJECTED");
    assertThat(batch.getString("problem.type")).isEqualTo("urn:credmill:problem:file-not-utf8");
    assertThat(batch.getString("problem.detail")).startsWith("Row 5002");
    assertThat(count("select count(*) from row where batch_id = '" + id + "'")).isZero();
    assertThat(count("select count(*) from upload_chunk where batch_id = '" + id + "'")).isZero();
  }

  @Test
  void otherLettersAreReadWhereTheFileOrTheCallerSaysWhichTheyAre() {
    // Given
    String sheet = "First Name;Degree\nJos\u00e9;BSc\n";
    // When
    String utf16 =
        Api.ACME
            .upload(sheet.getBytes(StandardCharsets.UTF_16), "definitionId", "diploma")
            .path("id");
    String western =
        Api.ACME
            .upload(
                sheet.getBytes(StandardCharsets.ISO_8859_1),
                "definitionId",
                "diploma",
                "charset",
                "windows-1252")
            .path("id");
    // Then
    for (String id : new String[] {utf16, western}) {
      Api.ACME.untilStatus(id, "READY");
      assertThat(Api.ACME.get("/v1/batches/" + id + "/rows/2").getString("recipient.firstName"))
          .isEqualTo("Jos\u00e9");
    }
  }

  @Test
  void theSameKeyWithTheSameRequestIsTheSameBatch() {
    // Given
    String key = java.util.UUID.randomUUID().toString();
    String first = withKey(key, Api.sheet(1)).then().statusCode(202).extract().path("id");
    // When
    Response repeated = withKey(key, Api.sheet(1));
    Response other = withKey(key, Api.sheet(2));
    // Then
    repeated.then().statusCode(202).body("id", equalTo(first));
    other
        .then()
        .statusCode(409)
        .body("type", equalTo("urn:credmill:problem:idempotency-key-reused"));
  }

  @Test
  void anIdempotencyKeyIsItsCallersOwn() {
    // Given
    String key = java.util.UUID.randomUUID().toString();
    String first = withKey(key, Api.sheet(1)).then().statusCode(202).extract().path("id");
    // When
    String second =
        withKey(Api.ISSUER, key, Api.sheet(1)).then().statusCode(202).extract().path("id");
    // Then
    assertThat(second).isNotEqualTo(first);
    withKey(Api.ISSUER, key, Api.sheet(1)).then().statusCode(202).body("id", equalTo(second));
  }

  private static Response withKey(String key, String sheet) {
    return withKey(Api.ACME, key, sheet);
  }

  private static Response withKey(Api caller, String key, String sheet) {
    return caller
        .request()
        .header("Idempotency-Key", key)
        .multiPart("file", "diplomas.csv", utf8(sheet), "text/csv")
        .multiPart("definitionId", "diploma")
        .post("/v1/batches");
  }

  @Test
  void theSameFileAgainIsTakenAndWarnedAbout() {
    // Given
    String sheet = Api.HEADER + "Twice,Example,twice@example.org,,BSc,1\n";
    String first = Api.ACME.accepted(sheet, "definitionId", "diploma");
    // When
    String second = Api.ACME.accepted(sheet, "definitionId", "diploma");
    // Then
    JsonPath batch = Api.ACME.batch(second);
    assertThat(second).isNotEqualTo(first);
    assertThat(batch.getString("warnings[0].code")).isEqualTo("duplicate-file");
    assertThat(batch.getString("warnings[0].batchId")).isEqualTo(first);
  }

  @Test
  void nobodySeesWhatIsNotTheirs() {
    // Given
    String id = Api.ISSUER.accepted(Api.sheet(1), "definitionId", "diploma");
    Api.ISSUER.untilStatus(id, "READY");
    // When, Then
    for (String path : new String[] {"", "/rows", "/rows/2", "/errors", "/report.csv", "/events"}) {
      Api.GLOBEX.request().get("/v1/batches/" + id + path).then().statusCode(404);
      Api.OTHER_ISSUER.request().get("/v1/batches/" + id + path).then().statusCode(404);
    }
    Api.GLOBEX.request().post("/v1/batches/" + id + "/issue").then().statusCode(404);
    assertThat(Api.ACME.batch(id).getString("id")).isEqualTo(id);
    assertThat(Api.OTHER_ISSUER.get("/v1/batches").getList("items.id")).doesNotContain(id);
    assertThat(Api.ACME.get("/v1/batches?createdBy=acme-issuer").getList("items.id")).contains(id);
    new Api("no-such-key")
        .request()
        .get("/v1/batches")
        .then()
        .statusCode(401)
        .contentType("application/problem+json");
    io.restassured.RestAssured.get("/v1/batches").then().statusCode(401);
  }

  @Test
  void listsAreCutAndWrongParametersAreNamed() {
    // Given
    for (int i = 0; i < 3; i++) {
      Api.ACME.accepted(Api.sheet(1), "definitionId", "diploma", "label", "cut me");
    }
    // When
    JsonPath first = Api.ACME.get("/v1/batches?label=cut me&limit=2");
    JsonPath second =
        Api.ACME.get("/v1/batches?label=cut me&limit=2&cursor=" + first.getString("next"));
    // Then
    assertThat(first.getList("items")).hasSize(2);
    assertThat(second.getList("items")).hasSize(1);
    assertThat(second.getString("next")).isNull();
    for (String query :
        new String[] {
          "limit=-1", "limit=0", "limit=x", "limit=501", "status=DONE", "cursor=x", "from=now"
        }) {
      Api.ACME
          .request()
          .get("/v1/batches?" + query)
          .then()
          .statusCode(400)
          .contentType("application/problem+json")
          .body("detail", not(equalTo(null)));
    }
  }

  @Test
  void hostileParametersAreRefusedAsWhatTheyAre() {
    // Given
    String id = Api.ACME.accepted(Api.sheet(1), "definitionId", "diploma");
    // When, Then
    for (String query :
        new String[] {
          "?q=%00",
          "?label=%00",
          "?definitionId=%00",
          "?createdBy=%00",
          "?from=%2B999999999-01-01T00:00:00Z",
          "/" + id + "/rows?q=%00"
        }) {
      Api.ACME
          .request()
          .urlEncodingEnabled(false)
          .get("/v1/batches" + query)
          .then()
          .statusCode(400)
          .contentType("application/problem+json");
    }
    Api.ACME.untilStatus(id, "READY");
    Api.ACME
        .request()
        .contentType("application/json")
        .body("null")
        .post("/v1/batches/" + id + "/issue")
        .then()
        .statusCode(200);
  }

  @Test
  void rowsOfManyLargeCellsAreStoredInChunksOfBoundedSize() {
    // Given
    String large = ("," + "x".repeat(50_000)).repeat(10);
    String header = "First Name,Degree" + ",".repeat(10) + "\n";
    String sheet = header + ("Ada,BSc" + large + "\n").repeat(40);
    // When
    String id = Api.ACME.accepted(sheet, "definitionId", "diploma");
    // Then
    JsonPath batch = Api.ACME.untilStatus(id, "READY");
    assertThat(batch.getInt("counts.total")).isEqualTo(40);
    assertThat(Api.ACME.get("/v1/batches/" + id + "/rows?limit=100").getList("items.number"))
        .hasSize(40)
        .doesNotHaveDuplicates();
  }

  @Test
  void aBatchCancelledWhileItIsValidatedKeepsNeitherFileNorReadyRows() throws SQLException {
    // Given
    String id = Api.ACME.accepted(Api.sheet(50_000), "definitionId", "diploma");
    // When
    Api.ACME.request().post("/v1/batches/" + id + "/cancel").then().statusCode(200);
    // Then
    JsonPath batch = Api.ACME.untilBatch(id, b -> b.getInt("counts.ready") == 0);
    assertThat(batch.getString("status")).isEqualTo("CANCELLED");
    assertThat(batch.getInt("counts.cancelled")).isEqualTo(batch.getInt("counts.total"));
    assertThat(count("select count(*) from upload_chunk where batch_id = '" + id + "'")).isZero();
    assertThat(
            count(
                "select count(*) from row where issue <> 'CANCELLED' and batch_id = '" + id + "'"))
        .isZero();
  }

  @Test
  void aValidationThatLosesItsLeaseIsTakenUpBehindItsCursor() throws SQLException {
    // Given
    int rows = 150_000;
    String id = Api.ACME.accepted(Api.sheet(rows), "definitionId", "diploma");
    Api.ACME.untilBatch(id, b -> b.getInt("progress.rowsRead") > 0);
    // When
    int taken =
        change(
            "update batch set lease_owner = gen_random_uuid() where phase = 'VALIDATING' and id = '"
                + id
                + "'");
    // Then
    assertThat(taken).as("the validation was still under way").isOne();
    JsonPath batch = Api.ACME.untilStatus(id, "READY");
    assertThat(batch.getInt("counts.total")).isEqualTo(rows);
    assertThat(batch.getInt("progress.rowsRead")).isEqualTo(rows);
    assertThat(count("select count(*) from row where batch_id = '" + id + "'")).isEqualTo(rows);
    assertThat(count(KEYED_ROWS.formatted(id))).isEqualTo(rows);
    assertThat(batch.getInt("duplicates.sameSheet")).isZero();
  }

  @Test
  void anErrorOfTheDatabaseDoesNotQuoteTheRow() {
    assertThatThrownBy(
            () ->
                count(
                    "insert into sheet_row (batch_id, number, definition, first_name) values (gen_random_uuid(), 2, 0, 'Ada-the-recipient') returning 1"))
        .isInstanceOf(SQLException.class)
        .hasMessageContaining("issue")
        .hasMessageNotContaining("Ada-the-recipient");
  }

  @Test
  void theReportHasTheUploadedColumnsAndNoFormulas() {
    // Given
    String sheet = "\uFEFFFirst Name;Last Name;Degree;Email\r\nAda;=1+1;BSc;\r\n";
    String id = Api.ACME.accepted(sheet, "definitionId", "diploma");
    Api.ACME.untilStatus(id, "READY");
    // When
    String report = Api.ACME.request().get("/v1/batches/" + id + "/report.csv").asString();
    // Then
    String[] lines = report.split("\r\n");
    assertThat(lines[0]).startsWith("\uFEFFFirst Name,Last Name,Degree,Email,Row,Issue");
    assertThat(lines[1]).startsWith("Ada,'=1+1,BSc,,2,READY");
  }

  @Test
  void aLongPollAnswersWhenTheBatchRests() {
    // Given
    String id = Api.ACME.accepted(Api.sheet(1), "definitionId", "diploma");
    // When
    Response answer = Api.ACME.request().get("/v1/batches/" + id + "?wait=30");
    // Then
    assertThat(answer.<String>path("status")).isEqualTo("READY");
    assertThat(answer.header("ETag")).isNotBlank();
    Api.ACME
        .request()
        .header("If-None-Match", answer.header("ETag"))
        .get("/v1/batches/" + id)
        .then()
        .statusCode(304);
  }

  @Test
  void theProgressIsStreamedUntilTheBatchRests() {
    // Given
    String id = Api.ACME.accepted(Api.sheet(20_000), "definitionId", "diploma");
    // When
    String events = Api.ACME.request().get("/v1/batches/" + id + "/events").asString();
    // Then
    assertThat(events)
        .contains("\"status\":\"VALIDATING\"")
        .containsOnlyOnce("\"status\":\"READY\"");
  }

  private long batches() throws SQLException {
    return count("select count(*) from batch");
  }

  private long count(String sql) throws SQLException {
    try (var connection = database.getConnection();
        var statement = connection.createStatement();
        var result = statement.executeQuery(sql)) {
      result.next();
      return result.getLong(1);
    }
  }

  private int change(String sql) throws SQLException {
    try (var connection = database.getConnection();
        var statement = connection.createStatement()) {
      return statement.executeUpdate(sql);
    }
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
