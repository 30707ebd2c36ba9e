package dev.credmill.batch.relay;

import dev.credmill.batch.BatchConfig;
import dev.credmill.batch.webhook.WebhookEvents;
import dev.credmill.contracts.id.BatchId;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jboss.logging.Logger;

/**
 * Looks after what nobody else would notice: runs whose answers never came, cancellations that were
 * interrupted, counts that do not agree with the rows.
 */
@ApplicationScoped
class Reconciler {
  private static final Logger LOG = Logger.getLogger(Reconciler.class);
  private static final Duration LONGEST_SWEEP = Duration.ofMinutes(1);
  private final BatchConfig config;
  private final RelayTable relay;
  private final CommandTable commandTable;
  private final Commands commands;
  private final Recount recount;
  private final RelayLane lane;
  private final WebhookEvents webhooks;

  Reconciler(
      BatchConfig config,
      RelayTable relay,
      CommandTable commandTable,
      Commands commands,
      Recount recount,
      RelayLane lane,
      WebhookEvents webhooks) {
    this.config = config;
    this.relay = relay;
    this.commandTable = commandTable;
    this.commands = commands;
    this.recount = recount;
    this.lane = lane;
    this.webhooks = webhooks;
  }

  /**
   * On its own, since it may take long, and one batch after the other whatever befalls the first.
   */
  @Scheduled(
      identity = "batch-sweeper",
      every = "1s",
      concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
  void sweep() throws SQLException {
    for (BatchId batch : commandTable.halfCancelled()) {
      try {
        commands.sweep(batch, LONGEST_SWEEP);
      } catch (RuntimeException e) {
        LOG.warnf(e, "the rest of batch %s could not be cancelled and will be tried again", batch);
      }
    }
  }

  private Set<BatchId> finish() throws SQLException {
    Set<BatchId> finished = new TreeSet<>(relay.finish());
    webhooks.rested(finished);
    return finished;
  }

  @Scheduled(
      identity = "batch-reconciler",
      every = "1s",
      concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
  void look() throws SQLException {
    Set<BatchId> finished = QuarkusTransaction.requiringNew().call(this::finish);
    for (BatchId batch : finished) {
      recount.check(batch);
    }
    List<BatchId> stalled =
        QuarkusTransaction.requiringNew().call(() -> relay.repeatStalled(config.stallAfter()));
    for (BatchId batch : stalled) {
      LOG.warnf("batch %s had no answer for a while; its queued rows are relayed again", batch);
      lane.wake();
    }
  }
}
