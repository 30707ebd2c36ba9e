package dev.credmill.batch.validation;

import dev.credmill.batch.duplicate.RowIdentity;
import java.util.List;
import java.util.stream.Stream;

/**
 * Rows that are stored together.
 *
 * @param after the number of the last row before them
 * @param stored whether an earlier attempt has stored them; only their keys are missing then
 * @param share how much of the file was read with them, 0 to 1
 * @param definitionIds the definitions that the rows up to here are of
 */
record Chunk(
    int after, List<CheckedRow> rows, boolean stored, double share, List<String> definitionIds) {
  int lastNumber() {
    return rows.getLast().number();
  }

  Stream<RowIdentity> identities() {
    return rows.stream().map(row -> row.identity(definitionIds));
  }
}
