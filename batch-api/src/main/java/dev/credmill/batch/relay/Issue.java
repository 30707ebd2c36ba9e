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
    if (goesOutByItself(batch)) {
      start(batch);
    }
  }

  private boolean goesOutByItself(Batch batch) throws SQLException {
    BatchId id = batch.batchId();
    return batch.mode == Batch.Mode.ISSUE
        && (batch.onInvalidRows == Batch.OnInvalidRows.skip || !relay.hasInvalidRows(id))
        && relay.hasReadyRows(id);
  }

  /**
   * The runs of a batch whose rows are being corrected.
   *
   * @param begun whether the batch was started as a whole, not just chosen rows of it
   * @param next the run in which rows go out once more
   */
  public record Runs(boolean begun, int next) {
    /**
     * The run of a corrected row.
     *
     * @param wasOut whether the row had been sent out before
     */
    public int of(boolean wasOut) {
      return begun || wasOut ? next : FIRST_RUN;
    }
  }

  /**
   * Holds the runs of a locked batch, so that none of its rows is queued until the transaction
   * ends.
   */
  public Runs lockRuns(Batch batch) throws SQLException {
    commands.lockRuns(batch.batchId());
    return new Runs(relay.isOpen(batch.batchId(), FIRST_RUN), commands.nextRun(batch.batchId()));
  }

  /**
   * What corrected rows of a batch set going.
   *
   * @param outAgain whether rows were put into the next run
   */
  public void afterCorrection(Batch batch, Runs runs, boolean outAgain) throws SQLException {
    if (outAgain) {
      relay.open(batch.batchId(), runs.next());
    }
    if (!runs.begun() && goesOutByItself(batch)) {
      start(batch);
    }
  }

  /** Starts run 1, which is every row that no other run has taken. Repeating it changes nothing. */
  void start(Batch batch) throws SQLException {
    stamp(batch);
    relay.open(batch.batchId(), FIRST_RUN);
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
