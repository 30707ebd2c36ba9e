package dev.credmill.batch.sheet;

import dev.credmill.batch.BatchConfig;
import java.nio.file.Path;
import javax.xml.stream.XMLStreamException;

/**
 * The texts that the cells of a workbook refer to by number. They are read as far as they are asked
 * for: spreadsheet programs number them as they occur, so that for the first rows of a large
 * workbook the first texts are enough.
 */
final class SharedStrings implements AutoCloseable {
  private static final String PLACE = "The workbook's list of texts (sharedStrings.xml)";
  private final XmlPart part;
  private final BatchConfig limits;
  private final StringPages strings;
  private boolean begun;
  private boolean ended;

  /**
   * Reads nothing yet.
   *
   * @param part null when the workbook has none
   */
  SharedStrings(XmlPart part, Path folder, BatchConfig limits) {
    this.part = part;
    this.limits = limits;
    this.strings = new StringPages(folder, limits.workbook());
    this.ended = part == null;
  }

  String get(int index) {
    while (index >= strings.size() && !ended) {
      readOn();
    }
    if (index >= strings.size()) {
      throw Unreadable.malformed(
          "a cell refers to a text that the workbook's list does not have; it has %d"
              .formatted(strings.size()));
    }
    return strings.get(index);
  }

  private void readOn() {
    try {
      if (!begun) {
        begun = true;
        if (!part.nextWithin(0) || !part.name().equals("sst")) {
          throw Unreadable.malformed("it is no list of texts");
        }
      }
      if (!part.nextWithin(1)) {
        ended = true;
      } else if (part.name().equals("si")) {
        if (strings.size() == limits.workbook().maxSharedStrings()) {
          throw Unreadable.tooMuch(
              "it has more than %d texts; split the sheet"
                  .formatted(limits.workbook().maxSharedStrings()));
        }
        strings.add(part.richText(limits.maxCell()));
      }
    } catch (Unreadable e) {
      throw e.at(PLACE);
    } catch (XMLStreamException e) {
      throw Trouble.problem(e, PLACE);
    }
  }

  @Override
  public void close() {
    strings.close();
  }
}
