package dev.credmill.registry.sheet;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.apache.poi.ss.SpreadsheetVersion;
import org.apache.poi.ss.usermodel.Cell;
import org.apache.poi.ss.usermodel.ClientAnchor;
import org.apache.poi.ss.usermodel.Comment;
import org.apache.poi.ss.usermodel.CreationHelper;
import org.apache.poi.ss.usermodel.DataValidation;
import org.apache.poi.ss.usermodel.DataValidation.ErrorStyle;
import org.apache.poi.ss.usermodel.DataValidationConstraint;
import org.apache.poi.ss.usermodel.DataValidationConstraint.OperatorType;
import org.apache.poi.ss.usermodel.DataValidationHelper;
import org.apache.poi.ss.usermodel.Drawing;
import org.apache.poi.ss.usermodel.Row;
import org.apache.poi.ss.util.CellRangeAddressList;
import org.apache.poi.ss.util.WorkbookUtil;
import org.apache.poi.xssf.usermodel.XSSFSheet;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;

/**
 * A sheet as an Excel workbook: the headings explained, every column with the format and the
 * choices of its claim down to the last row, and instructions beside it.
 *
 * <p>Headings, examples and choices are an organization's own words. They become text cells and
 * never a part of a formula; a drop-down list refers to cells of a hidden sheet.
 */
final class SheetWorkbook {
  static final String MEDIA_TYPE =
      "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
  private static final int LAST_ROW = SpreadsheetVersion.EXCEL2007.getLastRowIndex();

  /** Excel refuses a workbook with longer ones. */
  private static final int LONGEST_PROMPT_TITLE = 32;

  private static final int LONGEST_PROMPT = 255;
  private static final int LONGEST_COMMENT = 4_000;
  private static final int NARROWEST = 14;
  private static final int WIDEST = 40;
  private static final float LINE_HEIGHT = 16;

  private final Sheet sheet;
  private final XSSFWorkbook workbook;
  private final SheetStyles styles;
  private final XSSFSheet recipients;
  private final DropDowns dropDowns;

  private SheetWorkbook(Sheet sheet, XSSFWorkbook workbook) {
    this.sheet = sheet;
    this.workbook = workbook;
    this.styles = new SheetStyles(workbook);
    this.recipients = workbook.createSheet(name(sheet));
    Instructions.write(sheet, workbook, styles);
    this.dropDowns = new DropDowns(workbook, styles);
  }

  static byte[] of(Sheet sheet) {
    try (XSSFWorkbook workbook = new XSSFWorkbook();
        ByteArrayOutputStream out = new ByteArrayOutputStream()) {
      new SheetWorkbook(sheet, workbook).write();
      workbook.write(out);
      return out.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The definition's name, as far as Excel lets a sheet have it. */
  private static String name(Sheet sheet) {
    String usual = "Recipients";
    if (sheet.namesDefinitions()) {
      return usual;
    }
    String literal = SpreadsheetText.literal(sheet.definitions().getFirst().name(), 31);
    String safe = WorkbookUtil.createSafeSheetName(literal, ' ').strip();
    // Excel keeps "History" for itself; the others are the sheets beside this one.
    boolean taken =
        List.of("history", Instructions.NAME, DropDowns.NAME).stream()
            .anyMatch(safe::equalsIgnoreCase);
    return safe.isEmpty() || taken ? usual : safe;
  }

  private void write() {
    workbook.getProperties().getCoreProperties().setCreator("Credmill");
    Row header = recipients.createRow(0);
    float lines = 1;
    for (int index = 0; index < sheet.columns().size(); index++) {
      SheetColumn column = sheet.columns().get(index);
      recipients.setDefaultColumnStyle(index, styles.of(column.cells()));
      int width = width(column);
      recipients.setColumnWidth(index, width * 256);
      lines = Math.max(lines, (float) Math.ceil(column.heading().length() / (width - 2.0)));
      heading(header.createCell(index), column);
      if (!column.cells().equals(Cells.ANY_TEXT) || !column.hint().isEmpty()) {
        validation(index, column);
      }
    }
    header.setHeightInPoints(lines * LINE_HEIGHT + 6);
    recipients.createFreezePane(0, 1);
    workbook.setActiveSheet(0);
    workbook.setSelectedTab(0);
  }

  private static int width(SheetColumn column) {
    return Math.clamp(column.heading().length() + 4, NARROWEST, WIDEST);
  }

  private void heading(Cell cell, SheetColumn column) {
    cell.setCellStyle(styles.heading(column.need()));
    cell.setCellValue(SpreadsheetText.literal(column.heading(), Cells.LONGEST));
    String explanation = SpreadsheetText.literal(column.explanation(), LONGEST_COMMENT);
    CreationHelper create = workbook.getCreationHelper();
    ClientAnchor anchor = create.createClientAnchor();
    anchor.setCol1(cell.getColumnIndex() + 1);
    anchor.setCol2(cell.getColumnIndex() + 4);
    anchor.setRow1(1);
    anchor.setRow2(4 + (int) Math.min(30, explanation.lines().count() + explanation.length() / 50));
    Drawing<?> drawing = recipients.createDrawingPatriarch();
    Comment comment = drawing.createCellComment(anchor);
    comment.setAuthor("Credmill");
    comment.setString(create.createRichTextString(explanation));
    cell.setCellComment(comment);
  }

  /** What the program lets through; what is then uploaded is checked again in any case. */
  private void validation(int index, SheetColumn column) {
    DataValidationHelper helper = recipients.getDataValidationHelper();
    DataValidationConstraint constraint =
        switch (column.cells()) {
          case Cells.Choice(List<String> values) ->
              helper.createFormulaListConstraint(dropDowns.nameOf(values));
          case Cells.Day() ->
              helper.createDateConstraint(
                  OperatorType.GREATER_OR_EQUAL, "DATE(1900,1,1)", null, null);
          case Cells.Whole(double least, double most) ->
              helper.createIntegerConstraint(
                  OperatorType.BETWEEN,
                  SpreadsheetText.number(least),
                  SpreadsheetText.number(most));
          case Cells.Decimal(double least, double most) ->
              helper.createDecimalConstraint(
                  OperatorType.BETWEEN,
                  SpreadsheetText.number(least),
                  SpreadsheetText.number(most));
          case Cells.Text(int shortest, int longest) ->
              helper.createTextLengthConstraint(
                  OperatorType.BETWEEN, Integer.toString(shortest), Integer.toString(longest));
        };
    DataValidation validation =
        helper.createValidation(constraint, new CellRangeAddressList(1, LAST_ROW, index, index));
    String title = SpreadsheetText.literal(column.heading(), LONGEST_PROMPT_TITLE);
    boolean only = column.cells() instanceof Cells.Choice;
    // Excel counts characters and days (from 1900 on) its own way: what it doubts can be kept.
    validation.setErrorStyle(only ? ErrorStyle.STOP : ErrorStyle.WARNING);
    validation.setShowErrorBox(true);
    validation.createErrorBox(title, SpreadsheetText.literal(refusal(column), LONGEST_PROMPT));
    if (!column.hint().isEmpty()) {
      validation.setShowPromptBox(true);
      validation.createPromptBox(title, SpreadsheetText.literal(column.hint(), LONGEST_PROMPT));
    }
    recipients.addValidationData(validation);
  }

  private static String refusal(SheetColumn column) {
    String words = column.cells().words();
    return words.isEmpty() ? "The text is too long." : words;
  }
}
