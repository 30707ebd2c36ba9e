package dev.credmill.certificate;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The part of SVG that a certificate template may use. Whatever is not named here is refused. */
final class AllowedSvg {
  static final String SVG = "http://www.w3.org/2000/svg";
  static final String XLINK = "http://www.w3.org/1999/xlink";

  /** Presentation attributes, which are also the CSS properties a style may set. */
  static final Set<String> PROPERTIES =
      words(
          """
          clip-path clip-rule color display fill fill-opacity fill-rule font-family font-size
          font-style font-weight letter-spacing mask opacity overflow shape-rendering stop-color
          stop-opacity stroke stroke-dasharray stroke-dashoffset stroke-linecap stroke-linejoin
          stroke-miterlimit stroke-opacity stroke-width text-anchor text-rendering visibility
          image-rendering color-interpolation color-rendering\
          """);

  private static final Set<String> EVERYWHERE =
      words("id class style transform lang xml:space xml:lang");

  private static final Map<String, Set<String>> ELEMENTS = elements();

  /** Elements whose text is shown, and where placeholders may stand. */
  static final Set<String> TEXT = Set.of("text", "tspan", "textPath", "title", "desc");

  /** Attributes that hold numbers which the renderer works through. */
  static final Set<String> GEOMETRY =
      words(
          """
          d points x y x1 y1 x2 y2 cx cy r rx ry fx fy dx dy width height transform viewBox
          gradientTransform patternTransform startOffset stroke-width stroke-dasharray
          stroke-dashoffset font-size letter-spacing data-fit-width\
          """);

  private AllowedSvg() {}

  private static Map<String, Set<String>> elements() {
    Map<String, Set<String>> elements = new HashMap<>();
    String box = "x y width height ";
    elements.put("svg", words(box + "version baseProfile viewBox preserveAspectRatio"));
    elements.put("g", Set.of());
    elements.put("defs", Set.of());
    elements.put("title", Set.of());
    elements.put("desc", Set.of());
    elements.put("style", words("type media"));
    elements.put("symbol", words("viewBox preserveAspectRatio"));
    elements.put("use", words(box + "href"));
    elements.put("image", words(box + "href preserveAspectRatio"));
    elements.put("path", words("d pathLength"));
    elements.put("rect", words(box + "rx ry"));
    elements.put("circle", words("cx cy r"));
    elements.put("ellipse", words("cx cy rx ry"));
    elements.put("line", words("x1 y1 x2 y2"));
    elements.put("polyline", words("points"));
    elements.put("polygon", words("points"));
    elements.put("text", words("x y dx dy data-fit-width"));
    elements.put("tspan", words("x y dx dy"));
    elements.put("textPath", words("href startOffset"));
    String gradient = "gradientUnits gradientTransform spreadMethod href ";
    elements.put("linearGradient", words(gradient + "x1 y1 x2 y2"));
    elements.put("radialGradient", words(gradient + "cx cy r fx fy"));
    elements.put("stop", words("offset"));
    elements.put("clipPath", words("clipPathUnits"));
    elements.put("mask", words(box + "maskUnits maskContentUnits"));
    elements.put("pattern", words(box + "patternUnits patternContentUnits patternTransform href"));
    return Map.copyOf(elements);
  }

  static boolean element(String name) {
    return ELEMENTS.containsKey(name);
  }

  static boolean attribute(String element, String attribute) {
    return EVERYWHERE.contains(attribute)
        || PROPERTIES.contains(attribute)
        || ELEMENTS.get(element).contains(attribute);
  }

  private static Set<String> words(String text) {
    return new TreeSet<>(Arrays.asList(text.trim().split("\\s+")));
  }
}
