package dev.credmill.batch.revocation;

import dev.credmill.batch.BatchConfig;
import dev.credmill.batch.Lane;
import dev.credmill.contracts.event.EventPublisher;
import dev.credmill.contracts.event.StatusRequested;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/**
 * Sends changes to the issuance worker, a chunk at a time and the changes in turn. What has no
 * answer after a while is sent again: a change that comes twice does nothing twice.
 */
@ApplicationScoped
class StatusChangeLane {
  private static final int CHUNK = 1_000;
  private final BatchConfig config;
  private final StatusChangeTable table;
  private final EventPublisher publisher;
  private final Clock clock;
  private volatile Lane lane;

  StatusChangeLane(
      BatchConfig config, StatusChangeTable table, EventPublisher publisher, Clock clock) {
    this.config = config;
    this.table = table;
    this.publisher = publisher;
    this.clock = clock;
  }

  void start(@Observes StartupEvent starting) {
    lane = new Lane("status changes", config.pollInterval(), this::round);
  }

  void stop(@Observes ShutdownEvent stopping) {
    lane.close();
  }

  void wake() {
    if (lane != null) {
      lane.wake();
    }
  }

  private boolean round() {
    QuarkusTransaction.requiringNew()
        .call(
            () -> {
              table.finish(clock.instant());
              return null;
            });
    Optional<StatusChangeTable.Work> work =
        QuarkusTransaction.requiringNew()
            .call(() -> table.lease(clock.instant(), config.lease(), config.stallAfter()));
    work.ifPresent(this::send);
    return work.isPresent();
  }

  private void send(StatusChangeTable.Work work) {
    StatusChange change = work.change();
    List<StatusChangeTable.Pending> pending =
        QuarkusTransaction.requiringNew()
            .call(() -> table.pending(change.number(), work.from(), CHUNK));
    publisher.publish(
        pending.stream()
            .map(
                row ->
                    new StatusRequested(
                        row.row(),
                        change.organization(),
                        change.number(),
                        change.action(),
                        change.replacedBy()))
            .toList());
    int to = pending.size() < CHUNK ? change.total() : pending.getLast().ordinal();
    QuarkusTransaction.requiringNew()
        .call(
            () -> {
              table.sent(change.number(), to, clock.instant());
              return null;
            });
  }
}
