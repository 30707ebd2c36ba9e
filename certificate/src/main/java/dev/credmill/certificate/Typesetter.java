package dev.credmill.certificate;

import java.awt.Shape;
import java.awt.font.FontRenderContext;
import java.awt.font.GlyphVector;
import java.awt.font.TextAttribute;
import java.awt.font.TextLayout;
import java.awt.geom.AffineTransform;
import java.awt.geom.Path2D;
import java.awt.geom.Point2D;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.text.AttributedString;
import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.transform.OutputKeys;
import javax.xml.transform.Transformer;
import javax.xml.transform.TransformerException;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;
import org.apache.batik.bridge.CSSUtilities;
import org.apache.batik.bridge.TextNode;
import org.apache.batik.bridge.TextUtilities;
import org.apache.batik.css.engine.SVGCSSEngine;
import org.apache.batik.css.engine.value.Value;
import org.apache.batik.ext.awt.geom.PathLength;
import org.apache.batik.parser.AWTPathProducer;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.w3c.dom.css.CSSPrimitiveValue;

/**
 * Turns every text of an SVG into outlines.
 *
 * <p>Batik sets text glyph by glyph; Arabic and the scripts of India come out wrong that way. Here
 * the JDK's shaper sets whole runs, in bundled fonts only, so the result is right in every script
 * and the same on every machine.
 */
final class Typesetter {
  private static final FontRenderContext EXACT = new FontRenderContext(null, true, true);

  /** Scripts whose letters stand apart; spacing would tear the others. */
  private static final Set<Character.UnicodeScript> SPACED =
      EnumSet.of(
          Character.UnicodeScript.LATIN,
          Character.UnicodeScript.GREEK,
          Character.UnicodeScript.CYRILLIC,
          Character.UnicodeScript.COMMON,
          Character.UnicodeScript.HAN,
          Character.UnicodeScript.ARMENIAN,
          Character.UnicodeScript.GEORGIAN,
          Character.UnicodeScript.HEBREW);

  /** What a text hands on to its outlines; names as in CSS. */
  private static final Map<String, Integer> PAINT =
      Map.ofEntries(
          Map.entry("color", SVGCSSEngine.COLOR_INDEX),
          Map.entry("fill", SVGCSSEngine.FILL_INDEX),
          Map.entry("fill-opacity", SVGCSSEngine.FILL_OPACITY_INDEX),
          Map.entry("stroke", SVGCSSEngine.STROKE_INDEX),
          Map.entry("stroke-opacity", SVGCSSEngine.STROKE_OPACITY_INDEX),
          Map.entry("stroke-width", SVGCSSEngine.STROKE_WIDTH_INDEX),
          Map.entry("stroke-linejoin", SVGCSSEngine.STROKE_LINEJOIN_INDEX),
          Map.entry("opacity", SVGCSSEngine.OPACITY_INDEX),
          Map.entry("visibility", SVGCSSEngine.VISIBILITY_INDEX),
          Map.entry("display", SVGCSSEngine.DISPLAY_INDEX),
          Map.entry("clip-path", SVGCSSEngine.CLIP_PATH_INDEX),
          Map.entry("mask", SVGCSSEngine.MASK_INDEX));

  private static final Map<String, String> INITIAL =
      Map.of(
          "color", "rgb(0,0,0)",
          "fill-opacity", "1",
          "stroke", "none",
          "stroke-opacity", "1",
          "stroke-width", "1",
          "stroke-linejoin", "miter",
          "opacity", "1",
          "visibility", "visible",
          "display", "inline",
          "clip-path", "none");

