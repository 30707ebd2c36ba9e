package dev.credmill.batch.search;

import dev.credmill.batch.duplicate.RowIndex;
import dev.credmill.contracts.id.BatchId;
import dev.credmill.contracts.id.OrganizationId;
import dev.credmill.contracts.id.RowId;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;

/** Finds batches by their rows: by a contact, a reference, or the id of a credential. */
@ApplicationScoped
public class RowSearch {
  private final RowIndex rows;
  private final CredentialLookup credentials;

  RowSearch(RowIndex rows, CredentialLookup credentials) {
    this.rows = rows;
    this.credentials = credentials;
  }

  public List<BatchId> batches(OrganizationId organization, String text) {
    List<BatchId> batches = new ArrayList<>(rows.batches(organization, text));
    credentials.find(organization, text).map(RowId::batch).ifPresent(batches::add);
    return batches;
  }
}
