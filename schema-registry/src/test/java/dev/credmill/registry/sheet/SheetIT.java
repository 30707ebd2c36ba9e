package dev.credmill.registry.sheet;

import static dev.credmill.registry.Calls.acmeAdmin;
import static dev.credmill.registry.Calls.acmeIssuer;
import static dev.credmill.registry.Calls.fresh;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import dev.credmill.backing.BackingTestResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

  @Test
  void theWorkbookOfADefinitionIsDownloadedForTheChosenMedia() throws IOException {
    // When
    byte[] file =
        acmeIssuer()
            .accept("*/*")
            .get("/v1/credential-definitions/diploma/sheet.xlsx?medium=EMAIL&optional=true")
            .then()
            .statusCode(200)
            .contentType(SheetWorkbook.MEDIA_TYPE)
            .header("Content-Disposition", containsString("filename=\"diploma-sheet.xlsx\""))
            .extract()
            .asByteArray();
    // Then
    try (XSSFWorkbook workbook = new XSSFWorkbook(new ByteArrayInputStream(file))) {
      assertThat(workbook.getSheetName(0)).isEqualTo("Diploma");
      assertThat(headings(workbook))
          .containsExactly(
              "Reference",
              "First Name",
              "Last Name",
              "Email",
              "Expiration",
              "Language",
              "Degree",
              "Field of Study",
              "Graduation Date",
              "Honours");
    }
  }

  @Test
  void oneWorkbookServesSeveralDefinitions() throws IOException {
    // When
    byte[] file =
        acmeIssuer()
            .accept("*/*")
            .get("/v1/sheets.xlsx?definition=diploma&definition=membership&medium=SMS")
            .then()
            .statusCode(200)
            .contentType(SheetWorkbook.MEDIA_TYPE)
            .header("Content-Disposition", containsString("filename=\"sheets.xlsx\""))
            .extract()
            .asByteArray();
    // Then
    try (XSSFWorkbook workbook = new XSSFWorkbook(new ByteArrayInputStream(file))) {
      assertThat(headings(workbook))
          .startsWith("ID", "First Name", "Last Name", "Phone", "Expiration", "Degree")
          .endsWith("Member Number", "Level", "Active Since");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "/v1/credential-definitions/none/sheet.xlsx, 404, not-found",
    "/v1/credential-definitions/globex-membership/sheet.xlsx, 404, not-found",
    "/v1/credential-definitions/diploma/sheet.xlsx?medium=FAX, 422, medium-unknown",
    "/v1/sheets.xlsx, 400, invalid-parameter",
    "/v1/sheets.xlsx?definition=diploma&definition=diploma, 400, invalid-parameter",
    "/v1/sheets.xlsx?definition=diploma&optional=1, 400, invalid-parameter",
    "/v1/sheets.xlsx?definition=diploma&medium=FAX, 422, medium-unknown",
    "/v1/sheets.xlsx?definition=diploma&definition=globex-membership, 422, definition-unknown",
    "/v1/sheets.xlsx?definition=%00, 422, definition-unknown"
  })
  void whatCannotBeASheetIsSaid(String path, int status, String problem) {
    acmeIssuer()
        .accept("*/*")
        .urlEncodingEnabled(false)
        .get(path)
        .then()
        .statusCode(status)
        .contentType("application/problem+json")
        .body("type", equalTo("urn:credmill:problem:" + problem));
  }

  @Test
  void onlyPublishedDefinitionsShareAWorkbook() {
    // Given
    String draft = fresh("draft");
    acmeAdmin()
        .body(
            """
            {"id": "%s", "name": "Draft", "claims": {"type": "object", "properties": {"a": {"type": "string"}}}}
            """
                .formatted(draft))
        .post("/v1/schemas")
        .then()
        .statusCode(201);
    acmeAdmin()
        .body(Map.of("id", draft, "name", "Draft", "schemaId", draft))
        .post("/v1/credential-definitions")
        .then()
        .statusCode(201);
    // Then
    acmeIssuer()
        .accept("*/*")
        .get("/v1/sheets.xlsx?definition=diploma&definition=" + draft)
        .then()
        .statusCode(422)
        .body("type", equalTo("urn:credmill:problem:definition-not-published"))
        .body("detail", containsString(draft));
    acmeIssuer()
        .accept("*/*")
        .get("/v1/credential-definitions/" + draft + "/sheet.xlsx")
        .then()
        .statusCode(200);
  }

  private static List<String> headings(XSSFWorkbook workbook) {
    List<String> headings = new ArrayList<>();
    workbook.getSheetAt(0).getRow(0).forEach(cell -> headings.add(cell.getStringCellValue()));
    return headings;
  }
}
