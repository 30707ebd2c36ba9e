package dev.credmill.registry.sheet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.credmill.contracts.event.Medium;
import dev.credmill.contracts.registry.CredentialDefinition;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.poi.ss.SpreadsheetVersion;
import org.apache.poi.ss.usermodel.Cell;
import org.apache.poi.ss.usermodel.CellType;
import org.apache.poi.ss.usermodel.DataValidation.ErrorStyle;
import org.apache.poi.ss.usermodel.DataValidationConstraint.ValidationType;
import org.apache.poi.ss.usermodel.Row;
import org.apache.poi.ss.util.AreaReference;
import org.apache.poi.ss.util.CellRangeAddress;
import org.apache.poi.xssf.usermodel.XSSFDataValidation;
import org.apache.poi.xssf.usermodel.XSSFSheet;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The workbook as a program reads it back. */
class SheetWorkbookTest {
  private static final CredentialDefinition COURSE =
      Definitions.named(
          "Course",
          "[\"level\"]",
          """
          {"level": {"type": "string", "title": "Level", "enum": ["A", "B, with honours"]},
           "on": {"type": "string", "title": "On", "format": "date"},
           "passed": {"type": "boolean", "title": "Passed"},
           "hours": {"type": "integer", "title": "Hours", "minimum": 1, "maximum": 100},
           "remark": {"type": "string", "title": "Remark", "maxLength": 80}}
          """);

  @Test
  void theRecipientsComeFirstUnderAFrozenHeaderAndInstructionsSecond() throws IOException {
    // When
    try (XSSFWorkbook workbook =
        read(Sheet.of(COURSE, EnumSet.of(Medium.EMAIL, Medium.SMS), true))) {
      // Then
      XSSFSheet recipients = workbook.getSheetAt(0);
      assertThat(recipients.getSheetName()).isEqualTo("Course");
      assertThat(workbook.getActiveSheetIndex()).isZero();
      assertThat(recipients.getPaneInformation().isFreezePane()).isTrue();
      assertThat(recipients.getPaneInformation().getHorizontalSplitPosition()).isEqualTo((short) 1);
      assertThat(recipients.getLastRowNum()).isZero();
      assertThat(headings(recipients))
          .containsExactly(
              "Reference",
              "First Name",
              "Last Name",
              "Email",
              "Phone",
              "Expiration",
              "Language",
              "Level",
              "On",
              "Passed",
              "Hours",
              "Remark");
      Cell heading = cell(recipients, "Level");
      assertThat(workbook.getFontAt(heading.getCellStyle().getFontIndex()).getBold()).isTrue();
      assertThat(heading.getCellStyle().getWrapText()).isTrue();
      assertThat(heading.getCellStyle().getFillForegroundColor())
          .isNotEqualTo(cell(recipients, "On").getCellStyle().getFillForegroundColor());
      assertThat(workbook.getSheetAt(1).getSheetName()).isEqualTo("Instructions");
      assertThat(text(workbook.getSheetAt(1)))
          .contains("definitionId=course, medium=EMAIL, medium=SMS")
          .contains("365 days")
          .contains("One of: A | B, with honours");
    }
  }

  @Test
  void everyHeadingHasACommentThatExplainsIt() throws IOException {
    try (XSSFWorkbook workbook = read(Sheet.of(COURSE, Set.of(Medium.EMAIL), false))) {
      XSSFSheet recipients = workbook.getSheetAt(0);
      for (Cell heading : recipients.getRow(0)) {
        assertThat(heading.getCellComment().getString().getString())
            .as(heading.getStringCellValue())
            .isNotBlank();
        assertThat(heading.getCellComment().isVisible()).isFalse();
      }
      assertThat(comment(recipients, "Level")).isEqualTo("Required.\nOne of: A | B, with honours");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "First Name, @",
    "Phone, @",
    "Expiration, @",
    "Level, @",
    "Passed, @",
    "Remark, @",
    "On, yyyy-mm-dd",
    "Hours, General"
  })
  void theWholeColumnHasTheFormatOfItsValues(String heading, String format) throws IOException {
    try (XSSFWorkbook workbook = read(Sheet.of(COURSE, Set.of(Medium.SMS), false))) {
      XSSFSheet recipients = workbook.getSheetAt(0);
      int column = cell(recipients, heading).getColumnIndex();
      assertThat(recipients.getColumnStyle(column).getDataFormatString()).isEqualTo(format);
    }
  }

