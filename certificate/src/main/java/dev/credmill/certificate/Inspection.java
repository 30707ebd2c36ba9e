package dev.credmill.certificate;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.transform.OutputKeys;
import javax.xml.transform.Transformer;
import javax.xml.transform.TransformerException;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;
import org.w3c.dom.Attr;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NamedNodeMap;
import org.w3c.dom.Node;
import org.xml.sax.ErrorHandler;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;

/**
 * Goes once through an SVG and collects what is wrong with it. Comments, foreign namespaces and
 * editors' leftovers are dropped; what remains is written anew, so that nothing but what was
 * checked here is ever compiled or rendered.
 */
final class Inspection {
  private static final int MOST_BYTES = 512 * 1024;
  private static final int MOST_ELEMENTS = 5_000;
  private static final int MOST_DRAWN = 20_000;
  private static final int DEEPEST = 60;
  private static final int MOST_FAULTS = 20;
  private static final int LARGEST_CANVAS = 10_000;
  private static final double LARGEST_NUMBER = 20_000;
  private static final int MOST_IMAGE_PIXELS = 16_000_000;

  private static final Pattern TAG = Pattern.compile("\\{\\{(.*?)\\}\\}", Pattern.DOTALL);
  private static final Pattern TAG_BODY =
      Pattern.compile("([#^/]?)\\s*([A-Za-z][A-Za-z0-9_-]{0,63})\\s*");
  private static final Pattern ID = Pattern.compile("[A-Za-z_][A-Za-z0-9_.-]{0,99}");
  private static final Pattern NUMBER =
      Pattern.compile("[-+]?(?:\\d+\\.?\\d*|\\.\\d+)(?:[eE][-+]?\\d+)?");
  private static final Pattern ONE_NUMBER = Pattern.compile("[-+]?[0-9.]{1,12}(px)?");
  private static final Pattern DATA_IMAGE =
      Pattern.compile("data:image/(png|jpeg|jpg);base64,([A-Za-z0-9+/=\\s]+)");
  private static final Set<String> RESERVED = Set.of("this");

  private record Section(String name, Element parent) {}

  private final List<String> faults = new ArrayList<>();
  private final Set<String> placeholders = new LinkedHashSet<>();
  private final Deque<Section> sections = new ArrayDeque<>();
  private final Map<String, Element> ids = new HashMap<>();
  private final Set<String> conditionalIds = new HashSet<>();
  private final Map<Element, List<String>> drawn = new HashMap<>();
  private final Map<Element, List<String>> painted = new HashMap<>();
  private final Set<String> inSheets = new LinkedHashSet<>();
  private int elements;

  private final String canonical;

  Inspection(String svg) throws TemplateRefused {
    Document document = parse(svg);
    Element root = document.getDocumentElement();
    if (!"svg".equals(root.getLocalName()) || !AllowedSvg.SVG.equals(root.getNamespaceURI())) {
      throw refused("Begin the template with <svg xmlns=\"http://www.w3.org/2000/svg\" ...>");
    }
    for (Node node : children(document)) {
      if (node.getNodeType() == Node.PROCESSING_INSTRUCTION_NODE) {
        fault("Remove the processing instruction <?%s?>".formatted(shown(node.getNodeName())));
      }
    }
    canvas(root);
    element(root, 1);
    root.setAttributeNS(XMLConstants.XMLNS_ATTRIBUTE_NS_URI, "xmlns:xlink", AllowedSvg.XLINK);
    references(root);
    if (!faults.isEmpty()) {
      throw new TemplateRefused(faults);
    }
    canonical = write(document);
  }

  String canonical() {
    return canonical;
  }

  Set<String> placeholders() {
    return placeholders;
  }

  /** What an author wrote, short and harmless enough to be repeated in a message. */
  static String shown(String text) {
    String plain = text.replaceAll("[^\\p{Graph} ]", "?");
    return plain.length() <= 60 ? plain : plain.substring(0, 60) + "...";
  }

