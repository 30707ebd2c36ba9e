package dev.credmill.issuance.status;

import static java.util.Objects.requireNonNull;

import dev.credmill.contracts.event.Validity;
import dev.credmill.contracts.id.BatchId;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Whether the issuer stands by a row's credential, and so by every copy of it. */
@ApplicationScoped
public class Validities {
  private final ValidityTable table;

  Validities(ValidityTable table) {
    this.table = table;
  }

  /**
   * What a change made of a credential.
   *
   * @param change the number of the latest change
   * @param replacedBy the batch whose row of the same number has the credential in its place; null
   *     for most
   */
  public record Stored(Validity validity, long change, Instant at, BatchId replacedBy) {
    public Stored {
      requireNonNull(validity, "validity");
      requireNonNull(at, "at");
    }
  }

  /**
   * As the transaction at hand sees it; whoever must not miss a change holds the credential's row.
   */
  public Validity of(long batchNumber, int rowNumber) {
    Stored stored = table.of(batchNumber, List.of(rowNumber)).get(rowNumber);
    return stored == null ? Validity.ACTIVE : stored.validity();
  }

  /** Those of a batch's rows that were ever changed. */
  public Map<Integer, Stored> of(long batchNumber, List<Integer> rows) {
    return table.of(batchNumber, rows);
  }

  /** Belongs into a transaction that holds the credentials' rows. */
  public void store(long batchNumber, Map<Integer, Stored> validities) {
    table.store(batchNumber, validities);
  }
}
