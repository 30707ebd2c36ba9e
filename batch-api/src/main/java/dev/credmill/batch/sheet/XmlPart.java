package dev.credmill.batch.sheet;

import com.ctc.wstx.api.WstxInputProperties;
import com.ctc.wstx.stax.WstxInputFactory;
import dev.credmill.batch.BatchConfig;
import java.io.InputStream;
import java.util.HashSet;
import java.util.Set;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * The elements of one XML part, pulled one by one. No document type, so no entities and nothing
 * outside; texts come in pieces, so that a limit is met before a long one is held.
 */
final class XmlPart {
  private static final String MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
  private static final String STRICT_MAIN = "http://purl.oclc.org/ooxml/spreadsheetml/main";
  private static final int MOST_ATTRIBUTES = 100;
  private static final int LONGEST_ATTRIBUTE = 64 * 1024;

  private final XMLStreamReader xml;
  private final int maxNames;
  private final Set<String> names = new HashSet<>();
  private final StringBuilder text = new StringBuilder();
  private int depth;

  XmlPart(InputStream in, BatchConfig.Workbooks limits) throws XMLStreamException {
    this.maxNames = limits.maxNames();
    this.xml = factory(limits).createXMLStreamReader(in);
  }

  private static XMLInputFactory factory(BatchConfig.Workbooks limits) {
    // One for each part: a factory keeps the names that it saw, also those of hostile parts.
    WstxInputFactory factory = new WstxInputFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory.IS_COALESCING, false);
    factory.setProperty(WstxInputProperties.P_MAX_ELEMENT_DEPTH, limits.maxDepth());
    factory.setProperty(WstxInputProperties.P_MAX_ATTRIBUTES_PER_ELEMENT, MOST_ATTRIBUTES);
    factory.setProperty(WstxInputProperties.P_MAX_ATTRIBUTE_SIZE, LONGEST_ATTRIBUTE);
    factory.setProperty(WstxInputProperties.P_INPUT_BUFFER_LENGTH, 16_000);
    return factory;
  }

  /**
   * Goes to the next element that begins within the one of the given depth.
   *
   * @return false when that one has ended
   */
  boolean nextWithin(int parent) throws XMLStreamException {
    while (xml.hasNext()) {
      switch (xml.next()) {
        case XMLStreamConstants.START_ELEMENT -> {
          begin();
          if (depth == parent + 1) {
            return true;
          }
        }
        case XMLStreamConstants.END_ELEMENT -> {
          depth--;
          if (depth < parent) {
            return false;
          }
        }
        case XMLStreamConstants.DTD ->
            throw Unreadable.malformed("it has a document type, which no workbook needs");
        case XMLStreamConstants.PROCESSING_INSTRUCTION -> note(xml.getPITarget());
        default -> {} // Text between elements and comments mean nothing.
      }
    }
    return false;
  }

  /** The local name of the current element; that of a foreign vocabulary is the empty string. */
  String name() {
    String namespace = xml.getNamespaceURI();
    return MAIN.equals(namespace) || STRICT_MAIN.equals(namespace) ? xml.getLocalName() : "";
  }

  int attributes() {
    return xml.getAttributeCount();
  }

  String attributeName(int index) {
    return xml.getAttributeLocalName(index);
  }

  String attributeNamespace(int index) {
    return xml.getAttributeNamespace(index);
  }

  String attributeValue(int index) {
    return xml.getAttributeValue(index);
  }

  /** The value of an attribute without a prefix, null when there is none. */
  String attribute(String name) {
    return xml.getAttributeValue(null, name);
  }

  /** The text of the current element up to its end; elements within it are passed over. */
  String text(int longest) throws XMLStreamException {
    text.setLength(0);
    append(longest);
    return text.toString();
  }

  /**
   * The text of the current element, which may be rich: runs ({@code r}) of texts ({@code t}), of
   * which phonetic ones ({@code rPh}) say again what others say.
   */
  String richText(int longest) throws XMLStreamException {
    text.setLength(0);
    int item = depth;
    while (nextWithin(item)) {
      switch (name()) {
        case "t" -> append(longest);
        case "r" -> {
          while (nextWithin(item + 1)) {
            if (name().equals("t")) {
              append(longest);
            }
          }
        }
        default -> {} // nothing that is read
      }
    }
    return text.toString();
  }

  private void append(int longest) throws XMLStreamException {
    int element = depth;
    while (true) {
      switch (xml.next()) {
        case XMLStreamConstants.START_ELEMENT -> begin();
        case XMLStreamConstants.END_ELEMENT -> {
          depth--;
          if (depth < element) {
            return;
          }
        }
        case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA, XMLStreamConstants.SPACE -> {
          if (depth == element) {
            int length = xml.getTextLength();
            if (text.length() + length > longest) {
              throw Unreadable.tooMuch(
                  "a cell has more than %d characters; shorten it".formatted(longest));
            }
            text.append(xml.getTextCharacters(), xml.getTextStart(), length);
          }
        }
        case XMLStreamConstants.PROCESSING_INSTRUCTION -> note(xml.getPITarget());
        default -> {} // Comments mean nothing; a document type cannot be here.
      }
    }
  }

  private void begin() {
    depth++;
    note(xml.getLocalName());
    for (int i = 0; i < xml.getAttributeCount(); i++) {
      note(xml.getAttributeLocalName(i));
    }
    for (int i = 0; i < xml.getNamespaceCount(); i++) {
      note(xml.getNamespacePrefix(i));
      note(xml.getNamespaceURI(i));
    }
  }

  /** The parser keeps every name it meets, so there must be few; of one letter there are. */
  private void note(String name) {
    if (name != null && name.length() > 1 && names.add(name) && names.size() > maxNames) {
      throw Unreadable.tooMuch(
          "it has more than %d different names of elements and attributes; copy the cells into a new workbook"
              .formatted(maxNames));
    }
  }
}