  private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{(\\w+)}}");

  /** So much wider than ours a font may be that is taken in its place. */
  private static final double OTHER_FONTS = 1.15;

  private static final Pattern DTD_DEFAULTS =
      Pattern.compile(
          " (contentScriptType=\"text/ecmascript\"|contentStyleType=\"text/css\"|zoomAndPan=\"magnify\")");

  private final Document document;

  private Typesetter(Document document) {
    this.document = document;
  }

  static String outline(String svg) {
    return outline(svg, text -> true);
  }

  /**
   * Leaves texts with a placeholder to whoever fills it.
   *
   * @param samples values of placeholders; a text that is to fit is made so small that these do
   */
  static String outlineAllButPlaceholders(String svg, Map<String, String> samples) {
    return outline(
        svg,
        text -> {
          boolean left = PLACEHOLDER.matcher(text.getTextContent()).find();
          if (left) {
            leave(text, samples);
          }
          return !left;
        });
  }

  private static String outline(String svg, Predicate<Element> which) {
    try (Drawing drawing = new Drawing(svg)) {
      Document document = drawing.document();
      new Typesetter(document).outlineTexts(which);
      return write(document);
    }
  }

  private void outlineTexts(Predicate<Element> which) {
    NodeList found = document.getElementsByTagNameNS(AllowedSvg.SVG, "text");
    Map<Element, Element> outlines = new LinkedHashMap<>();
    for (int i = 0; i < found.getLength(); i++) {
      Element text = (Element) found.item(i);
      if (which.test(text)) {
        outlines.put(text, outline(text));
      }
    }
    outlines.forEach((text, outline) -> text.getParentNode().replaceChild(outline, text));
  }

  /** Whoever shows it has not our fonts, and shall not take any other than of that kind. */
  private static void leave(Element text, Map<String, String> samples) {
    String families =
        CSSUtilities.getComputedStyle(text, SVGCSSEngine.FONT_FAMILY_INDEX).getCssText();
    Float fit = number(text, "data-fit-width");
    if (fit != null) {
      String sample =
          PLACEHOLDER
              .matcher(words(text))
              .replaceAll(
                  found ->
                      Matcher.quoteReplacement(
                          samples.getOrDefault(found.group(1), found.group(1))));
      double width = Line.of(new Run(text, sample, null, null, 0, 0)).width() * OTHER_FONTS;
      if (width > fit) {
        text.setAttribute(
            "font-size", String.valueOf((float) (Style.of(text).size() * fit / width)));
      }
    }
    text.setAttribute(
        "font-family", families.replace('"', '\'') + (families.contains("serif") ? "" : ", serif"));
    text.removeAttribute("data-fit-width");
  }

  /** Some characters in one style, set from one point on. */
  private record Run(Element element, String text, Float x, Float y, float dx, float dy) {}

  private Element outline(Element text) {
    List<Run> runs = new ArrayList<>();
    collect(text, runs, new Start(number(text, "x"), number(text, "y")));
    trim(runs);
    Map<Element, Path2D> shapes = new LinkedHashMap<>();
    float fit = text.hasAttribute("data-fit-width") ? number(text, "data-fit-width") : 0;
    Point2D.Float pen = new Point2D.Float();
    for (int i = 0; i < runs.size(); ) {
      int end = i + 1;
      while (end < runs.size() && runs.get(end).x() == null && runs.get(end).y() == null) {
        end++;
      }
      setChunk(runs.subList(i, end), fit, pen, shapes);
      i = end;
    }
    NodeList alongPaths = text.getElementsByTagNameNS(AllowedSvg.SVG, "textPath");
    for (int i = 0; i < alongPaths.getLength(); i++) {
      Element textPath = (Element) alongPaths.item(i);
      shapes.put(textPath, alongPath(textPath));
    }
    return element(text, shapes, words(text));
  }

  /** Where the next run starts, if its element says so. */
  private static final class Start {
    private Float x;
    private Float y;

    Start(Float x, Float y) {
      this.x = x == null ? Float.valueOf(0) : x;
      this.y = y == null ? Float.valueOf(0) : y;
    }
  }

  private void collect(Element element, List<Run> runs, Start start) {
    float dx = orZero(number(element, "dx"));
    float dy = orZero(number(element, "dy"));
    if (element.getLocalName().equals("tspan")) {
      Float x = number(element, "x");
      Float y = number(element, "y");
      start.x = x != null ? x : start.x;
      start.y = y != null ? y : start.y;
    }
    for (Node child = element.getFirstChild(); child != null; child = child.getNextSibling()) {
      if (child instanceof Element inner) {
        if (inner.getLocalName().equals("tspan")) {
          collect(inner, runs, start);
        }
      } else if (child.getNodeType() == Node.TEXT_NODE) {
        String text = child.getNodeValue().replaceAll("\\s+", " ");
        boolean afterSpace = runs.isEmpty() || runs.getLast().text().endsWith(" ");
        if (afterSpace && text.startsWith(" ")) {
          text = text.substring(1);
        }
        if (!text.isEmpty()) {
          runs.add(new Run(element, text, start.x, start.y, dx, dy));
          start.x = null;
          start.y = null;
          dx = 0;
          dy = 0;
        }
      }
    }
  }

  private static void trim(List<Run> runs) {
    if (!runs.isEmpty() && runs.getLast().text().endsWith(" ")) {
      Run last = runs.removeLast();
      String text = last.text().stripTrailing();
      if (!text.isEmpty()) {
        runs.add(new Run(last.element(), text, last.x(), last.y(), last.dx(), last.dy()));
      }
    }
  }

  /** Runs that follow each other from one point; they are aligned and shrunk together. */
  private static void setChunk(
      List<Run> runs, float fit, Point2D.Float pen, Map<Element, Path2D> shapes) {
    Run first = runs.getFirst();
    pen.x = first.x() == null ? pen.x : first.x();
    pen.y = first.y() == null ? pen.y : first.y();
    List<Line> lines = new ArrayList<>();
    double width = 0;
    for (Run run : runs) {
      Line line = Line.of(run);
      lines.add(line);
      width += run.dx() + line.width();
    }
    width -= Style.of(runs.getLast().element()).letterSpacing(); // none after the last letter
    double scale = fit > 0 && width > fit ? fit / width : 1;
    double aligned = width * scale * share(first.element());
    double x = pen.x - aligned;
    for (int i = 0; i < runs.size(); i++) {
      Run run = runs.get(i);
      x += run.dx() * scale;
      pen.y += run.dy();
      AffineTransform place = AffineTransform.getTranslateInstance(x, pen.y);
      place.scale(scale, scale);
      shapes
          .computeIfAbsent(run.element(), e -> new Path2D.Double())
          .append(lines.get(i).outline(place), false);
      x += lines.get(i).width() * scale;
    }
    pen.x = (float) x;
  }

  /** How much of its width a text stands before its point. */
  private static double share(Element element) {
    TextNode.Anchor anchor = TextUtilities.convertTextAnchor(element);
    if (anchor == TextNode.Anchor.MIDDLE) {
      return 0.5;
    }
    return anchor == TextNode.Anchor.END ? 1 : 0;
  }

  /** One run, set. */
  private record Line(TextLayout layout, float scale, double width) {
    static Line of(Run run) {
      Style style = Style.of(run.element());
      TextLayout layout = new TextLayout(attributed(run.text(), style).getIterator(), EXACT);
      float scale = style.size() / BundledFont.SIZE;
      return new Line(layout, scale, layout.getAdvance() * scale);
    }

    Shape outline(AffineTransform place) {
      AffineTransform scaled = new AffineTransform(place);
      scaled.scale(scale, scale);
      return layout.getOutline(scaled);
    }
  }

  private record Style(Typeface typeface, float size, float letterSpacing) {
    static Style of(Element element) {
      Value families = CSSUtilities.getComputedStyle(element, SVGCSSEngine.FONT_FAMILY_INDEX);
      List<String> names = new ArrayList<>();
      for (int i = 0; i < families.getLength(); i++) {
        names.add(families.item(i).getStringValue());
      }
      boolean italic =
          TextUtilities.convertFontStyle(element).equals(TextAttribute.POSTURE_OBLIQUE);
      boolean bold = TextUtilities.convertFontWeight(element) >= TextAttribute.WEIGHT_DEMIBOLD;
      Value spacing = CSSUtilities.getComputedStyle(element, SVGCSSEngine.LETTER_SPACING_INDEX);
      boolean spaced =
          spacing.getCssValueType() == org.w3c.dom.css.CSSValue.CSS_PRIMITIVE_VALUE
              && spacing.getPrimitiveType() != CSSPrimitiveValue.CSS_IDENT;
      return new Style(
          Typeface.of(names, italic, bold),
          Math.max(0.1f, TextUtilities.convertFontSize(element)),
          spaced ? spacing.getFloatValue() : 0);
    }
  }

  private static AttributedString attributed(String text, Style style) {
    AttributedString attributed = new AttributedString(text);
    attributed.addAttribute(TextAttribute.FONT, style.typeface().fontFor(" "));
    BreakIterator clusters = BreakIterator.getCharacterInstance(Locale.ROOT);
    clusters.setText(text);
    java.awt.Font before = null;
    for (int start = clusters.first(), end = clusters.next();
        end != BreakIterator.DONE;
        start = end, end = clusters.next()) {
      String cluster = text.substring(start, end);
      boolean space = cluster.isBlank() && before != null && before.canDisplay(' ');
      java.awt.Font font = space ? before : style.typeface().fontFor(cluster);
      boolean apart = SPACED.contains(Character.UnicodeScript.of(cluster.codePointAt(0)));
      float tracking = apart ? style.letterSpacing() / style.size() : 0;
      attributed.addAttribute(
          TextAttribute.FONT,
          font.deriveFont(
              Map.of(
                  TextAttribute.TRACKING,
                  Math.clamp(tracking, -0.5f, 5f),
                  TextAttribute.KERNING,
                  TextAttribute.KERNING_ON,
                  TextAttribute.LIGATURES,
                  tracking == 0 ? TextAttribute.LIGATURES_ON : Integer.valueOf(0))),
          start,
          end);
      before = font;
    }
    return attributed;
  }

  /** Letters one by one along a path, as round a seal. */
  private Path2D alongPath(Element textPath) {
    Path2D letters = new Path2D.Double();
    Element target =
        document.getElementById(textPath.getAttributeNS(AllowedSvg.XLINK, "href").substring(1));
    if (target == null || !target.getLocalName().equals("path")) {
      return letters;
    }
    PathLength line = new PathLength(shape(target.getAttribute("d")));
    String text = textPath.getTextContent().replaceAll("\\s+", " ").strip();
    Style style = Style.of(textPath);
    float scale = style.size() / BundledFont.SIZE;
    List<GlyphVector> glyphs = new ArrayList<>();
    double width = 0;
    BreakIterator clusters = BreakIterator.getCharacterInstance(Locale.ROOT);
    clusters.setText(text);
    for (int start = clusters.first(), end = clusters.next();
        end != BreakIterator.DONE;
        start = end, end = clusters.next()) {
      char[] cluster = text.substring(start, end).toCharArray();
      GlyphVector glyph =
          style
              .typeface()
              .fontFor(new String(cluster))
              .layoutGlyphVector(EXACT, cluster, 0, cluster.length, 0);
      glyphs.add(glyph);
      width += glyph.getGlyphPosition(glyph.getNumGlyphs()).getX() * scale + style.letterSpacing();
    }
    width -= glyphs.isEmpty() ? 0 : style.letterSpacing();
    double shrink = width > line.lengthOfPath() ? line.lengthOfPath() / width : 1;
    double at = startOffset(textPath, line.lengthOfPath()) - width * shrink * share(textPath);
    for (GlyphVector glyph : glyphs) {
      double advance = glyph.getGlyphPosition(glyph.getNumGlyphs()).getX() * scale * shrink;
      float middle = (float) (at + advance / 2);
      if (middle >= 0 && middle <= line.lengthOfPath()) {
        Point2D point = line.pointAtLength(middle);
        AffineTransform place = AffineTransform.getTranslateInstance(point.getX(), point.getY());
        place.rotate(line.angleAtLength(middle));
        place.translate(-advance / 2, 0);
        place.scale(scale * shrink, scale * shrink);
        letters.append(place.createTransformedShape(glyph.getOutline()), false);
      }
      at += advance + style.letterSpacing() * shrink;
    }
    return letters;
  }

  private static double startOffset(Element textPath, double length) {
    String offset = textPath.getAttribute("startOffset").strip();
    if (offset.isEmpty()) {
      return 0;
    }
    return offset.endsWith("%")
        ? Double.parseDouble(offset.substring(0, offset.length() - 1)) / 100 * length
        : Double.parseDouble(offset);
  }

  private static Shape shape(String pathData) {
    try {
      return AWTPathProducer.createShape(new StringReader(pathData), Path2D.WIND_NON_ZERO);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** One path for a text in one style, a group of them for several. */
  private Element element(Element text, Map<Element, Path2D> shapes, String words) {
    Element outline;
    if (shapes.size() == 1) {
      Map.Entry<Element, Path2D> only = shapes.entrySet().iterator().next();
      outline = path(only.getKey(), only.getValue(), only.getKey() == text);
      if (only.getKey() != text) {
        Element group = document.createElementNS(AllowedSvg.SVG, "g");
        own(text, group);
        group.appendChild(outline);
        outline = group;
      }
    } else {
      outline = document.createElementNS(AllowedSvg.SVG, "g");
      own(text, outline);
      for (Map.Entry<Element, Path2D> shape : shapes.entrySet()) {
        outline.appendChild(path(shape.getKey(), shape.getValue(), false));
      }
    }
    for (String kept : new String[] {"id", "transform"}) {
      if (text.hasAttribute(kept)) {
        outline.setAttribute(kept, text.getAttribute(kept));
      }
    }
    if (!words.isEmpty()) {
      outline.setAttribute("role", "img");
      outline.setAttribute("aria-label", words);
    }
    return outline;
  }

  private static final Set<String> INHERITED_BY_NONE =
      Set.of("opacity", "clip-path", "mask", "display");

  private Element path(Element styled, Path2D shape, boolean whole) {
    Element path = document.createElementNS(AllowedSvg.SVG, "path");
    path.setAttribute("d", PathData.of(shape));
    PAINT.forEach(
        (name, index) -> {
          boolean tspanOwn = styled.getLocalName().equals("tspan") && name.equals("opacity");
          if (whole || tspanOwn || !INHERITED_BY_NONE.contains(name)) {
            paint(styled, path, name, index);
          }
        });
    return path;
  }

  private static void own(Element text, Element group) {
    PAINT.forEach(
        (name, index) -> {
          if (INHERITED_BY_NONE.contains(name)) {
            paint(text, group, name, index);
          }
        });
  }

  /** Said even where it is the initial value, since an ancestor may say otherwise. */
  private static void paint(Element styled, Element target, String name, int index) {
    String value = CSSUtilities.getComputedStyle(styled, index).getCssText();
    String local = value.replace(Drawing.BASE, "").replace("\"", "");
    boolean initial =
        INHERITED_BY_NONE.contains(name) && local.equals(INITIAL.getOrDefault(name, "none"));
    if (!initial) {
      target.setAttribute(name, local);
    }
  }

  private static String words(Element text) {
    return text.getTextContent().replaceAll("\\s+", " ").strip();
  }

  private static Float number(Element element, String attribute) {
    String value = element.getAttribute(attribute).strip();
    if (value.isEmpty()) {
      return null;
    }
    return Float.valueOf(value.endsWith("px") ? value.substring(0, value.length() - 2) : value);
  }

  private static float orZero(Float number) {
    return number == null ? 0 : number;
  }

  private static String write(Document document) {
    try {
      Transformer transformer = TransformerFactory.newDefaultInstance().newTransformer();
      transformer.setOutputProperty(OutputKeys.OMIT_XML_DECLARATION, "yes");
      StringWriter writer = new StringWriter();
      transformer.transform(new DOMSource(document.getDocumentElement()), new StreamResult(writer));
      // Batik's documents carry the defaults of SVG 1.1's DTD; nobody needs them.
      return DTD_DEFAULTS.matcher(writer.toString()).replaceAll("");
    } catch (TransformerException e) {
      throw new IllegalStateException("a parsed document can be written", e);
    }
  }
}
