package dev.credmill.issuance.request;

import dev.credmill.contracts.id.BatchId;
import dev.credmill.contracts.id.OrganizationId;
import dev.credmill.contracts.id.RowId;

/**
 * What a batch is issued with, pinned at its first sight.
 *
 * @param number its number here, the first part of its credentials' keys
 * @param size its rows, for which status entries are reserved
 * @param statusStart the first of its status numbers
 */
record Batch(
    BatchId id,
    long number,
    OrganizationId organization,
    String kid,
    short secretVersion,
    int size,
    long statusStart) {

  /** The status number of a row: the batch's range in row order, without the header. */
  long statusNumber(int row) {
    return statusStart + row - RowId.FIRST_NUMBER;
  }
}
