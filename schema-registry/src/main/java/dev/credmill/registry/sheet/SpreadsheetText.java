package dev.credmill.registry.sheet;

import java.math.BigDecimal;
import java.util.regex.Pattern;

/** Text as the file format of a workbook can hold it. */
final class SpreadsheetText {
  /** XML 1.0 has no way to write these. */
  private static final Pattern NOT_IN_XML =
      Pattern.compile("[\\p{Cc}\\p{Cs}\\uFFFE\\uFFFF&&[^\\n]]");

  /** Read as the character of that number (ECMA-376-1, 22.9.2.19). */
  private static final Pattern ESCAPE = Pattern.compile("_(?=x[0-9A-Fa-f]{4}_)");

  private SpreadsheetText() {}

  /** The text as it is to be read, cut where it is longer than that. */
  static String literal(String text, int longest) {
    String plain = NOT_IN_XML.matcher(text).replaceAll(" ");
    return cut(ESCAPE.matcher(plain).replaceAll("_x005F_"), longest);
  }

  /** At most so many characters, with an ellipsis where something is missing. */
  static String cut(String text, int longest) {
    if (text.length() <= longest) {
      return text;
    }
    int end = longest - 1;
    return text.substring(0, Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end) + "…";
  }

  /** A number as formulas and people write it. */
  static String number(double number) {
    return number == 0 ? "0" : BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
  }
}
