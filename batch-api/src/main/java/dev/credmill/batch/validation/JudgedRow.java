package dev.credmill.batch.validation;

import dev.credmill.batch.Batch;
import dev.credmill.batch.duplicate.Duplicate;
import dev.credmill.batch.row.IssueStatus;
import java.util.List;

/**
 * A checked row and what the issuer wants done with duplicates: the state that it begins in.
 *
 * @param duplicate what the row repeats; null for a new one
 */
public record JudgedRow(
    CheckedRow row, IssueStatus issue, List<RowFault> faults, Duplicate duplicate) {

  public static JudgedRow of(CheckedRow row, Duplicate duplicate, Batch.OnDuplicate onDuplicate) {
    if (!row.valid()) {
      return new JudgedRow(row, IssueStatus.INVALID, row.faults(), duplicate);
    }
    if (duplicate == null) {
      return new JudgedRow(row, IssueStatus.READY, List.of(), null);
    }
    return switch (onDuplicate) {
      case warn -> new JudgedRow(row, IssueStatus.READY, List.of(), duplicate);
      case skip -> new JudgedRow(row, IssueStatus.SKIPPED, List.of(), duplicate);
      case refuse ->
          new JudgedRow(
              row,
              IssueStatus.INVALID,
              List.of(new RowFault("", "duplicate", duplicate.sentence())),
              duplicate);
    };
  }
}
