package dev.credmill.batch.sheet;

/** {@code _x000D_}: how a workbook writes characters that XML does not have (ST_Xstring). */
final class Escapes {
  private static final int LENGTH = "_x000D_".length();

  private Escapes() {}

  static String decoded(String text) {
    int at = text.indexOf("_x");
    if (at < 0) {
      return text;
    }
    StringBuilder decoded = new StringBuilder(text.length());
    int copied = 0;
    while (at >= 0) {
      int code = code(text, at);
      if (code == 0) {
        throw Unreadable.malformed("a cell holds a NUL character, which no text has");
      }
      if (code > 0) {
        decoded.append(text, copied, at).append((char) code);
        copied = at + LENGTH;
        at = text.indexOf("_x", copied);
      } else {
        at = text.indexOf("_x", at + 1);
      }
    }
    return decoded.append(text, copied, text.length()).toString();
  }

  private static int code(String text, int at) {
    if (at + LENGTH > text.length() || text.charAt(at + LENGTH - 1) != '_') {
      return -1;
    }
    int code = 0;
    for (int i = at + 2; i < at + LENGTH - 1; i++) {
      int digit = Character.digit(text.charAt(i), 16);
      if (digit < 0 || text.charAt(i) > 'f') {
        return -1;
      }
      code = code * 16 + digit;
    }
    // Half a character alone is none, and no database takes it.
    return Character.isSurrogate((char) code) ? -1 : code;
  }
}