  @Test
  void theRulesOfAColumnReachItsLastRow() throws IOException {
    try (XSSFWorkbook workbook = read(Sheet.of(COURSE, Set.of(), false))) {
      XSSFSheet recipients = workbook.getSheetAt(0);
      for (XSSFDataValidation rule : recipients.getDataValidations()) {
        CellRangeAddress range = rule.getRegions().getCellRangeAddress(0);
        assertThat(range.getFirstRow()).isEqualTo(1);
        assertThat(range.getLastRow()).isEqualTo(SpreadsheetVersion.EXCEL2007.getLastRowIndex());
      }
      assertThat(rule(recipients, "On").getValidationConstraint().getValidationType())
          .isEqualTo(ValidationType.DATE);
      assertThat(rule(recipients, "On").getErrorStyle()).isEqualTo(ErrorStyle.WARNING);
      assertThat(rule(recipients, "Hours").getValidationConstraint().getFormula1()).isEqualTo("1");
      assertThat(rule(recipients, "Hours").getValidationConstraint().getFormula2())
          .isEqualTo("100");
      assertThat(rule(recipients, "Expiration").getPromptBoxText()).contains("18 months");
      assertThat(rule(recipients, "Remark").getValidationConstraint().getFormula2())
          .isEqualTo("80");
    }
  }

  @Test
  void valuesAreChosenFromAListOnAHiddenSheet() throws IOException {
    // Given
    String countries =
        IntStream.range(0, 300)
            .mapToObj(i -> "\"Country %d, the\"".formatted(i))
            .collect(Collectors.joining(", "));
    CredentialDefinition visa =
        Definitions.named(
            "Visa",
            "[]",
            """
            {"from": {"type": "string", "title": "From", "enum": [%s]},
             "to": {"type": "string", "title": "To", "enum": [%s]},
             "paid": {"type": "boolean", "title": "Paid"}}
            """
                .formatted(countries, countries));
    // When
    try (XSSFWorkbook workbook = read(Sheet.of(visa, Set.of(), false))) {
      // Then
      XSSFSheet recipients = workbook.getSheetAt(0);
      assertThat(workbook.isSheetHidden(2)).isTrue();
      assertThat(choices(workbook, rule(recipients, "From")))
          .hasSize(300)
          .startsWith("Country 0, the")
          .endsWith("Country 299, the");
      assertThat(choices(workbook, rule(recipients, "Paid"))).containsExactly("yes", "no");
      assertThat(rule(recipients, "To").getValidationConstraint().getFormula1())
          .isEqualTo(rule(recipients, "From").getValidationConstraint().getFormula1());
      assertThat(rule(recipients, "From").getErrorStyle()).isEqualTo(ErrorStyle.STOP);
      assertThat(comment(recipients, "From")).contains("and 290 more");
    }
  }

