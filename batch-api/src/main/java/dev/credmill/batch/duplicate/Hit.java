package dev.credmill.batch.duplicate;

import dev.credmill.contracts.id.RowId;

/** A key and a row that has it already. */
record Hit(RowKeys.Key key, RowId of) {
  /**
   * So many rows of each key are looked at, the oldest: a sheet of one row a million times over, or
   * uploaded every day, must not make each look at all the others.
   */
  static final int MOST_EACH = 20;
}
