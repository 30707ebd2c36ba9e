package dev.credmill.batch.correction;

import dev.credmill.contracts.problem.ProblemException;
import dev.credmill.contracts.problem.ProblemType;
import java.util.Map;

/** New values of cells by their headings, as callers send them. */
final class CellValues {
  private static final int MOST = 512;
  private static final int LONGEST = 65_536;

  private CellValues() {}

  /**
   * Passes what cells can hold.
   *
   * @throws ProblemException for null in any place, NUL characters, and more or longer ones than a
   *     sheet may have
   */
  static void check(Map<String, String> cells) {
    if (cells.size() > MOST
        || cells.keySet().stream().anyMatch(heading -> heading == null)
        || cells.values().stream().anyMatch(cell -> !fits(cell))) {
      throw ProblemType.INVALID_BODY.because(
          "cells holds new values by heading, such as {\"cells\": {\"Email\": \"ada@example.org\"}}; an empty text empties a cell");
    }
  }

  private static boolean fits(String cell) {
    return cell != null && cell.length() <= LONGEST && cell.indexOf('\0') < 0;
  }
}
