package dev.credmill.registry.sheet;

import dev.credmill.registry.sheet.SheetColumn.Need;
import org.apache.poi.ss.usermodel.BorderStyle;
import org.apache.poi.ss.usermodel.BuiltinFormats;
import org.apache.poi.ss.usermodel.CellStyle;
import org.apache.poi.ss.usermodel.FillPatternType;
import org.apache.poi.ss.usermodel.Font;
import org.apache.poi.ss.usermodel.IndexedColors;
import org.apache.poi.ss.usermodel.VerticalAlignment;
import org.apache.poi.ss.usermodel.Workbook;

/** How the cells of a workbook look and what they keep. */
final class SheetStyles {
  /** Keeps what is typed: no zero in front is lost, no plus, and nothing becomes a formula. */
  private static final short AS_TYPED = (short) BuiltinFormats.getBuiltinFormat("@");

  private final Workbook workbook;
  private final CellStyle text;
  private final CellStyle day;
  private final CellStyle number;
  private final CellStyle required;
  private final CellStyle optional;
  private final CellStyle byDefinition;
  private final CellStyle title;
  private final CellStyle term;
  private final CellStyle prose;

  SheetStyles(Workbook workbook) {
    this.workbook = workbook;
    text = style(AS_TYPED);
    day = style(workbook.createDataFormat().getFormat("yyyy-mm-dd"));
    number = workbook.createCellStyle();
    required = heading(IndexedColors.DARK_BLUE, IndexedColors.WHITE);
    optional = heading(IndexedColors.PALE_BLUE, IndexedColors.BLACK);
    byDefinition = heading(IndexedColors.GREY_25_PERCENT, IndexedColors.BLACK);
    title = style(AS_TYPED);
    title.setFont(bold(IndexedColors.BLACK, 14));
    term = wrapped();
    term.setFont(bold(IndexedColors.BLACK, 11));
    prose = wrapped();
  }

  CellStyle of(Cells cells) {
    return switch (cells) {
      case Cells.Text _, Cells.Choice _ -> text;
      case Cells.Day _ -> day;
      case Cells.Whole _, Cells.Decimal _ -> number;
    };
  }

  CellStyle heading(Need need) {
    return switch (need) {
      case REQUIRED -> required;
      case OPTIONAL -> optional;
      case BY_DEFINITION -> byDefinition;
    };
  }

  CellStyle text() {
    return text;
  }

  CellStyle title() {
    return title;
  }

  CellStyle term() {
    return term;
  }

  CellStyle prose() {
    return prose;
  }

  private CellStyle style(short format) {
    CellStyle style = workbook.createCellStyle();
    style.setDataFormat(format);
    return style;
  }

  private CellStyle wrapped() {
    CellStyle style = style(AS_TYPED);
    style.setWrapText(true);
    style.setVerticalAlignment(VerticalAlignment.TOP);
    return style;
  }

  private CellStyle heading(IndexedColors ground, IndexedColors ink) {
    CellStyle style = wrapped();
    style.setFont(bold(ink, 11));
    style.setFillForegroundColor(ground.getIndex());
    style.setFillPattern(FillPatternType.SOLID_FOREGROUND);
    style.setVerticalAlignment(VerticalAlignment.CENTER);
    style.setBorderRight(BorderStyle.THIN);
    style.setRightBorderColor(IndexedColors.WHITE.getIndex());
    return style;
  }

  private Font bold(IndexedColors color, int points) {
    Font font = workbook.createFont();
    font.setBold(true);
    font.setColor(color.getIndex());
    font.setFontHeightInPoints((short) points);
    return font;
  }
}
