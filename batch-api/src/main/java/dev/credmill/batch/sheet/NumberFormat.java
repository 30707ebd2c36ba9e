package dev.credmill.batch.sheet;

import static java.util.Objects.requireNonNull;

import org.apache.poi.ss.usermodel.DateUtil;

/**
 * What a number format makes of a number, as far as that changes what a person means by it.
 *
 * @param leastDigits how many digits are shown at least: with {@code 00000} the number 1067 is the
 *     postal code of Dresden
 */
record NumberFormat(Kind kind, int leastDigits) {
  enum Kind {
    NUMBER,
    DATE,
    DATE_AND_TIME,
    TIME,
    /** A time that goes on counting after 24 hours, such as {@code [h]:mm}. */
    HOURS
  }

  static final NumberFormat PLAIN = new NumberFormat(Kind.NUMBER, 1);

  /** Excel takes no longer ones; a longer one is not looked at. */
  private static final int LONGEST = 255;

  NumberFormat {
    requireNonNull(kind, "kind");
    if (leastDigits < 1 || leastDigits > LONGEST) {
      throw new IllegalArgumentException("no number of digits: " + leastDigits);
    }
  }

  /**
   * The format of a style.
   *
   * @param code as in the styles; null for one that is built into Excel
   */
  static NumberFormat of(int id, String code) {
    if (code != null && !code.isEmpty() && code.length() <= LONGEST && isZeros(code)) {
      return new NumberFormat(Kind.NUMBER, code.length());
    }
    return new NumberFormat(kind(id, code), 1);
  }

  private static boolean isZeros(String code) {
    return code.chars().allMatch(c -> c == '0');
  }

  private static Kind kind(int id, String code) {
    if (code == null) {
      return builtIn(id);
    }
    if (code.length() > LONGEST || !DateUtil.isADateFormat(id, code)) {
      return Kind.NUMBER;
    }
    String letters = letters(code);
    boolean date = letters.indexOf('y') >= 0 || letters.indexOf('d') >= 0;
    boolean time = letters.indexOf('h') >= 0 || letters.indexOf('s') >= 0;
    if (date || !time) {
      return time ? Kind.DATE_AND_TIME : Kind.DATE;
    }
    return letters.indexOf('[') >= 0 ? Kind.HOURS : Kind.TIME;
  }

  /** The ids of ISO/IEC 29500-1, 18.8.30; those from 27 to 58 are dates in East Asian Excels. */
  private static Kind builtIn(int id) {
    return switch (id) {
      case 14, 15, 16, 17 -> Kind.DATE;
      case 18, 19, 20, 21, 45, 47 -> Kind.TIME;
      case 46 -> Kind.HOURS;
      case 22 -> Kind.DATE_AND_TIME;
      case 27, 28, 29, 30, 31, 36, 50, 51, 52, 53, 54, 57, 58 -> Kind.DATE;
      case 32, 33, 34, 35, 55, 56 -> Kind.TIME;
      default -> Kind.NUMBER;
    };
  }

  /** The code's letters in lower case, without literal text, colours and locales. */
  private static String letters(String code) {
    StringBuilder letters = new StringBuilder();
    for (int i = 0; i < code.length(); i++) {
      char c = Character.toLowerCase(code.charAt(i));
      switch (c) {
        case '"' -> i = end(code, '"', i);
        case '\\', '_', '*' -> i++;
        case '[' -> {
          int end = end(code, ']', i);
          if (end > i + 1 && "hms".indexOf(Character.toLowerCase(code.charAt(i + 1))) >= 0) {
            letters.append('[').append(Character.toLowerCase(code.charAt(i + 1)));
          }
          i = end;
        }
        case ';' -> {
          return letters.toString(); // What follows is for negative numbers and texts.
        }
        default -> letters.append(c);
      }
    }
    return letters.toString();
  }

  private static int end(String code, char closing, int from) {
    int end = code.indexOf(closing, from + 1);
    return end < 0 ? code.length() : end;
  }
}
