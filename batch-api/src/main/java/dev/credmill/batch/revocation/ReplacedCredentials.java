package dev.credmill.batch.revocation;

import dev.credmill.contracts.id.BatchId;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.UUID;

/** Revokes credentials as soon as, and not before, others are issued in their place. */
@ApplicationScoped
public class ReplacedCredentials {
  private final StatusChangeTable table;
  private final StatusChangeLane lane;
  private final Clock clock;

  ReplacedCredentials(StatusChangeTable table, StatusChangeLane lane, Clock clock) {
    this.table = table;
    this.lane = lane;
    this.clock = clock;
  }

  /**
   * Takes down, in the transaction that writes that rows are issued, that what they replace is to
   * be revoked: neither can be without the other.
   *
   * @param by a batch that replaces credentials of another
   * @param rows the numbers of its rows that were issued just now
   */
  public void revoke(BatchId by, List<Integer> rows) throws SQLException {
    table.insertReplaced(UUID.randomUUID(), by, rows, clock.instant());
  }

  /** After the transaction: there is something to send. */
  public void announce() {
    lane.wake();
  }
}
