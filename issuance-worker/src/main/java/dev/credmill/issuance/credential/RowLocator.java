package dev.credmill.issuance.credential;

import dev.credmill.contracts.id.RowId;

/**
 * Where a credential is stored: what its id and its link are computed from, and computed back to.
 *
 * @param batchNumber the batch's number in this service, 48 bits
 * @param rowNumber the row's number in the spreadsheet
 */
record RowLocator(long batchNumber, int rowNumber) {
  private static final long LARGEST_BATCH_NUMBER = (1L << 48) - 1;

  RowLocator {
    if (batchNumber < 1 || batchNumber > LARGEST_BATCH_NUMBER) {
      throw new IllegalArgumentException("not a batch number: " + batchNumber);
    }
    if (rowNumber < RowId.FIRST_NUMBER) {
      throw new IllegalArgumentException("no recipient stands in row " + rowNumber);
    }
  }

  /** Whether a locator may be made of these; computing back can meet anything. */
  static boolean possible(long batchNumber, int rowNumber) {
    return batchNumber >= 1
        && batchNumber <= LARGEST_BATCH_NUMBER
        && rowNumber >= RowId.FIRST_NUMBER;
  }
}
