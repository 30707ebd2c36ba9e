package dev.credmill.batch.outcome;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import dev.credmill.batch.status.Counter;
import dev.credmill.batch.status.Counts;
import dev.credmill.contracts.event.DeliveryOutcome;
import dev.credmill.contracts.event.DeliveryRequested;
import dev.credmill.contracts.event.DeliveryRequested.Purpose;
import dev.credmill.contracts.event.DeliveryStatus;
import dev.credmill.contracts.event.EventPublisher;
import dev.credmill.contracts.event.Medium;
import dev.credmill.contracts.id.BatchId;
import dev.credmill.contracts.id.RowId;
import io.agroal.api.AgroalDataSource;
import io.quarkus.agroal.DataSource;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/**
 * Writes by SMS to whom no email reached, where the issuer wants that. Once for a row: a message
 * that was sent once more and failed again begins no other.
 */
@ApplicationScoped
class Fallback {
  private static final String BEGIN =
      """
      with unreached as (
        select c.batch_id, c.number
        from unnest(?::uuid[], ?::int[]) as u (batch_id, number)
        join batch b on b.id = u.batch_id and b.fallback = 'SMS'
        join row_credential c on c.batch_id = u.batch_id and c.number = u.number
        join sheet_row r on r.batch_id = c.batch_id and r.number = c.number
        where c.sms_delivery = 'NOT_REQUESTED' and r.phone is not null
          and c.email_delivery in ('FAILED', 'BOUNCED', 'SUPPRESSED')
        order by c.batch_id, c.number
        for update of c),
      watched as (
        update relay_run set settled = false, asks = 0
        where settled and batch_id in (select batch_id from unreached))
      update row_credential c set sms_delivery = 'PENDING', sms_at = now()
      from unreached u where c.batch_id = u.batch_id and c.number = u.number
      returning c.batch_id
      """;

  private final AgroalDataSource database;
  private final MessagesWanted messages;
  private final EventPublisher publisher;

  Fallback(
      @DataSource("batch") AgroalDataSource database,
      MessagesWanted messages,
      EventPublisher publisher) {
    this.database = database;
    this.messages = messages;
    this.publisher = publisher;
  }

  /** In the transaction that writes down what became of the emails. */
  void begin(List<DeliveryOutcome> outcomes, Counts.Changes changes) throws SQLException {
    List<RowId> unreached = unreached(outcomes);
    if (unreached.isEmpty()) {
      return;
    }
    try (Connection connection = database.getConnection();
        PreparedStatement begin = connection.prepareStatement(BEGIN)) {
      begin.setArray(
          1,
          connection.createArrayOf(
              "uuid", unreached.stream().map(row -> row.batch().value()).toArray()));
      begin.setArray(
          2, connection.createArrayOf("int", unreached.stream().map(RowId::number).toArray()));
      try (ResultSet begun = begin.executeQuery()) {
        while (begun.next()) {
          BatchId batch = new BatchId(begun.getObject(1, UUID.class));
          Counter.of(Medium.SMS, DeliveryStatus.PENDING)
              .ifPresent(counter -> changes.add(batch, counter, 1));
        }
      }
    }
  }

  /**
   * Asks for the messages, after the commit. For all rows of the list that want one: if it came
   * before, the process may have died in between.
   */
  void publish(List<DeliveryOutcome> outcomes) {
    Map<BatchId, List<RowId>> unreached =
        unreached(outcomes).stream().collect(groupingBy(RowId::batch, TreeMap::new, toList()));
    List<DeliveryRequested> wanted = new ArrayList<>();
    try {
      for (Map.Entry<BatchId, List<RowId>> batch : unreached.entrySet()) {
        int[] numbers = batch.getValue().stream().mapToInt(RowId::number).toArray();
        messages.of(batch.getKey(), numbers).stream()
            .filter(message -> message.medium() == Medium.SMS)
            .forEach(wanted::add);
      }
    } catch (SQLException e) {
      throw new IllegalStateException("the wanted messages could not be read", e);
    }
    publisher.publish(wanted);
  }

  private static List<RowId> unreached(List<DeliveryOutcome> outcomes) {
    return outcomes.stream()
        .filter(outcome -> outcome.medium() == Medium.EMAIL && outcome.purpose() == Purpose.ISSUED)
        .filter(
            outcome ->
                switch (outcome.status()) {
                  case FAILED, BOUNCED, SUPPRESSED -> true;
                  case NOT_REQUESTED, PENDING, SENDING, SENT, DELIVERED -> false;
                })
        .map(DeliveryOutcome::row)
        .toList();
  }
}