  @Test
  void whatAnOrganizationWroteNeverBecomesAFormula() throws IOException {
    // Given
    CredentialDefinition hostile =
        Definitions.named(
            "Sum",
            "[]",
            """
            {"a": {"type": "string", "title": "\\t<x:y>&\\"_x0041_", "description": "=1+1"},
             "b": {"type": "string", "title": "B", "enum": ["=HYPERLINK(\\"http://x\\")", "\\"),INDIRECT(\\"A1", "+1", "_x0041_", "<a>&"], "examples": ["=1"]},
             "c": {"type": "string", "title": "C", "description": "\\ud800 \\u0000 \\u000b \\ufffe", "enum": ["\\u0001", "x"]}}
            """
                .replace("\\t", ""));
    // When
    try (XSSFWorkbook workbook = read(Sheet.of(hostile, Set.of(), false))) {
      // Then
      for (int i = 0; i < workbook.getNumberOfSheets(); i++) {
        for (Row row : workbook.getSheetAt(i)) {
          row.forEach(cell -> assertThat(cell.getCellType()).isEqualTo(CellType.STRING));
        }
      }
      XSSFSheet recipients = workbook.getSheetAt(0);
      assertThat(headings(recipients)).contains("<x:y>&\"_x0041_");
      assertThat(choices(workbook, rule(recipients, "B")))
          .containsExactly(
              "=HYPERLINK(\"http://x\")", "\"),INDIRECT(\"A1", "+1", "_x0041_", "<a>&");
      // A value that no cell can show would be a list from which the right one cannot be chosen.
      int withoutList = cell(recipients, "C").getColumnIndex();
      assertThat(recipients.getDataValidations())
          .noneMatch(
              rule -> rule.getRegions().getCellRangeAddress(0).getFirstColumn() == withoutList);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "'A/B: [all] *2026*?', 'A B   all   2026'",
    "History, Recipients",
    "instructions, Recipients",
    "LISTS, Recipients",
    "'''', Recipients",
    "A name that is longer than any sheet in a workbook can have, 'A name that is longer than any…'"
  })
  void theSheetIsNamedAsFarAsExcelAllows(String definition, String sheet) throws IOException {
    CredentialDefinition named =
        Definitions.named(definition, "[]", "{\"a\": {\"type\": \"string\", \"title\": \"A\"}}");
    try (XSSFWorkbook workbook = read(Sheet.of(named, Set.of(), false))) {
      assertThat(workbook.getSheetName(0)).isEqualTo(sheet);
    }
  }

  @Test
  void inASheetForSeveralDefinitionsEachRowChoosesItsOwn() throws IOException {
    // Given
    CredentialDefinition pass =
        Definitions.named("Pass", "[]", "{\"gate\": {\"type\": \"string\", \"title\": \"Gate\"}}");
    // When
    try (XSSFWorkbook workbook = read(Sheet.ofSeveral(List.of(COURSE, pass), Set.of(), false))) {
      // Then
      XSSFSheet recipients = workbook.getSheetAt(0);
      assertThat(recipients.getSheetName()).isEqualTo("Recipients");
      assertThat(headings(recipients).getFirst()).isEqualTo("ID");
      assertThat(choices(workbook, rule(recipients, "ID"))).containsExactly("course", "pass");
      assertThat(comment(recipients, "Level")).contains("Required for: course");
      assertThat(text(workbook.getSheetAt(1))).contains("course", "Pass", "no definitionId");
    }
  }

  private static XSSFWorkbook read(Sheet sheet) throws IOException {
    return new XSSFWorkbook(new ByteArrayInputStream(SheetWorkbook.of(sheet)));
  }

  private static List<String> headings(XSSFSheet sheet) {
    return IntStream.range(0, sheet.getRow(0).getLastCellNum())
        .mapToObj(i -> sheet.getRow(0).getCell(i).getStringCellValue())
        .toList();
  }

  private static Cell cell(XSSFSheet sheet, String heading) {
    return sheet.getRow(0).getCell(headings(sheet).indexOf(heading));
  }

  private static String comment(XSSFSheet sheet, String heading) {
    return cell(sheet, heading).getCellComment().getString().getString();
  }

  private static XSSFDataValidation rule(XSSFSheet sheet, String heading) {
    int column = cell(sheet, heading).getColumnIndex();
    return sheet.getDataValidations().stream()
        .filter(rule -> rule.getRegions().getCellRangeAddress(0).getFirstColumn() == column)
        .findFirst()
        .orElseThrow();
  }

  private static List<String> choices(XSSFWorkbook workbook, XSSFDataValidation rule) {
    String name = rule.getValidationConstraint().getFormula1();
    AreaReference area =
        new AreaReference(
            workbook.getName(name).getRefersToFormula(), SpreadsheetVersion.EXCEL2007);
    return List.of(area.getAllReferencedCells()).stream()
        .map(
            at ->
                workbook
                    .getSheet(at.getSheetName())
                    .getRow(at.getRow())
                    .getCell(at.getCol())
                    .getStringCellValue())
        .toList();
  }

  private static String text(XSSFSheet sheet) {
    StringBuilder text = new StringBuilder();
    sheet.forEach(row -> row.forEach(cell -> text.append(cell.getStringCellValue()).append('\n')));
    return text.toString();
  }
}
