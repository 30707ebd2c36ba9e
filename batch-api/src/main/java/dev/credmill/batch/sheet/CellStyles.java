package dev.credmill.batch.sheet;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.xml.stream.XMLStreamException;

/** What {@code styles.xml} tells of numbers: a date is a number that is shown as one. */
record CellStyles(List<NumberFormat> formats) {
  private static final int MOST_FORMATS = 10_000;

  /** As many as Excel has, and half as many again. */
  private static final int MOST_STYLES = 100_000;

  /** Of a workbook without styles: every number is one. */
  static final CellStyles NONE = new CellStyles(List.of());

  CellStyles {
    formats = List.copyOf(formats);
  }

  /** The format of the cells with a style. */
  NumberFormat format(int style) {
    if (formats.isEmpty()) {
      return NumberFormat.PLAIN;
    }
    if (style < 0 || style >= formats.size()) {
      // Taken for a number, a date would become one without anybody's noticing.
      throw Unreadable.malformed("a cell has a style that the workbook does not have");
    }
    return formats.get(style);
  }

  static CellStyles read(XmlPart part) throws XMLStreamException {
    Map<Integer, String> codes = new HashMap<>();
    List<Integer> styles = new ArrayList<>();
    if (!part.nextWithin(0) || !part.name().equals("styleSheet")) {
      throw Unreadable.malformed("it is no list of styles");
    }
    while (part.nextWithin(1)) {
      switch (part.name()) {
        case "numFmts" -> {
          while (part.nextWithin(2)) {
            if (part.name().equals("numFmt")) {
              codes.put(id(part), part.attribute("formatCode"));
            }
            mustBeFew(codes.size(), MOST_FORMATS);
          }
        }
        case "cellXfs" -> {
          while (part.nextWithin(2)) {
            if (part.name().equals("xf")) {
              styles.add(id(part));
            }
            mustBeFew(styles.size(), MOST_STYLES);
          }
        }
        default -> {} // nothing that is read
      }
    }
    Map<Integer, NumberFormat> formats = new HashMap<>();
    return new CellStyles(
        styles.stream()
            .map(id -> formats.computeIfAbsent(id, i -> NumberFormat.of(i, codes.get(i))))
            .toList());
  }

  private static int id(XmlPart part) {
    String id = part.attribute("numFmtId");
    return id == null ? 0 : Digits.number(id, Integer.MAX_VALUE);
  }

  private static void mustBeFew(int count, int most) {
    if (count > most) {
      throw Unreadable.tooMuch(
          "it has more than %d styles or formats; copy the cells without their formats into a new workbook"
              .formatted(most));
    }
  }
}
