package dev.credmill.batch.row;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import org.apache.poi.ss.SpreadsheetVersion;
import org.apache.poi.ss.usermodel.CellStyle;
import org.apache.poi.ss.usermodel.Font;
import org.apache.poi.xssf.streaming.SXSSFRow;
import org.apache.poi.xssf.streaming.SXSSFSheet;
import org.apache.poi.xssf.streaming.SXSSFWorkbook;

/**
 * A workbook with one sheet, of which a hundred rows are in memory at a time. Every cell is text:
 * nothing is a formula, and no digit of a number is lost.
 */
final class XlsxOutput implements SheetOutput {
  /** Recipients that fit below the header. */
  static final int MOST_ROWS = SpreadsheetVersion.EXCEL2007.getLastRowIndex();

  private static final int LONGEST = SpreadsheetVersion.EXCEL2007.getMaxTextLength();
  private static final int WINDOW = 100;
  private final SXSSFWorkbook workbook = new SXSSFWorkbook(WINDOW);
  private final SXSSFSheet sheet;
  private final CellStyle text;
  private final CellStyle heading;
  private final OutputStream target;
  private int rows;

  XlsxOutput(OutputStream target, String name) {
    this.target = target;
    workbook.setCompressTempFiles(true);
    sheet = workbook.createSheet(name);
    sheet.createFreezePane(0, 1);
    text = workbook.createCellStyle();
    text.setDataFormat(workbook.createDataFormat().getFormat("@"));
    heading = workbook.createCellStyle();
    heading.cloneStyleFrom(text);
    Font bold = workbook.createFont();
    bold.setBold(true);
    heading.setFont(bold);
  }

  @Override
  public void line(List<String> cells) {
    CellStyle style = rows == 0 ? heading : text;
    SXSSFRow row = sheet.createRow(rows++);
    for (int i = 0; i < cells.size(); i++) {
      var cell = row.createCell(i);
      cell.setCellStyle(style);
      cell.setCellValue(fitting(cells.get(i)));
    }
  }

  private static String fitting(String cell) {
    return cell.length() <= LONGEST
        ? cell
        : cell.substring(0, LONGEST - ErrorColumns.CUT.length()) + ErrorColumns.CUT;
  }

  @Override
  public void flush() {
    // A workbook is written as a whole; until then its rows wait in a temporary file.
  }

  @Override
  public void close() throws IOException {
    try (workbook) {
      workbook.write(target);
    }
  }
}
