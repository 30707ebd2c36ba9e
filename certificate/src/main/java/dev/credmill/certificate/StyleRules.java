package dev.credmill.certificate;

import java.io.IOException;
import java.io.StringReader;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.batik.css.parser.DefaultConditionFactory;
import org.apache.batik.css.parser.DefaultSelectorFactory;
import org.apache.batik.css.parser.Parser;
import org.w3c.css.sac.CSSException;
import org.w3c.css.sac.CSSParseException;
import org.w3c.css.sac.DocumentHandler;
import org.w3c.css.sac.ErrorHandler;
import org.w3c.css.sac.InputSource;
import org.w3c.css.sac.LexicalUnit;
import org.w3c.css.sac.SACMediaList;
import org.w3c.css.sac.SelectorList;

/**
 * What a template's CSS may say: the allowed properties, and {@code url()} only for its own
 * fragments. Escapes are refused, since two parsers may read them differently.
 */
final class StyleRules {
  private static final Pattern URL =
      Pattern.compile("url\\s*\\(\\s*(['\"]?)([^)'\"]*)\\1\\s*\\)", Pattern.CASE_INSENSITIVE);
  private static final Pattern FRAGMENT = Pattern.compile("#[A-Za-z_][A-Za-z0-9_.-]*");
  private static final Pattern BEGINS_URL = Pattern.compile("url\\s*\\(", Pattern.CASE_INSENSITIVE);

  private StyleRules() {}

  static void checkSheet(String css, Consumer<String> fault, BiConsumer<String, String> number) {
    check(css, fault, Parser::parseStyleSheet, number);
  }

  static void checkDeclarations(
      String css, Consumer<String> fault, BiConsumer<String, String> number) {
    check(css, fault, Parser::parseStyleDeclaration, number);
  }

  private interface Parse {
    void with(Parser parser, InputSource source) throws IOException;
  }

  private static void check(
      String css, Consumer<String> fault, Parse parse, BiConsumer<String, String> property) {
    if (css.indexOf('\\') >= 0 || css.indexOf('<') >= 0 || css.contains("{{")) {
      fault.accept("Write styles without backslashes, '<' and placeholders");
      return;
    }
    if (css.indexOf('@') >= 0) {
      fault.accept("Remove the @-rules from the styles; fonts are bundled, nothing is imported");
      return;
    }
    fragments(css, fault);
    Parser parser = new Parser();
    parser.setDocumentHandler(new Properties(fault, property));
    parser.setSelectorFactory(DefaultSelectorFactory.INSTANCE);
    parser.setConditionFactory(DefaultConditionFactory.INSTANCE);
    parser.setErrorHandler(new FirstError());
    try {
      // A String would be taken for an address to load.
      parse.with(parser, new InputSource(new StringReader(css)));
    } catch (CSSException | IOException e) {
      fault.accept("Correct the style: it is not CSS that can be read");
    }
  }

  /** The fragments that {@code url()} names; every other {@code url()} is a fault. */
  static Set<String> fragments(String value, Consumer<String> fault) {
    Set<String> fragments = new LinkedHashSet<>();
    Matcher urls = URL.matcher(value);
    int end = 0;
    StringBuilder rest = new StringBuilder();
    while (urls.find()) {
      rest.append(value, end, urls.start());
      end = urls.end();
      String target = urls.group(2).trim();
      if (FRAGMENT.matcher(target).matches()) {
        fragments.add(target.substring(1));
      } else {
        fault.accept("Let url() point to an element of this SVG, as url(#id); nothing is loaded");
      }
    }
    rest.append(value.substring(end));
    String lower = rest.toString().toLowerCase(Locale.ROOT);
    if (BEGINS_URL.matcher(lower).find()
        || lower.contains("javascript:")
        || lower.contains("expression")) {
      fault.accept("Let url() point to an element of this SVG, as url(#id); nothing is loaded");
    }
    return fragments;
  }

  private record Properties(Consumer<String> fault, BiConsumer<String, String> found)
      implements DocumentHandler {
    @Override
    public void property(String name, LexicalUnit value, boolean important) {
      if (AllowedSvg.PROPERTIES.contains(name)) {
        found.accept(name, text(value));
      } else {
        fault.accept("Remove the property '%s' from the style".formatted(Inspection.shown(name)));
      }
    }

    private static String text(LexicalUnit value) {
      StringBuilder text = new StringBuilder();
      for (LexicalUnit unit = value; unit != null; unit = unit.getNextLexicalUnit()) {
        switch (unit.getLexicalUnitType()) {
          case LexicalUnit.SAC_INTEGER -> text.append(unit.getIntegerValue()).append(' ');
          case LexicalUnit.SAC_URI ->
              text.append("url(").append(unit.getStringValue()).append(") ");
          case LexicalUnit.SAC_IDENT, LexicalUnit.SAC_STRING_VALUE ->
              text.append(unit.getStringValue()).append(' ');
          case LexicalUnit.SAC_OPERATOR_COMMA -> text.append(", ");
          default -> number(unit, text);
        }
      }
      return text.toString();
    }

    private static void number(LexicalUnit unit, StringBuilder text) {
      try {
        text.append(unit.getFloatValue()).append(' ');
      } catch (RuntimeException e) {
        // a function such as rgb(): no number of its own
        text.append("? ");
      }
    }

    @Override
    public void ignorableAtRule(String atRule) {
      fault.accept("Remove the @-rules from the styles; fonts are bundled, nothing is imported");
    }

    @Override
    public void importStyle(String uri, SACMediaList media, String defaultNamespace) {
      fault.accept("Remove @import from the styles; nothing is loaded");
    }

    @Override
    public void startDocument(InputSource source) {}

    @Override
    public void endDocument(InputSource source) {}

    @Override
    public void comment(String text) {}

    @Override
    public void namespaceDeclaration(String prefix, String uri) {}

    @Override
    public void startMedia(SACMediaList media) {}

    @Override
    public void endMedia(SACMediaList media) {}

    @Override
    public void startPage(String name, String pseudoPage) {}

    @Override
    public void endPage(String name, String pseudoPage) {}

    @Override
    public void startFontFace() {}

    @Override
    public void endFontFace() {}

    @Override
    public void startSelector(SelectorList selectors) {}

    @Override
    public void endSelector(SelectorList selectors) {}
  }

  private static final class FirstError implements ErrorHandler {
    @Override
    public void warning(CSSParseException exception) {}

    @Override
    public void error(CSSParseException exception) {
      throw exception;
    }

    @Override
    public void fatalError(CSSParseException exception) {
      throw exception;
    }
  }
}
