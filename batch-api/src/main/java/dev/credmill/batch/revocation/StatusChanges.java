package dev.credmill.batch.revocation;

import dev.credmill.contracts.access.Caller;
import dev.credmill.contracts.event.StatusAction;
import dev.credmill.contracts.id.RowId;
import dev.credmill.contracts.problem.ProblemType;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;

/** Takes changes of status down, all of one or nothing, and tells how far they are. */
@ApplicationScoped
class StatusChanges {
  /** Looking names up reads a little of each large batch, however few they are. */
  private static final int NAMES_AT_ONCE = 20_000;

  private static final int LONGEST = 300; // seconds
  private static final Duration LOOK_AGAIN = Duration.ofMillis(50);
  private final StatusChangeTable table;
  private final CredentialNames names;
  private final StatusChangeLane lane;
  private final Clock clock;

  StatusChanges(
      StatusChangeTable table, CredentialNames names, StatusChangeLane lane, Clock clock) {
    this.table = table;
    this.names = names;
    this.lane = lane;
    this.clock = clock;
  }

  /**
   * What is wanted of which credentials.
   *
   * @param notifyRecipients whether the recipients are told
   */
  record Wish(StatusAction action, String reason, boolean notifyRecipients, Selection selection) {}

  /** What the change would do now; nothing is kept of it. */
  StatusChangeView preview(Caller caller, Wish wish) {
    QuarkusTransaction.begin(QuarkusTransaction.beginOptions().timeout(LONGEST));
    try {
      long number = takeDown(UUID.randomUUID(), caller, wish);
      int total = table.close(number);
      return StatusChangeView.preview(wish, total, table.foreseen(number, wish.action()));
    } catch (SQLException e) {
      throw new IllegalStateException("a change could not be foreseen", e);
    } finally {
      QuarkusTransaction.rollback();
    }
  }

  /** Takes it down; from here on it happens, whatever dies. */
  StatusChangeView begin(Caller caller, Wish wish) {
    UUID id = UUID.randomUUID();
    QuarkusTransaction.requiringNew()
        .timeout(LONGEST)
        .call(() -> table.close(takeDown(id, caller, wish)));
    lane.wake();
    return find(caller, id).orElseThrow();
  }

  private long takeDown(UUID id, Caller caller, Wish wish) throws SQLException {
    long number = table.insert(id, caller, wish, clock.instant());
    switch (wish.selection()) {
      case Selection.OfBatch(var batch, var rows) -> {
        if (rows == null) {
          table.addBatch(number, batch);
        } else {
          table.addLines(
              number,
              0,
              rows.stream()
                  .map(
                      row ->
                          new StatusChangeTable.Line(
                              row.toString(), new RowId(batch, row), ChangeOutcome.PENDING))
                  .toList());
        }
      }
      case Selection.Fitting fitting -> table.addFitting(number, caller, fitting);
      case Selection.Named(List<String> all) -> {
        for (int from = 0; from < all.size(); from += NAMES_AT_ONCE) {
          List<String> some = all.subList(from, Math.min(all.size(), from + NAMES_AT_ONCE));
          table.addLines(number, from, names.resolve(caller, some));
        }
      }
    }
    return number;
  }

  Optional<StatusChangeView> find(Caller caller, UUID id) {
    return QuarkusTransaction.requiringNew()
        .call(
            () -> {
              Optional<StatusChange> found = table.find(caller, id);
              return found.isEmpty()
                  ? Optional.empty()
                  : Optional.of(
                      StatusChangeView.of(found.get(), table.counts(found.get().number())));
            });
  }

  /** The change when it is finished, or as it is after that time. */
  Optional<StatusChangeView> await(Caller caller, UUID id, Duration longest) {
    long end = System.nanoTime() + longest.toNanos();
    Optional<StatusChangeView> found = find(caller, id);
    while (found.isPresent() && found.get().finishedAt() == null && System.nanoTime() < end) {
      LockSupport.parkNanos(LOOK_AGAIN.toNanos());
      found = find(caller, id);
    }
    return found;
  }

  StatusChange get(Caller caller, UUID id) {
    return QuarkusTransaction.requiringNew()
        .call(() -> table.find(caller, id))
        .orElseThrow(
            () ->
                ProblemType.NOT_FOUND.because(
                    "There is no change of that id; GET /v1/revocations lists yours"));
  }

  List<StatusChange> list(Caller caller, long before, int limit) {
    return QuarkusTransaction.requiringNew().call(() -> table.list(caller, before, limit));
  }

  Map<ChangeOutcome, Integer> counts(StatusChange change) {
    return QuarkusTransaction.requiringNew().call(() -> table.counts(change.number()));
  }

  List<StatusChangeView.Counted> lines(
      StatusChange change, ChangeOutcome outcome, int after, int limit) {
    return QuarkusTransaction.requiringNew()
        .call(() -> table.lines(change.number(), outcome, after, limit));
  }
}
