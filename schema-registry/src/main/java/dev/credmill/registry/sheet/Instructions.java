package dev.credmill.registry.sheet;

import dev.credmill.contracts.event.Medium;
import dev.credmill.contracts.registry.CredentialDefinition;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.poi.ss.usermodel.Cell;
import org.apache.poi.ss.usermodel.CellStyle;
import org.apache.poi.ss.usermodel.Row;
import org.apache.poi.xssf.usermodel.XSSFSheet;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;

/** The workbook's second sheet: how to fill in the first one and what to do with it then. */
final class Instructions {
  static final String NAME = "Instructions";
  private static final int TERM_WIDTH = 28;
  private static final int PROSE_WIDTH = 110;
  private final XSSFSheet page;
  private final SheetStyles styles;
  private int rows;

  private Instructions(XSSFWorkbook workbook, SheetStyles styles) {
    this.page = workbook.createSheet(NAME);
    this.styles = styles;
    page.setColumnWidth(0, TERM_WIDTH * 256);
    page.setColumnWidth(1, PROSE_WIDTH * 256);
  }

  static void write(Sheet sheet, XSSFWorkbook workbook, SheetStyles styles) {
    new Instructions(workbook, styles).write(sheet);
  }

  private void write(Sheet sheet) {
    title("How to fill in this sheet");
    line(
        "Rows",
        "One recipient per row, directly below the headings. Leave the headings as they are, and leave no row empty between two others.");
    line(
        "Headings",
        "Dark blue: every row needs a value. Light blue: optional."
            + (sheet.namesDefinitions() ? " Grey: it depends on the definition in the row." : "")
            + " Point at a heading to read what its column means.");
    line(
        "Dates",
        "Year-month-day, such as 2026-06-30. In columns of dates a date may also be typed as your computer writes it; the cell then shows it as year-month-day.");
    line(
        "Expiration",
        "A date, or a duration such as P2Y, 18 months or 365 days that counts from the day of issue. Left empty, the definition decides.");
    line("Messages", messages(sheet.media()));
    line("Upload", upload(sheet));
    if (sheet.namesDefinitions()) {
      title("What can stand in the column " + Sheet.DEFINITION_COLUMN);
      sheet.definitions().forEach(this::definition);
    }
    title("The columns");
    sheet.columns().forEach(column -> line(column.heading(), column.explanation()));
  }

  private static String messages(Set<Medium> media) {
    if (media.isEmpty()) {
      return "This sheet is for credentials that nobody is sent a message about. Ask for it with a medium, EMAIL or SMS, to have a column for addresses or phone numbers.";
    }
    return media.stream()
        .sorted()
        .map(
            medium ->
                switch (medium) {
                  case EMAIL ->
                      "EMAIL: each recipient is sent an email with the link, to the address in Email.";
                  case SMS ->
                      "SMS: each recipient is sent a text message with the link, to the number in Phone.";
                })
        .collect(Collectors.joining("\n"));
  }

  private static String upload(Sheet sheet) {
    String fields =
        Stream.concat(
                sheet.namesDefinitions()
                    ? Stream.of("no definitionId, since each row names its own")
                    : Stream.of("definitionId=" + sheet.definitions().getFirst().id()),
                sheet.media().stream().sorted().map(medium -> "medium=" + medium))
            .collect(Collectors.joining(", "));
    return "Save the file as .xlsx, or this sheet alone as CSV UTF-8, and send it to POST /v1/batches as the field file, with %s. Every row is checked before anything is issued, and every fault is named with its row and column."
        .formatted(fields);
  }

  private void definition(CredentialDefinition definition) {
    line(
        definition.id(),
        definition.description() == null
            ? definition.name()
            : "%s: %s".formatted(definition.name(), definition.description()));
  }

  private void title(String text) {
    if (rows > 0) {
      rows++;
    }
    cell(page.createRow(rows++), 0, styles.title(), text);
  }

  private void line(String term, String text) {
    Row row = page.createRow(rows++);
    cell(row, 0, styles.term(), term);
    cell(row, 1, styles.prose(), text);
  }

  private static void cell(Row row, int index, CellStyle style, String text) {
    Cell cell = row.createCell(index);
    cell.setCellStyle(style);
    cell.setCellValue(SpreadsheetText.literal(text, Cells.LONGEST));
  }
}
