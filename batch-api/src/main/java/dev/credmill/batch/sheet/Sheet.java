package dev.credmill.batch.sheet;

/** An uploaded sheet, read once from its first row to its last. */
public sealed interface Sheet extends AutoCloseable permits CsvSheet, XlsxSheet {
  void read(Rows rows);

  double share();

  @Override
  void close();

  @FunctionalInterface
  interface Rows {
    boolean row(int number, String[] cells);
  }

  static boolean isBlank(String[] cells) {
    for (String cell : cells) {
      if (!cell.isBlank()) {
        return false;
      }
    }
    return true;
  }
}
