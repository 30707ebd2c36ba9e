package dev.credmill.batch.sheet;

import java.util.ArrayList;
import java.util.List;
import javax.xml.stream.XMLStreamException;

/**
 * What {@code workbook.xml} tells: the sheets in their order, and from when its dates count.
 *
 * @param from1904 whether day 0 is 1904-01-01, as in workbooks from old Macs
 */
record SheetList(List<Entry> sheets, boolean from1904) {
  private static final String STRICT_RELATIONS =
      "http://purl.oclc.org/ooxml/officeDocument/relationships";
  private static final String RELATIONS =
      "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

  /**
   * One sheet.
   *
   * @param relation the id of the relation that leads to its part
   */
  record Entry(String name, String relation, boolean visible) {}

  SheetList {
    sheets = List.copyOf(sheets);
  }

  static SheetList read(XmlPart part) throws XMLStreamException {
    List<Entry> sheets = new ArrayList<>();
    boolean from1904 = false;
    if (!part.nextWithin(0) || !part.name().equals("workbook")) {
      throw Unreadable.malformed("it is no list of sheets");
    }
    while (part.nextWithin(1)) {
      switch (part.name()) {
        case "workbookPr" -> from1904 = isTrue(part.attribute("date1904"));
        case "sheets" -> {
          while (part.nextWithin(2)) {
            if (part.name().equals("sheet")) {
              sheets.add(entry(part));
            }
          }
        }
        default -> {} // nothing that is read
      }
    }
    return new SheetList(sheets, from1904);
  }

  private static Entry entry(XmlPart part) {
    String name = part.attribute("name");
    String state = part.attribute("state");
    String relation = null;
    for (int i = 0; i < part.attributes(); i++) {
      String namespace = part.attributeNamespace(i);
      if (part.attributeName(i).equals("id")
          && (RELATIONS.equals(namespace) || STRICT_RELATIONS.equals(namespace))) {
        relation = part.attributeValue(i);
      }
    }
    if (name == null || relation == null) {
      throw Unreadable.malformed("a sheet has no name or no relation");
    }
    return new Entry(name, relation, state == null || state.equals("visible"));
  }

  static boolean isTrue(String flag) {
    return flag != null && (flag.equals("1") || flag.equals("true") || flag.equals("on"));
  }
}
