package dev.credmill.contracts.credential;

import static java.util.Objects.requireNonNull;

import dev.credmill.contracts.id.BatchId;
import dev.credmill.contracts.id.OrganizationId;
import dev.credmill.contracts.id.RowId;

/**
 * The row that a credential is of.
 *
 * @param row the row's number in the spreadsheet
 * @param organization whose batch it is
 */
public record CredentialRow(BatchId batchId, int row, OrganizationId organization) {
  public CredentialRow {
    requireNonNull(organization, "organization");
    new RowId(batchId, row);
  }

  public RowId rowId() {
    return new RowId(batchId, row);
  }
}