  private Document parse(String svg) throws TemplateRefused {
    if (svg.length() > MOST_BYTES || svg.getBytes(StandardCharsets.UTF_8).length > MOST_BYTES) {
      throw refused("Make the template smaller: it may have 512 KiB at most");
    }
    String text = svg.startsWith("\uFEFF") ? svg.substring(1) : svg;
    DocumentBuilder builder;
    try {
      DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultNSInstance();
      factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
      factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
      factory.setAttribute(XMLConstants.ACCESS_EXTERNAL_DTD, "");
      factory.setAttribute(XMLConstants.ACCESS_EXTERNAL_SCHEMA, "");
      factory.setAttribute("jdk.xml.maxElementDepth", Integer.toString(DEEPEST));
      factory.setXIncludeAware(false);
      factory.setExpandEntityReferences(false);
      factory.setCoalescing(true);
      factory.setIgnoringComments(true);
      builder = factory.newDocumentBuilder();
    } catch (ParserConfigurationException e) {
      throw new IllegalStateException("the JDK's XML parser cannot be made safe", e);
    }
    builder.setErrorHandler(new FirstError());
    try {
      Document document = builder.parse(new InputSource(new StringReader(text)));
      document.normalize();
      return document;
    } catch (SAXParseException e) {
      String message = String.valueOf(e.getMessage());
      if (message.contains("DOCTYPE")) {
        throw refused("Remove the DOCTYPE; templates have no DTD and no entities");
      }
      if (message.contains("maxElementDepth")) {
        throw refused("Nest the elements less deeply: %d levels at most".formatted(DEEPEST));
      }
      throw refused(
          "Correct the XML at line %d, column %d: it is not well-formed"
              .formatted(e.getLineNumber(), e.getColumnNumber()));
    } catch (SAXException | IOException e) {
      throw refused("Correct the XML: it is not well-formed");
    }
  }

  private static TemplateRefused refused(String fault) {
    return new TemplateRefused(List.of(fault));
  }

  private void fault(String fault) {
    if (faults.size() < MOST_FAULTS && !faults.contains(fault)) {
      faults.add(fault);
    }
  }

  private void canvas(Element root) {
    List<Double> box = numbers(root.getAttribute("viewBox"));
    if (box.size() != 4 || box.get(2) <= 0 || box.get(3) <= 0) {
      fault("Give the <svg> a viewBox of four numbers, such as viewBox=\"0 0 1123 794\"");
      return;
    }
    double width = box.get(2);
    double height = box.get(3);
    if (width > LARGEST_CANVAS || height > LARGEST_CANVAS) {
      fault("Make the viewBox smaller: %d units at most".formatted(LARGEST_CANVAS));
    }
    if (width > 4 * height || height > 4 * width) {
      fault("Make the viewBox less narrow: one side at most four times the other");
    }
    // The viewBox alone decides: lengths in mm or % would be read by each renderer in its own way.
    root.setAttribute("width", plain(width));
    root.setAttribute("height", plain(height));
  }

  private static String plain(double number) {
    return number == Math.rint(number) ? Long.toString((long) number) : Double.toString(number);
  }

  private void element(Element element, int depth) {
    if (++elements > MOST_ELEMENTS) {
      fault("Use fewer elements: %d at most".formatted(MOST_ELEMENTS));
      return;
    }
    if (depth > DEEPEST) {
      fault("Nest the elements less deeply: %d levels at most".formatted(DEEPEST));
      return;
    }
    String name = element.getLocalName();
    if (!AllowedSvg.element(name)) {
      fault("Remove <%s>: it cannot stand in a certificate template".formatted(shown(name)));
      return;
    }
    attributes(element, name);
    boolean text = AllowedSvg.TEXT.contains(name);
    for (Node child : children(element)) {
      switch (child.getNodeType()) {
        case Node.ELEMENT_NODE -> {
          if (!AllowedSvg.SVG.equals(child.getNamespaceURI())
              || "metadata".equals(child.getLocalName())) {
            element.removeChild(child);
          } else {
            element((Element) child, depth + 1);
          }
        }
        case Node.TEXT_NODE, Node.CDATA_SECTION_NODE -> {
          if ("style".equals(name)) {
            sheet(child.getNodeValue());
          } else {
            tags(element, child.getNodeValue(), text);
          }
        }
        case Node.PROCESSING_INSTRUCTION_NODE ->
            fault("Remove the processing instruction <?%s?>".formatted(shown(child.getNodeName())));
        default -> element.removeChild(child);
      }
    }
    while (!sections.isEmpty() && sections.peek().parent() == element) {
      fault(
          "Close {{#%s}} with {{/%s}} inside the same element"
              .formatted(sections.peek().name(), sections.pop().name()));
    }
  }

