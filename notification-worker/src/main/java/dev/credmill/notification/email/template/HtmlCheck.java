package dev.credmill.notification.email.template;

import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Attribute;
import org.jsoup.nodes.Comment;
import org.jsoup.nodes.DataNode;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;

/**
 * What HTML mail may consist of. Read as browsers read it and compared with what is known to be
 * harmless; nothing is rewritten, so what is sent is what was entered. It is the filled template
 * that is looked at: sections could make a tag of two halves.
 */
final class HtmlCheck {
  private static final Set<String> ELEMENTS =
      Set.of(
          "#root",
          "html",
          "head",
          "title",
          "meta",
          "style",
          "body",
          "div",
          "span",
          "p",
          "br",
          "hr",
          "h1",
          "h2",
          "h3",
          "h4",
          "h5",
          "h6",
          "a",
          "img",
          "table",
          "caption",
          "colgroup",
          "col",
          "thead",
          "tbody",
          "tfoot",
          "tr",
          "th",
          "td",
          "ul",
          "ol",
          "li",
          "dl",
          "dt",
          "dd",
          "b",
          "strong",
          "i",
          "em",
          "u",
          "s",
          "small",
          "sub",
          "sup",
          "code",
          "pre",
          "blockquote",
          "q",
          "cite",
          "abbr",
          "center",
          "font",
          "section",
          "article",
          "header",
          "footer",
          "main",
          "bdi",
          "bdo",
          "wbr",
          "figure",
          "figcaption",
          "address");

  private static final Set<String> ATTRIBUTES =
      Set.of(
          "class",
          "id",
          "dir",
          "lang",
          "title",
          "alt",
          "role",
          "style",
          "width",
          "height",
          "align",
          "valign",
          "bgcolor",
          "color",
          "face",
          "size",
          "border",
          "cellpadding",
          "cellspacing",
          "colspan",
          "rowspan",
          "span",
          "scope",
          "nowrap",
          "start",
          "type",
          "charset",
          "name",
          "content",
          "href",
          "src",
          "target",
          "rel",
          "xmlns",
          "aria-label",
          "aria-hidden");

  /** Where a value is text. */
  private static final Set<String> OF_TEXT = Set.of("title", "alt", "lang", "aria-label");

  private static final Set<String> METAS =
      Set.of(
          "viewport",
          "color-scheme",
          "supported-color-schemes",
          "format-detection",
          "x-apple-disable-message-reformatting");

  private static final Pattern ADDRESS =
      Pattern.compile("(https://|http://|mailto:|tel:|#)[^\\s\\p{Cntrl}]*");
  private static final Pattern PICTURE = Pattern.compile("https://[^\\s\\p{Cntrl}]+");

  /**
   * What loads something or runs something, and the sign with which that could be spelt otherwise.
   */
  private static final Pattern LIVELY_STYLE =
      Pattern.compile(
          "@import|url\\s*\\(|image-set\\s*\\(|src\\s*\\(|expression|behavior|-moz-binding|javascript:|\\\\|<|/\\*");

  private final Set<String> faults = new LinkedHashSet<>();

  private HtmlCheck() {}

  /**
   * What is to be corrected, one sentence each.
   *
   * @param filled with {@link SampleValues}
   */
  static Set<String> faults(String filled) {
    HtmlCheck check = new HtmlCheck();
    Document document = Jsoup.parse(filled);
    document.stream().forEach(check::element);
    document.nodeStream().forEach(check::node);
    return check.faults;
  }

  private void element(Element element) {
    String name = element.normalName();
    if (!ELEMENTS.contains(name)) {
      faults.add(
          hasMark(name)
              ? "A value cannot be the name of an element"
              : "Remove <%s>: mail has no scripts, forms, frames or the like"
                  .formatted(shown(name)));
      return;
    }
    for (Attribute attribute : element.attributes()) {
      attribute(element, attribute.getKey().toLowerCase(Locale.ROOT), attribute.getValue());
    }
    if (name.equals("meta")) {
      String what = element.attr("name").toLowerCase(Locale.ROOT);
      if (!what.isEmpty() && !METAS.contains(what)) {
        faults.add("Remove <meta name=\"%s\">".formatted(shown(what)));
      }
    }
  }

  private void attribute(Element element, String name, String value) {
    if (hasMark(name)) {
      faults.add("Put quotes around the value of every attribute with a variable in it");
    } else if (!ATTRIBUTES.contains(name)) {
      faults.add("Remove the attribute %s of <%s>".formatted(shown(name), element.normalName()));
    } else if (name.equals("href")) {
      href(value);
    } else if (name.equals("src")) {
      if (!element.normalName().equals("img")
          || hasMark(value)
          || !PICTURE.matcher(value.strip()).matches()) {
        faults.add("Pictures come from a fixed https address: <img src=\"https://…\">");
      }
    } else if (name.equals("style")) {
      style(value);
    } else if (hasMark(value) && !OF_TEXT.contains(name)) {
      faults.add("No variable can stand in the attribute " + name);
    }
  }

  private void href(String value) {
    boolean isOurs =
        value.equals(SampleValues.of(Variable.LINK))
            || value.equals(SampleValues.of(Variable.CLAIM_LINK));
    if (!isOurs && (hasMark(value) || !ADDRESS.matcher(value.strip()).matches())) {
      faults.add(
          "A link is {{link}}, {{claimLink}}, or a fixed address that begins with https:, http:, mailto:, tel: or #");
    }
  }

  private void style(String css) {
    if (hasMark(css)) {
      faults.add("No variable can stand in styles");
    }
    if (LIVELY_STYLE.matcher(css.toLowerCase(Locale.ROOT)).find()) {
      faults.add(
          "Styles load nothing: no @import, url() or their like, no comments and no backslashes");
    }
  }

  private void node(Node node) {
    switch (node) {
      case DataNode data -> style(data.getWholeData());
      // Some mail programs read HTML in comments.
      case Comment comment -> {
        if (comment.getData().matches("(?s).*[\\[\\]<>!].*") || hasMark(comment.getData())) {
          faults.add("Remove comments that have markup, brackets or variables in them");
        }
      }
      default -> {
        // text is text, and elements were looked at
      }
    }
  }

  private static boolean hasMark(String text) {
    return text.chars().anyMatch(SampleValues::isMark);
  }

  private static String shown(String text) {
    String shown = text.replaceAll("[^A-Za-z0-9:_-]", "?");
    return shown.length() <= 40 ? shown : shown.substring(0, 40);
  }
}
