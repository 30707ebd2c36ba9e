package dev.credmill.batch.relay;

import dev.credmill.batch.Batch;
import dev.credmill.contracts.id.BatchId;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.time.Clock;
import java.time.temporal.ChronoUnit;

/** Starts the issuing of a batch. */
@ApplicationScoped
public class Issue {
  private static final int FIRST_RUN = 1;
  private final RelayTable relay;
  private final CommandTable commands;
  private final RelayLane lane;
  private final Clock clock;

  Issue(RelayTable relay, CommandTable commands, RelayLane lane, Clock clock) {
    this.relay = relay;
    this.commands = commands;
    this.lane = lane;
    this.clock = clock;
  }

  /** In the transaction that ends the validation: a batch in mode ISSUE goes on by itself. */
  public void afterValidation(BatchId id) throws SQLException {
    Batch batch = Batch.locked(id).orElseThrow();
    Batch.getEntityManager().refresh(batch);
    if (batch.mode == Batch.Mode.ISSUE
        && (batch.onInvalidRows == Batch.OnInvalidRows.skip || !relay.hasInvalidRows(id))
        && relay.hasReadyRows(id)) {
      start(batch);
    }
  }

  /**
   * Holds the runs of a locked batch, so that none of its rows is queued until the transaction
   * ends; gives the run in which corrected rows go out.
   */
  public int lockRuns(Batch batch) throws SQLException {
    commands.lockRuns(batch.batchId());
    return batch.startedAt == null ? FIRST_RUN : commands.nextRun(batch.batchId());
  }

  /** Corrected rows of a batch that was started go out at once; others wait for the start. */
  public void afterCorrection(Batch batch, int run, boolean ready) throws SQLException {
    BatchId id = batch.batchId();
    if (batch.startedAt != null) {
      if (ready) {
        relay.open(id, run);
      }
    } else if (batch.mode == Batch.Mode.ISSUE && !relay.hasInvalidRows(id)) {
      if (relay.hasReadyRows(id)) {
        start(batch);
      }
    }
  }

  /** Starts run 1, which is every row that no other run has taken. Repeating it changes nothing. */
  void start(Batch batch) throws SQLException {
    stamp(batch);
    relay.open(batch.batchId(), 1);
  }

  /** The first issue fixes validFrom for all rows of the batch. */
  void stamp(Batch batch) {
    if (batch.startedAt == null) {
      batch.startedAt = clock.instant();
      batch.validFrom = batch.startedAt.truncatedTo(ChronoUnit.SECONDS);
    }
  }

  /** After the transaction: there is something to relay. */
  public void announce() {
    lane.wake();
  }
}
