package dev.credmill.batch.relay;

import dev.credmill.batch.Batch;
import dev.credmill.batch.VisibleBatch;
import dev.credmill.batch.status.Counter;
import dev.credmill.batch.status.Counts;
import dev.credmill.batch.webhook.WebhookEvents;
import dev.credmill.contracts.access.Caller;
import dev.credmill.contracts.id.BatchId;
import dev.credmill.contracts.problem.ProblemType;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/**
 * What people tell a batch to do. Each command locks the batch, so two of them never overlap, and
 * each may be repeated without doing more.
 */
@ApplicationScoped
class Commands {
  private static final int SWEEP_CHUNK = 5_000;

  /** As long as a caller waits for the answer to cancelling. */
  private static final Duration LONGEST_SWEEP = Duration.ofSeconds(2);

  private final Issue issue;
  private final CommandTable table;
  private final RelayTable relay;
  private final Counts counts;
  private final WebhookEvents webhooks;
  private final Clock clock;

  Commands(
      Issue issue,
      CommandTable table,
      RelayTable relay,
      Counts counts,
      WebhookEvents webhooks,
      Clock clock) {
    this.issue = issue;
    this.table = table;
    this.relay = relay;
    this.counts = counts;
    this.webhooks = webhooks;
    this.clock = clock;
  }

  /** A change of a locked batch. */
  @FunctionalInterface
  private interface Command {
    void apply(Batch batch) throws SQLException;
  }

  /**
   * Starts what is READY.
   *
   * @param rows only these numbers; null for all
   * @param onInvalidRows replaces what the upload said; may be null
   */
  void issue(BatchId id, Caller caller, List<Integer> rows, Batch.OnInvalidRows onInvalidRows) {
    run(
        id,
        caller,
        batch -> {
          batch.mustBeValidated();
          if (onInvalidRows != null) {
            batch.onInvalidRows = onInvalidRows;
          }
          if (batch.onInvalidRows == Batch.OnInvalidRows.stop && relay.hasInvalidRows(id)) {
            throw ProblemType.CONFLICT.because(
                "Some rows are invalid, see /v1/batches/%s/errors. Upload a corrected sheet, or send {\"onInvalidRows\": \"skip\"} to issue the valid rows without them"
                    .formatted(id));
          }
          if (rows == null) {
            issue.start(batch);
          } else {
            issue.stamp(batch);
            select(batch, rows);
          }
        });
    issue.announce();
  }

  private void select(Batch batch, List<Integer> rows) throws SQLException {
    // A statement of its own, before rows are looked at: the relay reserves under the same locks.
    table.lockRuns(batch.batchId());
    int run = table.nextRun(batch.batchId());
    int taken = table.moveToRun(batch.batchId(), rows, run);
    if (taken != rows.stream().distinct().count()) {
      throw ProblemType.CONFLICT.because(
          "Of the %d rows only %d are READY and not yet started; GET /v1/batches/%s/rows?issue=READY lists those"
              .formatted(rows.size(), taken, batch.id));
    }
    relay.open(batch.batchId(), run);
  }

  void pause(BatchId id, Caller caller) {
    run(
        id,
        caller,
        batch -> {
          if (batch.startedAt == null || batch.cancelledAt != null) {
            throw ProblemType.CONFLICT.because("Only a batch that is being issued can be paused");
          }
          if (batch.pausedAt == null) {
            batch.pausedAt = clock.instant();
          }
        });
  }

  void resume(BatchId id, Caller caller) {
    run(
        id,
        caller,
        batch -> {
          batch.mustNotBeCancelled();
          batch.pausedAt = null;
        });
    issue.announce();
  }

  /** Rows that are queued still end; every other READY row becomes CANCELLED. */
  void cancel(BatchId id, Caller caller) {
    run(
        id,
        caller,
        batch -> {
          if (batch.phase == Batch.Phase.REJECTED) {
            throw ProblemType.CONFLICT.because("The file was rejected; there is nothing to cancel");
          }
          boolean cancelledBefore = batch.cancelledAt != null;
          if (!cancelledBefore) {
            batch.cancelledAt = clock.instant();
          }
          // In this transaction: a relay that reserves rows later sees its run closed.
          table.closeRuns(id);
          table.forgetFile(id);
          if (!cancelledBefore) {
            webhooks.rested(id);
          }
        });
    sweep(id, LONGEST_SWEEP);
  }

  /**
   * Cancels the READY rows of a cancelled batch, a chunk at a time; may be repeated.
   *
   * @param longest after which what is left is left to the reconciler
   */
  void sweep(BatchId id, Duration longest) {
    long start = System.nanoTime();
    int last = QuarkusTransaction.requiringNew().call(() -> table.lastNumber(id));
    for (int after = 1; after < last; after += SWEEP_CHUNK) {
      int from = after;
      QuarkusTransaction.requiringNew().call(() -> sweep(id, from));
      if (System.nanoTime() - start > longest.toNanos()) {
        return;
      }
    }
  }

  private Void sweep(BatchId id, int after) throws SQLException {
    int cancelled = table.cancel(id, after, after + SWEEP_CHUNK);
    counts.apply(new Counts.Changes().add(id, Counter.CANCELLED, cancelled), Counts.OWN_SLOT);
    return null;
  }

  /** FAILED rows, and only those, go out once more as a new run. */
  void retry(BatchId id, Caller caller) {
    run(
        id,
        caller,
        batch -> {
          batch.mustNotBeCancelled();
          int run = table.nextRun(id);
          int retried = table.retryFailed(id, run);
          if (retried > 0) {
            relay.open(id, run);
            counts.apply(
                new Counts.Changes()
                    .add(id, Counter.FAILED, -retried)
                    .add(id, Counter.RELAYED, -retried),
                Counts.OWN_SLOT);
          }
        });
    issue.announce();
  }

  private void run(BatchId id, Caller caller, Command command) {
    QuarkusTransaction.requiringNew()
        .timeout(300)
        .call(
            () -> {
              Batch batch =
                  Batch.locked(id)
                      .filter(b -> VisibleBatch.isVisible(b, caller))
                      .orElseThrow(VisibleBatch::notFound);
              command.apply(batch);
              return null;
            });
  }
}
