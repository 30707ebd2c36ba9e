package dev.credmill.batch.sheet;

import java.nio.charset.StandardCharsets;

/** What separates the cells: spreadsheet programs write commas, semicolons or tabs, by country. */
public final class Delimiter {
  private static final char[] KNOWN = {',', ';', '\t'};

  private Delimiter() {}

  /**
   * The one that the first line has most of, outside quotation marks; a comma where it has none.
   */
  public static char of(byte[] head) {
    int[] seen = new int[KNOWN.length];
    boolean quoted = false;
    for (char c : new String(head, StandardCharsets.UTF_8).toCharArray()) {
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
}
