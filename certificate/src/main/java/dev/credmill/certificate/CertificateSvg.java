package dev.credmill.certificate;

import static java.util.stream.Collectors.toUnmodifiableMap;

import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.Template;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.batik.bridge.BridgeException;
import org.w3c.dom.DOMException;

/**
 * A certificate template: SVG with Mustache placeholders, checked once and then filled for as many
 * recipients as there are.
 *
 * <h2>What may stand in a template</h2>
 *
 * <ul>
 *   <li>{@code {{name}}} inside {@code <text>}, {@code <tspan>}, {@code <textPath>}, {@code
 *       <title>} and {@code <desc>}: the value, escaped. A name without a value is shown as
 *       nothing.
 *   <li>{@code {{#name}}..{{/name}}} and {@code {{^name}}..{{/name}}}: shown if the name has a
 *       value, or has none. A section opens and closes in the same element and may hold elements.
 *   <li>{@code <path d="{{qrCode}}"/>}: the QR code of the link in {@code credUrl}. It is drawn in
 *       the unit square, from (0,0) to (1,1), quiet zone included; scale it with the path's {@code
 *       transform}, such as {@code transform="translate(900 600) scale(120)"}, over a light ground.
 *   <li>{@code <text data-fit-width="600">}: where the text is longer than that, it becomes smaller
 *       until it fits; it never becomes larger.
 *   <li>{@code font-family}: {@code serif} (EB Garamond), {@code EB Garamond SC} (small capitals),
 *       {@code Noto Serif}, {@code sans-serif} (Noto Sans, also bold). Every character that the
 *       chosen font lacks is taken from another bundled one, so that names may be in any script.
 *   <li>The {@code viewBox} is the canvas; {@code width} and {@code height} are ignored.
 * </ul>
 *
 * <p>Scripts, animation, foreign objects, filters, anything that is loaded from elsewhere, DTDs and
 * entities are refused.
 */
public final class CertificateSvg {
  static final String QR_CODE = "qrCode";
  private static final String LINK = "credUrl";

  /** The placeholders that the platform fills; all others are claims of the credential. */
  public static final Set<String> BUILT_IN =
      Set.of(
          "recipientName", "issuerName", "validFrom", "validUntil", "credentialId", LINK, QR_CODE);

  private static final int LONGEST_VALUE = 1_000;

  private final Template template;
  private final Set<String> placeholders;

  private CertificateSvg(Template template, Set<String> placeholders) {
    this.template = template;
    this.placeholders = Set.copyOf(placeholders);
  }

  /**
   * Checks the SVG and makes a template of it.
   *
   * @throws TemplateRefused with everything that is to be corrected
   */
  public static CertificateSvg parse(String svg) throws TemplateRefused {
    Inspection inspection = new Inspection(svg);
    CertificateSvg certificate =
        new CertificateSvg(
            Mustache.compiler()
                .defaultValue("")
                .emptyStringIsFalse(true)
                .withEscaper(CertificateSvg::escaped)
                .withCollector(new OnlyGivenValues())
                .compile(inspection.canonical()),
            inspection.placeholders());
    certificate.tryOut();
    return certificate;
  }

  /** Every name in the template, those of sections too. */
  public Set<String> placeholders() {
    return placeholders;
  }

  /**
   * The certificate of one recipient.
   *
   * @param values by placeholder; the QR code is made of {@code credUrl}, none need be given
   */
  public Certificate fill(Map<String, String> values) {
    return new Certificate(Typesetter.outline(filled(values)));
  }

  /** The same certificate with PREVIEW across it. */
  public Certificate preview(Map<String, String> values) {
    return new Certificate(Typesetter.outline(PreviewMark.across(filled(values))));
  }

  /**
   * The same certificate for wallets. It has no QR code, which is each recipient's own: wallets put
   * values into texts only.
   *
   * @param texts by placeholder: a text that is the same for everybody, or {@code {{claim}}} for
   *     the wallet to fill; a section is shown if it has one
   * @param samples by claim, about as long as values become
   */
  public WalletTemplate forWallets(Map<String, String> texts, Map<String, String> samples) {
    return new WalletTemplate(
        Typesetter.outlineAllButPlaceholders(template.execute(values(texts)), samples));
  }

  private static Values values(Map<String, String> values) {
    Map<String, String> filled = new HashMap<>();
    values.forEach((name, value) -> filled.put(name, printable(value)));
    filled.remove(QR_CODE);
    return new Values(filled);
  }

  private String filled(Map<String, String> values) {
    Map<String, String> filled = values(values).byName();
    String link = filled.getOrDefault(LINK, "");
    if (!link.isEmpty() && placeholders.contains(QR_CODE)) {
      filled.put(QR_CODE, QrPath.of(link));
    }
    return template.execute(new Values(filled));
  }

  /** What only the renderer notices, such as a value no property takes, shows up on entry. */
  private void tryOut() throws TemplateRefused {
    try {
      fill(Map.of()).draw();
      Map<String, String> sample =
          placeholders.stream().collect(toUnmodifiableMap(name -> name, name -> "Sample"));
      fill(sample).draw();
    } catch (BridgeException | DOMException | IllegalArgumentException | IllegalStateException e) {
      String reason = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
      throw new TemplateRefused(
          List.of("Correct what cannot be drawn: " + Inspection.shown(reason)));
    }
  }

  /** One line, without control characters and without what reverses the direction of reading. */
  private static String printable(String value) {
    if (value == null) {
      return "";
    }
    StringBuilder plain = new StringBuilder();
    value
        .codePoints()
        .limit(LONGEST_VALUE)
        .forEach(
            c -> {
              if (Character.isWhitespace(c) || Character.isSpaceChar(c)) {
                plain.append(' ');
              } else if (isPrintable(c)) {
                plain.appendCodePoint(c);
              }
            });
    return plain.toString().strip();
  }

  private static boolean isPrintable(int c) {
    boolean overridesDirection = (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
    boolean noCharacter = (c & 0xFFFE) == 0xFFFE || (c >= 0xFDD0 && c <= 0xFDEF);
    return !Character.isISOControl(c)
        && Character.getType(c) != Character.SURROGATE
        && !overridesDirection
        && !noCharacter;
  }

  private static String escaped(String value) {
    return value
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }

  private record Values(Map<String, String> byName) {}

  /** Mustache looks into any object otherwise, into a String's methods for instance. */
  private static final class OnlyGivenValues implements Mustache.Collector {
    @Override
    public Iterator<?> toIterator(Object value) {
      return null;
    }

    @Override
    public Mustache.VariableFetcher createFetcher(Object context, String name) {
      // Of a name that is not found, Mustache would show the section.
      return (object, key) ->
          object instanceof Values values
              ? values.byName().getOrDefault(key, "")
              : Template.NO_FETCHER_FOUND;
    }

    @Override
    public <K, V> Map<K, V> createFetcherCache() {
      return new ConcurrentHashMap<>();
    }
  }
}
