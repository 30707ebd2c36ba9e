package dev.credmill.batch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.credmill.backing.BackingTestResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.LocalDate;
import org.apache.poi.ss.usermodel.CellStyle;
import org.apache.poi.ss.usermodel.Row;
import org.apache.poi.xssf.usermodel.XSSFSheet;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.junit.jupiter.api.Test;

/** Excel workbooks, in and out. */
@QuarkusTest
@QuarkusTestResource(BackingTestResource.class)
@QuarkusTestResource(CatalogueTestResource.class)
class WorkbookIT {

  @Test
  void aWorkbookIsReadByTheTypesOfItsCells() throws IOException {
    // When
    String id =
        Api.ACME
            .upload(workbook(), "definitionId", "diploma", "medium", "SMS")
            .then()
            .statusCode(202)
            .extract()
            .path("id");
    // Then
    JsonPath batch = Api.ACME.untilBatch(id, b -> !"VALIDATING".equals(b.getString("status")));
    assertThat(batch.getString("status")).as(batch.prettify()).isEqualTo("NEEDS_FIXES");
    assertThat(batch.getInt("counts.ready")).isOne();
    assertThat(batch.getString("sheetName")).isEqualTo("Recipients");
    JsonPath row = Api.ACME.get("/v1/batches/" + id + "/rows/2");
    assertThat(row.getString("recipient.phone")).isEqualTo("+4930901820");
    String report = Api.ACME.request().get("/v1/batches/" + id + "/report.csv").asString();
    assertThat(report).contains("Ada,4930901820,BSc,2026-06-30,12,2,READY");
  }

  @Test
  void anErrorWorkbookComesBackCorrected() throws IOException {
    // Given
    String id =
        Api.ACME
            .upload(workbook(), "definitionId", "diploma", "medium", "SMS")
            .then()
            .statusCode(202)
            .extract()
            .path("id");
    Api.ACME.untilStatus(id, "NEEDS_FIXES");
    byte[] errors = Api.ACME.request().get("/v1/batches/" + id + "/errors.xlsx").asByteArray();
    // When
    byte[] corrected;
    try (XSSFWorkbook workbook = new XSSFWorkbook(new ByteArrayInputStream(errors))) {
      XSSFSheet sheet = workbook.getSheetAt(0);
      assertThat(sheet.getRow(0).getCell(5).getStringCellValue()).isEqualTo("Row");
      assertThat(sheet.getRow(1).getCell(5).getStringCellValue()).isEqualTo("4");
      assertThat(sheet.getRow(1).getCell(6).getStringCellValue()).contains("Phone");
      assertThat(sheet.getRow(1).getCell(0).getStringCellValue()).isEqualTo("=HYPERLINK(\"x\")");
      // A new cell: POI leaves an inline text in place beside a new value.
      sheet.getRow(1).createCell(1).setCellValue("+49 30 901821");
      corrected = bytes(workbook);
    }
    // Then
    Response answer =
        Api.ACME
            .request()
            .multiPart("file", "errors.xlsx", corrected)
            .post("/v1/batches/" + id + "/corrections");
    answer.then().statusCode(200);
    assertThat(answer.jsonPath().getInt("corrected"))
        .as(Api.ACME.get("/v1/batches/" + id + "/errors").prettify())
        .isOne();
    assertThat(Api.ACME.batch(id).getString("status")).isEqualTo("READY");
    byte[] report = Api.ACME.request().get("/v1/batches/" + id + "/report.xlsx").asByteArray();
    try (XSSFWorkbook workbook = new XSSFWorkbook(new ByteArrayInputStream(report))) {
      XSSFSheet sheet = workbook.getSheetAt(0);
      assertThat(sheet.getLastRowNum()).isEqualTo(2);
      assertThat(sheet.getRow(2).getCell(0).getStringCellValue()).isEqualTo("=HYPERLINK(\"x\")");
      assertThat(sheet.getRow(2).getCell(6).getStringCellValue()).isEqualTo("READY");
    }
  }

  @Test
  void anInspectionNamesTheSheetThatIsRead() throws IOException {
    JsonPath seen =
        Api.ACME
            .request()
            .multiPart("file", "people.xlsx", workbook())
            .multiPart("definitionId", "diploma")
            .post("/v1/sheets/inspect")
            .then()
            .statusCode(200)
            .extract()
            .jsonPath();
    assertThat(seen.getString("kind")).isEqualTo("xlsx");
    assertThat(seen.getString("sheetName")).isEqualTo("Recipients");
    assertThat(seen.getList("rows[0]"))
        .containsExactly("Ada", "4930901820", "BSc", "2026-06-30", "12");
  }

  /** A hidden sheet, then one with a date, a phone number as a number, a blank row, a formula. */
  private static byte[] workbook() throws IOException {
    try (XSSFWorkbook workbook = new XSSFWorkbook()) {
      workbook.createSheet("Old").createRow(0).createCell(0).setCellValue("nothing");
      XSSFSheet sheet = workbook.createSheet("Recipients");
      workbook.setActiveSheet(1);
      workbook.setSheetHidden(0, true);
      Row header = sheet.createRow(0);
      String[] headings = {"First Name", "Phone", "Degree", "Graduation Date", "Hours"};
      for (int i = 0; i < headings.length; i++) {
        header.createCell(i).setCellValue(headings[i]);
      }
      CellStyle date = workbook.createCellStyle();
      date.setDataFormat(workbook.createDataFormat().getFormat("dd.mm.yyyy"));
      Row ada = sheet.createRow(1);
      ada.createCell(0).setCellValue("Ada");
      ada.createCell(1).setCellValue(4930901820d);
      ada.createCell(2).setCellValue("BSc");
      ada.createCell(3).setCellValue(LocalDate.of(2026, 6, 30));
      ada.getCell(3).setCellStyle(date);
      ada.createCell(4).setCellValue(12);
      Row bo = sheet.createRow(3);
      bo.createCell(0).setCellValue("=HYPERLINK(\"x\")");
      bo.createCell(1).setCellValue("no number");
      bo.createCell(2).setCellValue("BSc");
      return bytes(workbook);
    }
  }

  private static byte[] bytes(XSSFWorkbook workbook) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    workbook.write(out);
    return out.toByteArray();
  }
}
