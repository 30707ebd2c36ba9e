package dev.credmill.batch.validation;

import dev.credmill.batch.duplicate.RowIdentity;
import dev.credmill.batch.row.IssueStatus;
import java.util.List;

/**
 * A row of the sheet after all checks.
 *
 * @param definition the definition's place among those of the batch; -1 where the row names none
 * @param cells those of the uploaded cells that nothing else says, see {@link
 *     dev.credmill.batch.sheet.CellSources#rest}; null for none
 * @param expiration ISO 8601 date or period; null for the definition's default
 * @param claims the claims as a JSON object; null where there are faults
 */
public record CheckedRow(
    int number,
    int definition,
    String reference,
    String firstName,
    String lastName,
    String email,
    String phone,
    String language,
    String expiration,
    String cells,
    String claims,
    List<RowFault> faults) {
  /**
   * What tells it from other rows.
   *
   * @param definitionIds the definitions of the batch in their order
   */
  public RowIdentity identity(List<String> definitionIds) {
    return new RowIdentity(
        number,
        definition < 0 ? null : definitionIds.get(definition),
        reference,
        firstName,
        lastName,
        email,
        phone,
        claims);
  }

  /** The state in which it begins, whatever it may repeat. */
  public IssueStatus issue() {
    return faults.isEmpty() ? IssueStatus.READY : IssueStatus.INVALID;
  }
}
