package dev.credmill.batch.outcome;

import dev.credmill.batch.BatchConfig;
import dev.credmill.batch.report.ReportQueue;
import dev.credmill.contracts.event.DeliveryRequested;
import dev.credmill.contracts.event.EventPublisher;
import dev.credmill.contracts.id.BatchId;
import io.agroal.api.AgroalDataSource;
import io.quarkus.agroal.DataSource;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jboss.logging.Logger;

/**
 * Asks again for messages that nobody reports on: Kafka may have lost the request, or the answer. A
 * message that merely waits is not hurried by it, and one that went out is only announced again.
 */
@ApplicationScoped
class OverdueMessages {
  private static final Logger LOG = Logger.getLogger(OverdueMessages.class);
  private static final int CHUNK = 1_000;

  private static final String WAITING = "email_pending + email_sending + sms_pending + sms_sending";

  private static final String SETTLE =
      """
      update relay_run r set settled = true
      from (
        select batch_id, run from relay_run o
        where not o.settled and o.finished
          and (select coalesce(sum(%s), 0) from batch_count c where c.batch_id = o.batch_id) <= 0
        for update skip locked) n
      where r.batch_id = n.batch_id and r.run = n.run
      returning r.batch_id
      """
          .formatted(WAITING);

  /**
   * The wait doubles after each time: a mail server that is away for a day is no loss of Kafka. Of
   * a batch with several runs the first speaks for all.
   */
  private static final String CLAIM =
      """
      update relay_run r
      set asks = case when r.asked_at > n.changed_at then r.asks + 1 else 1 end, asked_at = now()
      from (
        select o.batch_id, o.run, q.changed_at
        from relay_run o
        cross join lateral (
          select sum(%s) as waiting, max(delivery_changed_at) as changed_at
          from batch_count where batch_id = o.batch_id) q
        where not o.settled and q.waiting > 0
          and not exists (
            select from relay_run e
            where e.batch_id = o.batch_id and e.run < o.run and not e.settled)
          and greatest(q.changed_at, o.asked_at)
              < now() - ? * power(2, case when o.asked_at > q.changed_at then least(o.asks, 5) else 0 end)
                * interval '1 millisecond'
        order by o.asked_at nulls first
        limit 1 for update of o skip locked) n
      where r.batch_id = n.batch_id and r.run = n.run
      returning r.batch_id
      """
          .formatted(WAITING);

  private static final String TAKE_BACK =
      "update relay_run set asks = asks - 1 where batch_id = ? and not settled and asks > 0";

  private final AgroalDataSource database;
  private final MessagesWanted messages;
  private final EventPublisher publisher;
  private final ReportQueue reports;
  private final Duration overdueAfter;

  OverdueMessages(
      @DataSource("batch") AgroalDataSource database,
      MessagesWanted messages,
      EventPublisher publisher,
      ReportQueue reports,
      BatchConfig config) {
    this.database = database;
    this.messages = messages;
    this.publisher = publisher;
    this.reports = reports;
    this.overdueAfter = config.messagesOverdueAfter();
    if (!overdueAfter.isPositive()) {
      throw new IllegalStateException("batch.messages-overdue-after must be longer than 0");
    }
  }

  @Scheduled(
      identity = "batch-overdue-messages",
      every = "5s",
      delayed = "10s",
      concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
  void look() throws SQLException {
    QuarkusTransaction.requiringNew().call(this::settle);
    // What cannot be asked for has had its turn: the next look begins with another batch.
    for (Optional<BatchId> next = claim(); next.isPresent(); next = claim()) {
      int asked = ask(next.get());
      LOG.warnf("nobody reported on %d messages of batch %s; asked again", asked, next.get());
    }
  }

  private Void settle() throws SQLException {
    Set<BatchId> settled = new HashSet<>();
    try (Connection connection = database.getConnection();
        PreparedStatement settle = connection.prepareStatement(SETTLE);
        ResultSet result = settle.executeQuery()) {
      while (result.next()) {
        settled.add(new BatchId(result.getObject(1, UUID.class)));
      }
    }
    reports.settled(settled);
    return null;
  }

  /** The batch that was not asked about for the longest time. */
  private Optional<BatchId> claim() throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement claim = connection.prepareStatement(CLAIM)) {
      claim.setLong(1, overdueAfter.toMillis());
      try (ResultSet result = claim.executeQuery()) {
        return result.next()
            ? Optional.of(new BatchId(result.getObject(1, UUID.class)))
            : Optional.empty();
      }
    }
  }

  /** All that wait, a chunk at a time. Only what Kafka took makes the next wait longer. */
  private int ask(BatchId batch) throws SQLException {
    try {
      return publishAll(batch);
    } catch (SQLException | RuntimeException e) {
      takeBack(batch);
      throw e;
    }
  }

  private void takeBack(BatchId batch) throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement update = connection.prepareStatement(TAKE_BACK)) {
      update.setObject(1, batch.value());
      update.executeUpdate();
    }
  }

  private int publishAll(BatchId batch) throws SQLException {
    int asked = 0;
    List<DeliveryRequested> wanted = messages.behind(batch, 0, CHUNK);
    while (!wanted.isEmpty()) {
      publisher.publish(wanted);
      asked += wanted.size();
      wanted = messages.behind(batch, wanted.getLast().row().number(), CHUNK);
    }
    return asked;
  }
}
