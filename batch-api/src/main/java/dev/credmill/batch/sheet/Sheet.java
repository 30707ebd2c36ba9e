package dev.credmill.batch.sheet;

import dev.credmill.contracts.problem.ProblemException;

/** An uploaded sheet, read once from its first row to its last. Not for use by several threads. */
public sealed interface Sheet extends AutoCloseable permits CsvSheet, XlsxSheet {
  /**
   * Gives every row in order, the header included, until the handler has enough. Blank rows of CSV
   * are given; rows that an XLSX file does not have are not. What the handler throws is not
   * touched.
   *
   * @throws ProblemException when the file cannot be read on
   * @throws FileUnreachable when that is no fault of the file
   */
  void read(Rows rows);

  /** How much of the file has been read, 0 to 1. */
  double share();

  @Override
  void close();

  /** Takes the rows. */
  @FunctionalInterface
  interface Rows {
    /**
     * Takes one row.
     *
     * @param number the spreadsheet's; the header is row 1
     * @param cells as far as the row goes, which may be less or more than the header
     * @return whether to go on
     */
    boolean row(int number, String[] cells);
  }

  /** Whether a row is only a blank line or blank cells. */
  static boolean isBlank(String[] cells) {
    for (String cell : cells) {
      if (!cell.isBlank()) {
        return false;
      }
    }
    return true;
  }
}
