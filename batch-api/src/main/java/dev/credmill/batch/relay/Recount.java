package dev.credmill.batch.relay;

import dev.credmill.batch.status.Counter;
import dev.credmill.batch.status.Counts;
import dev.credmill.contracts.id.BatchId;
import io.agroal.api.AgroalDataSource;
import io.quarkus.agroal.DataSource;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jboss.logging.Logger;

/** Counts the rows of a finished batch once more and puts right what does not agree. */
@ApplicationScoped
class Recount {
  private static final Logger LOG = Logger.getLogger(Recount.class);
  private static final Counter[] CHECKED = {
    Counter.TOTAL,
    Counter.INVALID,
    Counter.SKIPPED,
    Counter.CANCELLED,
    Counter.ISSUED,
    Counter.FAILED
  };

  /** The slots are locked first, so that nothing is counted between the two sums. */
  private static final String LOCK =
      "select from batch_count where batch_id = ? order by slot for update";

  private static final String DIFFERENCE =
      """
      select r.total - c.total, r.invalid - c.invalid, r.skipped - c.skipped,
             r.cancelled - c.cancelled, r.issued - c.issued, r.failed - c.failed
      from (select count(*) as total,
                   count(*) filter (where issue = 'INVALID')   as invalid,
                   count(*) filter (where issue = 'SKIPPED')   as skipped,
                   count(*) filter (where issue = 'CANCELLED') as cancelled,
                   (select count(*) from row_credential where batch_id = ?) as issued,
                   count(*) filter (where issue = 'FAILED')    as failed
            from sheet_row where batch_id = ?) r,
           (select coalesce(sum(total), 0) as total, coalesce(sum(invalid), 0) as invalid,
                   coalesce(sum(skipped), 0) as skipped, coalesce(sum(cancelled), 0) as cancelled,
                   coalesce(sum(issued), 0) as issued, coalesce(sum(failed), 0) as failed
            from batch_count where batch_id = ?) c
      """;

  private final AgroalDataSource database;
  private final Counts counts;

  Recount(@DataSource("batch") AgroalDataSource database, Counts counts) {
    this.database = database;
    this.counts = counts;
  }

  void check(BatchId batch) {
    QuarkusTransaction.requiringNew()
        .call(
            () -> {
              Counts.Changes changes = differences(batch);
              if (!changes.isEmpty()) {
                LOG.errorf(
                    "the counts of batch %s did not agree with its rows and were put right", batch);
                counts.apply(changes, Counts.OWN_SLOT);
              }
              return null;
            });
  }

  private Counts.Changes differences(BatchId batch) throws SQLException {
    Counts.Changes changes = new Counts.Changes();
    try (Connection connection = database.getConnection();
        PreparedStatement lock = connection.prepareStatement(LOCK);
        PreparedStatement select = connection.prepareStatement(DIFFERENCE)) {
      lock.setObject(1, batch.value());
      lock.execute();
      select.setObject(1, batch.value());
      select.setObject(2, batch.value());
      select.setObject(3, batch.value());
      try (ResultSet result = select.executeQuery()) {
        result.next();
        for (int i = 0; i < CHECKED.length; i++) {
          changes.add(batch, CHECKED[i], result.getInt(i + 1));
        }
      }
    }
    return changes;
  }
}
