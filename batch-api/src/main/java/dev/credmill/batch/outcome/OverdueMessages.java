package dev.credmill.batch.outcome;

import dev.credmill.batch.BatchConfig;
import dev.credmill.contracts.event.DeliveryRequested;
import dev.credmill.contracts.event.EventPublisher;
import dev.credmill.contracts.id.BatchId;
import io.agroal.api.AgroalDataSource;
import io.quarkus.agroal.DataSource;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
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

  private static final String SETTLE =
      """
      update relay_run r set settled = true
      where not r.settled and r.finished
        and (select coalesce(sum(email_pending + email_sending + sms_pending + sms_sending), 0)
             from batch_count c where c.batch_id = r.batch_id) <= 0
      """;

  /** The wait doubles after each time: a mail server that is away for a day is no loss of Kafka. */
  private static final String OVERDUE =
      """
      update relay_run r
      set asks = case when r.asked_at > q.changed_at then r.asks else 0 end, asked_at = now()
      from (
        select batch_id, sum(email_pending + email_sending + sms_pending + sms_sending) as waiting,
               max(delivery_changed_at) as changed_at
        from batch_count
        where batch_id in (select batch_id from relay_run where not settled)
        group by batch_id) q
      where r.batch_id = q.batch_id and not r.settled and q.waiting > 0
        and greatest(q.changed_at, r.asked_at)
            < now() - ? * power(2, case when r.asked_at > q.changed_at then least(r.asks, 8) else 0 end)
              * interval '1 millisecond'
      returning r.batch_id
      """;

  private static final String ASKED =
      "update relay_run set asks = asks + 1 where batch_id = ? and not settled";

  private final AgroalDataSource database;
  private final MessagesWanted messages;
  private final EventPublisher publisher;
  private final Duration longestSilence;

  OverdueMessages(
      @DataSource("batch") AgroalDataSource database,
      MessagesWanted messages,
      EventPublisher publisher,
      BatchConfig config) {
    this.database = database;
    this.messages = messages;
    this.publisher = publisher;
    this.longestSilence = config.stallAfter();
  }

  @Scheduled(
      identity = "batch-overdue-messages",
      every = "1s",
      concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
  void look() throws SQLException {
    settle();
    for (BatchId batch : overdue()) {
      int asked = ask(batch);
      asked(batch);
      LOG.warnf("nobody reported on messages of batch %s; %d are asked for again", batch, asked);
    }
  }

  private void settle() throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement settle = connection.prepareStatement(SETTLE)) {
      settle.executeUpdate();
    }
  }

  private Set<BatchId> overdue() throws SQLException {
    Set<BatchId> batches = new LinkedHashSet<>();
    try (Connection connection = database.getConnection();
        PreparedStatement update = connection.prepareStatement(OVERDUE)) {
      update.setLong(1, longestSilence.toMillis());
      try (ResultSet result = update.executeQuery()) {
        while (result.next()) {
          batches.add(new BatchId(result.getObject(1, UUID.class)));
        }
      }
    }
    return batches;
  }

  /** Only what Kafka took makes the next wait longer. */
  private void asked(BatchId batch) throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement update = connection.prepareStatement(ASKED)) {
      update.setObject(1, batch.value());
      update.executeUpdate();
    }
  }

  private int ask(BatchId batch) throws SQLException {
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