  private void sheet(String css) {
    StyleRules.checkSheet(css, this::fault, (property, value) -> property(property, value));
    inSheets.addAll(StyleRules.fragments(css, this::fault));
  }

  private void tags(Element parent, String text, boolean shown) {
    Matcher tags = TAG.matcher(text);
    int end = 0;
    StringBuilder rest = new StringBuilder();
    while (tags.find()) {
      rest.append(text, end, tags.start()).append(' ');
      end = tags.end();
      Matcher body = TAG_BODY.matcher(tags.group(1));
      if (!body.matches() || RESERVED.contains(body.group(2)) || text.startsWith("}", end)) {
        fault(
            "Write '%s' as {{name}} or as {{#name}}..{{/name}}: letters, digits, _ and - only"
                .formatted(shown(tags.group())));
        continue;
      }
      tag(parent, body.group(1), body.group(2), shown);
    }
    rest.append(text.substring(end));
    if (rest.indexOf("{{") >= 0 || rest.indexOf("}}") >= 0) {
      fault("Complete the placeholder in '%s'".formatted(shown(rest.toString().strip())));
    }
  }

  private void tag(Element parent, String kind, String name, boolean shown) {
    switch (kind) {
      case "#", "^" -> {
        placeholders.add(name);
        sections.push(new Section(name, parent));
      }
      case "/" -> {
        if (sections.isEmpty()
            || !sections.peek().name().equals(name)
            || sections.peek().parent() != parent) {
          fault(
              "Open {{#%s}} in the same element in which {{/%s}} closes it".formatted(name, name));
        } else {
          sections.pop();
        }
      }
      default -> {
        if (name.equals(CertificateSvg.QR_CODE)) {
          fault("Write the QR code as <path d=\"{{qrCode}}\" .../>");
        } else if (!shown) {
          fault("Put {{%s}} inside a <text>".formatted(name));
        } else {
          placeholders.add(name);
        }
      }
    }
  }

  private void attributes(Element element, String name) {
    NamedNodeMap map = element.getAttributes();
    List<Attr> attributes = new ArrayList<>();
    for (int i = 0; i < map.getLength(); i++) {
      attributes.add((Attr) map.item(i));
    }
    for (Attr attribute : attributes) {
      String namespace = attribute.getNamespaceURI();
      String local =
          attribute.getLocalName() == null ? attribute.getName() : attribute.getLocalName();
      if (XMLConstants.XMLNS_ATTRIBUTE_NS_URI.equals(namespace)) {
        continue;
      }
      if (AllowedSvg.XLINK.equals(namespace)) {
        if (local.equals("href")) {
          href(element, name, attribute);
        } else {
          element.removeAttributeNode(attribute);
        }
      } else if (XMLConstants.XML_NS_URI.equals(namespace)) {
        if (!local.equals("space") && !local.equals("lang")) {
          element.removeAttributeNode(attribute);
        }
      } else if (namespace != null) {
        element.removeAttributeNode(attribute);
      } else if (local.equals("href")) {
        href(element, name, attribute);
      } else if (isNote(local)) {
        element.removeAttributeNode(attribute);
      } else if (!AllowedSvg.attribute(name, local)) {
        fault("Remove the attribute %s from <%s>".formatted(shown(local), name));
      } else {
        value(element, name, local, attribute.getValue());
      }
    }
  }

  /** Says something to editors or readers, nothing to a renderer. */
  private static boolean isNote(String attribute) {
    return attribute.equals("role")
        || attribute.startsWith("aria-")
        || (attribute.startsWith("data-") && !attribute.equals("data-fit-width"));
  }

