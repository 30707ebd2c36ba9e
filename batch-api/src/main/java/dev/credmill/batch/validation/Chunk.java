package dev.credmill.batch.validation;

import java.util.List;

/**
 * Rows that are stored together.
 *
 * @param after the number of the last row before them
 * @param share how much of the file was read with them, 0 to 1
 * @param definitionIds the definitions that the rows up to here are of
 */
record Chunk(int after, List<CheckedRow> rows, double share, List<String> definitionIds) {
  int lastNumber() {
    return rows.getLast().number();
  }
}
