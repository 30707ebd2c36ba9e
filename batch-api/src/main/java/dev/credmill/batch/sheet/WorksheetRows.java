package dev.credmill.batch.sheet;

import dev.credmill.batch.BatchConfig;
import java.util.Arrays;
import javax.xml.stream.XMLStreamException;

/** The rows of a worksheet, one at a time, with every cell as text. */
final class WorksheetRows {
  /** What Excel has, which no writer goes beyond. */
  static final int MOST_ROWS = 1_048_576;

  private static final int MOST_COLUMNS = 16_384;
  private static final int ROOT = 1;
  private static final int SHEET_DATA = 2;
  private static final int ROW = 3;
  private static final int CELL = 4;

  private final XmlPart part;
  private final CellStyles styles;
  private final SharedStrings strings;
  private final boolean from1904;
  private final BatchConfig limits;
  private final String[] cells;
  private int number;
  private int column;
  private int width;
  private int headerWidth;
  private long characters;
  private boolean begun;

  WorksheetRows(
      XmlPart part,
      CellStyles styles,
      SharedStrings strings,
      boolean from1904,
      BatchConfig limits) {
    this.part = part;
    this.styles = styles;
    this.strings = strings;
    this.from1904 = from1904;
    this.limits = limits;
    this.cells = new String[limits.maxColumns()];
  }

  /** The number of the row that was given last or is being read; 0 before the first. */
  int number() {
    return number;
  }

  /** The cells of the next row that the worksheet has, at least as many as the first one's. */
  String[] next() throws XMLStreamException {
    if (!begun) {
      begun = true;
      begin();
    }
    while (part.nextWithin(SHEET_DATA)) {
      if (part.name().equals("row")) {
        return row();
      }
    }
    return null;
  }

  private void begin() throws XMLStreamException {
    if (!part.nextWithin(0) || !part.name().equals("worksheet")) {
      throw Unreadable.malformed("it is no worksheet");
    }
    while (part.nextWithin(ROOT)) {
      if (part.name().equals("sheetData")) {
        return;
      }
    }
    throw Unreadable.malformed("it has no place for rows");
  }

  private String[] row() throws XMLStreamException {
    String said = part.attribute("r");
    int before = number;
    number = said == null ? before + 1 : Digits.number(said, MOST_ROWS);
    if (number <= before || number > MOST_ROWS) {
      throw Unreadable.malformed("its number must be above %d".formatted(before));
    }
    column = -1;
    width = 0;
    characters = 0;
    while (part.nextWithin(ROW)) {
      if (part.name().equals("c")) {
        cell();
      }
    }
    headerWidth = headerWidth == 0 ? width : headerWidth;
    String[] row = Arrays.copyOf(cells, Math.max(width, headerWidth));
    for (int i = 0; i < row.length; i++) {
      row[i] = row[i] == null ? "" : row[i];
    }
    Arrays.fill(cells, 0, width, null);
    return row;
  }

  private void cell() throws XMLStreamException {
    String reference = null;
    String style = null;
    String type = "n";
    for (int i = 0; i < part.attributes(); i++) {
      switch (part.attributeName(i)) {
        case "r" -> reference = part.attributeValue(i);
        case "s" -> style = part.attributeValue(i);
        case "t" -> type = part.attributeValue(i);
        default -> {} // nothing that is read
      }
    }
    int before = column;
    column = reference == null ? before + 1 : column(reference);
    if (column <= before || column >= MOST_COLUMNS) {
      throw Unreadable.malformed("its cells are not in the order of their columns");
    }
    String value = null;
    while (part.nextWithin(CELL)) {
      switch (part.name()) {
        case "v" -> value = type.equals("inlineStr") ? value : part.text(limits.maxCell());
        case "is" -> value = type.equals("inlineStr") ? part.richText(limits.maxCell()) : value;
        default -> {} // The formula: what it came to is the value.
      }
    }
    if (value != null) {
      put(text(value, type, style));
    }
  }

  /**
   * The index of the column that a reference such as {@code AB12} names, which must be in this row.
   */
  private int column(String reference) {
    int index = 0;
    int letters = 0;
    while (letters < reference.length()
        && reference.charAt(letters) >= 'A'
        && reference.charAt(letters) <= 'Z') {
      index = index * 26 + reference.charAt(letters++) - 'A' + 1;
      if (index > MOST_COLUMNS) {
        throw Unreadable.malformed("a cell is beyond the last column, XFD");
      }
    }
    if (letters == 0 || Digits.number(reference.substring(letters), MOST_ROWS) != number) {
      throw Unreadable.malformed("a cell says that it is somewhere else");
    }
    return index - 1;
  }

  private String text(String value, String type, String style) {
    return switch (type) {
      case "inlineStr", "str", "e" -> Escapes.decoded(value);
      case "s" -> Escapes.decoded(strings.get(Digits.number(value.strip(), Integer.MAX_VALUE)));
      case "b" -> truth(value.strip());
      case "d" -> CellNumber.isoDate(value.strip(), format(style));
      case "n" -> value.isBlank() ? "" : CellNumber.text(value.strip(), format(style), from1904);
      default -> throw Unreadable.malformed("a cell is of a type that does not exist");
    };
  }

  private NumberFormat format(String style) {
    return styles.format(style == null ? 0 : Digits.number(style, Integer.MAX_VALUE));
  }

  private static String truth(String value) {
    return switch (value) {
      case "1", "true" -> "true";
      case "0", "false" -> "false";
      case "" -> "";
      default -> throw Unreadable.malformed("a cell is neither true nor false");
    };
  }

  private void put(String text) {
    if (text.isEmpty()) {
      return; // A cell that was only coloured: rows of them go to the last column.
    }
    if (column >= limits.maxColumns()) {
      throw Unreadable.tooMuch(
          "it has a cell in column %d; %d columns are the most. Remove those that are not needed"
              .formatted(column + 1, limits.maxColumns()));
    }
    characters += text.length();
    if (characters > limits.maxRecord()) {
      throw Unreadable.tooMuch(
          "it is longer than %d characters; shorten its cells".formatted(limits.maxRecord()));
    }
    cells[column] = text;
    width = column + 1;
  }
}