  private void value(Element element, String name, String attribute, String value) {
    if (value.contains("{{")) {
      boolean qrCode =
          name.equals("path")
              && attribute.equals("d")
              && value.strip().equals("{{" + CertificateSvg.QR_CODE + "}}");
      if (qrCode) {
        element.setAttribute("d", value.strip());
        placeholders.add(CertificateSvg.QR_CODE);
      } else {
        fault(
            "Take the placeholder out of the attribute %s: they stand in text only (and d=\"{{qrCode}}\" in a <path>)"
                .formatted(attribute));
      }
      return;
    }
    switch (attribute) {
      case "id" -> id(element, value);
      case "style" -> {
        StyleRules.checkDeclarations(value, this::fault, this::property);
        refer(painted, element, StyleRules.fragments(value, this::fault));
      }
      default -> {
        property(attribute, value);
        if (AllowedSvg.PROPERTIES.contains(attribute)) {
          if (value.indexOf('\\') >= 0) {
            fault("Write %s without backslashes".formatted(attribute));
          }
          refer(painted, element, StyleRules.fragments(value, this::fault));
        }
        if (name.equals("text") || name.equals("tspan")) {
          textPosition(attribute, value);
        }
        if (name.equals("pattern")) {
          pattern(element, attribute, value);
        }
      }
    }
  }

  private void textPosition(String attribute, String value) {
    boolean one = Set.of("x", "y", "dx", "dy", "data-fit-width").contains(attribute);
    if (one && !ONE_NUMBER.matcher(value.strip()).matches()) {
      fault("Give %s of a <text> one plain number, not '%s'".formatted(attribute, shown(value)));
    }
  }

  private void pattern(Element element, String attribute, String value) {
    if (!attribute.equals("width") && !attribute.equals("height")) {
      return;
    }
    List<Double> size = numbers(value);
    if (!"userSpaceOnUse".equals(element.getAttribute("patternUnits"))
        || size.size() != 1
        || size.getFirst() < 1) {
      fault(
          "Give a <pattern> patternUnits=\"userSpaceOnUse\" and a width and height of at least 1");
    }
  }

  private void property(String name, String value) {
    if (!AllowedSvg.GEOMETRY.contains(name)) {
      return;
    }
    List<Double> numbers = numbers(value);
    for (double number : numbers) {
      if (!(Math.abs(number) <= LARGEST_NUMBER)) {
        fault("Use numbers up to %d in %s".formatted((int) LARGEST_NUMBER, name));
        return;
      }
    }
    if (name.equals("stroke-dasharray")
        && !numbers.isEmpty()
        && numbers.stream().mapToDouble(Math::abs).sum() < 0.5) {
      fault("Make the dashes of stroke-dasharray longer: half a unit together at least");
    }
  }

  private static List<Double> numbers(String value) {
    List<Double> numbers = new ArrayList<>();
    Matcher matcher = NUMBER.matcher(value);
    while (matcher.find()) {
      numbers.add(Double.valueOf(matcher.group()));
    }
    return numbers;
  }

  private void id(Element element, String id) {
    if (!ID.matcher(id).matches()) {
      fault("Name ids with letters, digits, '_', '-' and '.', unlike '%s'".formatted(shown(id)));
    } else if (ids.putIfAbsent(id, element) != null) {
      fault("Use the id '%s' once only".formatted(id));
    } else if (!sections.isEmpty()) {
      conditionalIds.add(id);
    }
  }

  private void href(Element element, String name, Attr attribute) {
    String target = attribute.getValue().strip();
    element.removeAttributeNode(attribute);
    if (!AllowedSvg.attribute(name, "href")) {
      fault("Remove href from <%s>".formatted(name));
      return;
    }
    if (name.equals("image")) {
      Matcher image = DATA_IMAGE.matcher(target);
      if (!image.matches()) {
        fault(
            "Embed images as data:image/png;base64,... or data:image/jpeg;base64,...; nothing is loaded");
      } else {
        image(image.group(2));
      }
    } else if (target.startsWith("#") && ID.matcher(target.substring(1)).matches()) {
      refer(
          name.equals("use") || name.equals("textPath") ? drawn : painted,
          element,
          Set.of(target.substring(1)));
    } else {
      fault(
          "Let href of <%s> point to an element of this SVG, as #id; nothing is loaded"
              .formatted(name));
    }
    // The renderer knows the older spelling only, and browsers know both.
    element.setAttributeNS(AllowedSvg.XLINK, "xlink:href", target);
  }

