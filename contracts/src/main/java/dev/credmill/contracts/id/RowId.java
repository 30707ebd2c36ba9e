package dev.credmill.contracts.id;

import static java.util.Objects.requireNonNull;

/**
 * One recipient in a batch, and the idempotency key from end to end.
 *
 * @param batch the batch it stands in
 * @param number the spreadsheet's row number: the header is row 1, the first recipient row 2
 */
public record RowId(BatchId batch, int number) {
  public static final int FIRST_NUMBER = 2;

  public RowId {
    requireNonNull(batch, "batch");
    if (number < FIRST_NUMBER) {
      throw new IllegalArgumentException(
          "the header is row 1, no recipient stands in row " + number);
    }
  }

  @Override
  public String toString() {
    return batch + ":" + number;
  }
}
