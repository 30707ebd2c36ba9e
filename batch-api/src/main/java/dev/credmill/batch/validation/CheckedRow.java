package dev.credmill.batch.validation;

import java.util.List;

/**
 * A row of the sheet after all checks.
 *
 * @param cells the uploaded cells in file order as a JSON array
 * @param expiration ISO 8601 date or period; null for the definition's default
 * @param claims the claims as a JSON object; null where there are faults
 */
record CheckedRow(
    int number,
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
  /** About how much memory and transport it takes. */
  int characters() {
    return cells.length() + (claims == null ? 0 : claims.length());
  }

  boolean valid() {
    return faults.isEmpty();
  }
}
