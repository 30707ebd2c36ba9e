package dev.credmill.registry.sheet;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.poi.ss.usermodel.Cell;
import org.apache.poi.ss.usermodel.Name;
import org.apache.poi.ss.usermodel.Row;
import org.apache.poi.ss.util.CellReference;
import org.apache.poi.xssf.usermodel.XSSFSheet;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;

/**
 * The values of all drop-down lists, each list a column of a hidden sheet with a name of its own.
 * Written into the cell's rule itself a list ends at 255 characters, and a comma in a value would
 * make two of it.
 */
final class DropDowns {
  static final String NAME = "Lists";
  private final XSSFWorkbook workbook;
  private final SheetStyles styles;
  private final Map<List<String>, String> names = new HashMap<>();
  private XSSFSheet sheet;

  DropDowns(XSSFWorkbook workbook, SheetStyles styles) {
    this.workbook = workbook;
    this.styles = styles;
  }

  /** What a rule calls the list of these values; the same values are one list. */
  String nameOf(List<String> values) {
    return names.computeIfAbsent(values, this::write);
  }

  private String write(List<String> values) {
    if (sheet == null) {
      sheet = workbook.createSheet(NAME);
      workbook.setSheetHidden(workbook.getSheetIndex(sheet), true);
    }
    int index = names.size();
    for (int i = 0; i < values.size(); i++) {
      Row existing = sheet.getRow(i);
      Row row = existing == null ? sheet.createRow(i) : existing;
      Cell cell = row.createCell(index);
      cell.setCellStyle(styles.text());
      cell.setCellValue(SpreadsheetText.literal(values.get(i), Cells.LONGEST));
    }
    String column = CellReference.convertNumToColString(index);
    Name name = workbook.createName();
    name.setNameName("List_" + (index + 1));
    name.setRefersToFormula("%s!$%s$1:$%s$%d".formatted(NAME, column, column, values.size()));
    return name.getNameName();
  }
}
