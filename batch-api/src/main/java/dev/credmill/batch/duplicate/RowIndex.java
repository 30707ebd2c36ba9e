package dev.credmill.batch.duplicate;

import dev.credmill.contracts.id.BatchId;
import dev.credmill.contracts.id.OrganizationId;
import dev.credmill.contracts.id.RowId;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;

/** Finds batches by what exactly stands in one of their rows, however many rows there are. */
@ApplicationScoped
public class RowIndex {
  private final RowKeyTable table;

  RowIndex(RowKeyTable table) {
    this.table = table;
  }

  /**
   * The batches with a row of this reference, email address, phone number or, where a row has
   * neither address nor number, full name; a thousand at most.
   */
  public List<BatchId> batches(OrganizationId organization, String text) {
    RowKeys keys = new RowKeys(organization);
    String phone = text.replaceAll("[\\s()./-]", "");
    long[] hashes = {
      keys.reference(text), keys.email(text), keys.phone(phone), keys.name(text, null)
    };
    return QuarkusTransaction.requiringNew().call(() -> table.batches(hashes, text, phone));
  }

  /** The rows with these references; a few for each, the transaction at hand sees them. */
  public Map<String, List<RowId>> rows(OrganizationId organization, List<String> references)
      throws SQLException {
    RowKeys keys = new RowKeys(organization);
    return table.rows(references, references.stream().mapToLong(keys::reference).toArray());
  }
}
