package dev.credmill.batch.sheet;

/** What separates the cells: spreadsheet programs write commas, semicolons or tabs, by country. */
final class Delimiter {
  private static final char[] KNOWN = {',', ';', '\t'};
  private static final String DECLARATION = "sep=";

  private Delimiter() {}

  static boolean isKnown(char delimiter) {
    return delimiter == ',' || delimiter == ';' || delimiter == '\t';
  }

  /**
   * The one that the first line declares or else has most of, outside quotation marks; a comma
   * where it has none.
   */
  static char of(String head) {
    int declared = DECLARATION.length();
    if (head.length() > declared
        && head.startsWith(DECLARATION)
        && isKnown(head.charAt(declared))) {
      return head.charAt(declared);
    }
    int[] seen = new int[KNOWN.length];
    boolean quoted = false;
    for (int at = 0; at < head.length(); at++) {
      char c = head.charAt(at);
      if (c == '"') {
        quoted = !quoted;
      } else if (!quoted && (c == '\n' || c == '\r')) {
        break;
      } else if (!quoted) {
        for (int i = 0; i < KNOWN.length; i++) {
          seen[i] += c == KNOWN[i] ? 1 : 0;
        }
      }
    }
    int best = 0;
    for (int i = 1; i < KNOWN.length; i++) {
      best = seen[i] > seen[best] ? i : best;
    }
    return KNOWN[best];
  }

  /** Whether a first line is Excel's declaration of the delimiter and no row. */
  static boolean isDeclaration(String line, char delimiter) {
    return line != null
        && line.length() == DECLARATION.length() + 1
        && line.startsWith(DECLARATION)
        && line.charAt(DECLARATION.length()) == delimiter;
  }
}