  private void image(String base64) {
    try {
      byte[] bytes = Base64.getMimeDecoder().decode(base64);
      boolean png = bytes.length > 8 && (bytes[0] & 0xFF) == 0x89 && bytes[1] == 'P';
      boolean jpeg = bytes.length > 8 && (bytes[0] & 0xFF) == 0xFF && (bytes[1] & 0xFF) == 0xD8;
      if ((png || jpeg) && readable(bytes)) {
        return;
      }
    } catch (IOException | RuntimeException e) {
      // said below
    }
    fault("Embed a whole PNG or JPEG of at most 16 million pixels");
  }

  private static boolean readable(byte[] bytes) throws IOException {
    ImageIO.setUseCache(false);
    try (ImageInputStream in = ImageIO.createImageInputStream(new ByteArrayInputStream(bytes))) {
      var readers = ImageIO.getImageReaders(in);
      if (!readers.hasNext()) {
        return false;
      }
      ImageReader reader = readers.next();
      try {
        reader.setInput(in);
        long pixels = (long) reader.getWidth(0) * reader.getHeight(0);
        return pixels <= MOST_IMAGE_PIXELS && reader.read(0) != null;
      } finally {
        reader.dispose();
      }
    }
  }

  private static void refer(
      Map<Element, List<String>> references, Element from, Set<String> targets) {
    if (!targets.isEmpty()) {
      references.computeIfAbsent(from, e -> new ArrayList<>()).addAll(targets);
    }
  }

  /** References must lead somewhere, never in a circle, and never multiply into millions. */
  private void references(Element root) {
    Set<String> targets = new LinkedHashSet<>(inSheets);
    drawn.values().forEach(targets::addAll);
    painted.values().forEach(targets::addAll);
    for (String target : targets) {
      if (!ids.containsKey(target)) {
        fault("Add an element with id=\"%s\", or remove what points to it".formatted(target));
      } else if (conditionalIds.contains(target)) {
        fault("Move the element with id=\"%s\" out of the conditional section".formatted(target));
      }
    }
    for (String target : inSheets) {
      Element element = ids.get(target);
      if (element != null && !element.getLocalName().endsWith("Gradient")) {
        fault(
            "Point to '%s' by an attribute; style sheets may point to gradients only"
                .formatted(target));
      }
    }
    if (faults.isEmpty() && new Cost().of(root) > MOST_DRAWN) {
      fault("Repeat less by <use> and patterns: %d drawn elements at most".formatted(MOST_DRAWN));
    }
  }

  /** How many elements are drawn once every reference is followed. */
  private final class Cost {
    private final Map<Element, Long> known = new HashMap<>();
    private final Set<Element> open = new HashSet<>();

    long of(Element element) {
      Long cost = known.get(element);
      if (cost != null) {
        return cost;
      }
      if (!open.add(element)) {
        fault("Break the circle of references through <%s>".formatted(element.getLocalName()));
        return 1;
      }
      long sum = 1;
      for (Node child : children(element)) {
        if (child instanceof Element inner) {
          sum = capped(sum + of(inner));
        }
      }
      for (String target : drawn.getOrDefault(element, List.of())) {
        sum = capped(sum + of(ids.get(target)));
      }
      long size = sum;
      for (String target : painted.getOrDefault(element, List.of())) {
        sum = capped(sum + size * of(ids.get(target)));
      }
      open.remove(element);
      known.put(element, sum);
      return sum;
    }

    private static long capped(long cost) {
      return Math.min(cost, 1_000_000_000L);
    }
  }

  private static List<Node> children(Node parent) {
    List<Node> children = new ArrayList<>();
    for (Node child = parent.getFirstChild(); child != null; child = child.getNextSibling()) {
      children.add(child);
    }
    return children;
  }

  private static String write(Document document) {
    try {
      Transformer transformer = TransformerFactory.newDefaultInstance().newTransformer();
      transformer.setOutputProperty(OutputKeys.OMIT_XML_DECLARATION, "yes");
      StringWriter writer = new StringWriter();
      transformer.transform(new DOMSource(document.getDocumentElement()), new StreamResult(writer));
      return writer.toString();
    } catch (TransformerException e) {
      throw new IllegalStateException("a parsed document can be written", e);
    }
  }

  private static final class FirstError implements ErrorHandler {
    @Override
    public void warning(SAXParseException exception) {}

    @Override
    public void error(SAXParseException exception) throws SAXException {
      throw exception;
    }

    @Override
    public void fatalError(SAXParseException exception) throws SAXException {
      throw exception;
    }
  }
}
