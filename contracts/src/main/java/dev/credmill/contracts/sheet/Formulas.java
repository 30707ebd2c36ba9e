package dev.credmill.contracts.sheet;

/**
 * Keeps spreadsheet programs from taking a cell of a CSV file for a formula: an apostrophe in front
 * makes it text. Apostrophes that stand before such a text already get one more, so that nothing is
 * lost on the way back.
 */
public final class Formulas {
  private Formulas() {}

  /** The cell as it may stand in a CSV file. */
  public static String escaped(String cell) {
    return leads(cell, 0) ? "'" + cell : cell;
  }

  /** The cell as it was. */
  public static String unescaped(String cell) {
    return cell.startsWith("'") && leads(cell, 1) ? cell.substring(1) : cell;
  }

  /** Whether, apostrophes aside, it begins as a formula does. */
  private static boolean leads(String cell, int from) {
    int i = from;
    while (i < cell.length() && cell.charAt(i) == '\'') {
      i++;
    }
    return i < cell.length()
        && switch (cell.charAt(i)) {
          case '=', '+', '-', '@', '\t', '\r', '\n' -> true;
          default -> false;
        };
  }
}
