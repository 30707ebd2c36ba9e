package dev.credmill.batch.report;

import dev.credmill.batch.BatchConfig;
import dev.credmill.contracts.id.BatchId;
import io.agroal.api.AgroalDataSource;
import io.quarkus.agroal.DataSource;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The table {@code delivery_report_due}: batches of which a report is to be sent, and when. It is
 * written in the transaction of what makes it due.
 */
@ApplicationScoped
public class ReportQueue {
  /** An attempt under way then finds that it does not speak for all any more. */
  private static final String MERGE =
      """
      on conflict (batch_id) do update
      set due_at = least(d.due_at, excluded.due_at), attempts = 0
      """;

  private static final String SETTLED =
      """
      insert into delivery_report_due as d (batch_id, since, due_at)
      select b.id, ?, ?
      from batch b
      join delivery_report_settings s on s.organization = b.organization
      where b.id = any(?) and b.media <> '{}' and s.recipients <> '{}'
      %s
      """
          .formatted(MERGE);

  private static final String LATE =
      """
      insert into delivery_report_due as d (batch_id, since, due_at)
      select batch_id, ?, ? from delivery_report where batch_id = any(?)
      %s
      """
          .formatted(MERGE);

  /** Those that no report was sent of; the runs that are not settled are few. */
  private static final String OPEN =
      """
      insert into delivery_report_due as d (batch_id, since, due_at)
      select distinct b.id, ?::timestamptz, ?::timestamptz
      from relay_run r
      join batch b on b.id = r.batch_id
      join delivery_report_settings s on s.organization = b.organization
      where not r.settled and b.started_at < ? and b.started_at > s.since
        and b.media <> '{}' and s.recipients <> '{}'
        and not exists (select from delivery_report where batch_id = b.id)
      on conflict (batch_id) do nothing
      """;

  private static final String CLAIM =
      """
      update delivery_report_due set due_at = ?, attempts = attempts + 1
      where batch_id = (
        select batch_id from delivery_report_due where due_at <= ?
        order by due_at limit 1 for update skip locked)
      returning batch_id, since, attempts, told
      """;

  private static final String TOLD =
      "update delivery_report_due set told = told || ? where batch_id = ?";

  private static final String PUT_BACK =
      "update delivery_report_due set due_at = ? where batch_id = ? and attempts = ?";

  private static final String REMOVE =
      "delete from delivery_report_due where batch_id = ? and attempts = ?";

  /** What happened while the report was under way belongs into the next one. */
  private static final String KEEP =
      """
      update delivery_report_due set since = ?, due_at = ?, told = '{}'
      where batch_id = ?
      """;

  private final AgroalDataSource database;
  private final ReportConfig config;
  private final Clock clock;

  ReportQueue(@DataSource("batch") AgroalDataSource database, BatchConfig config, Clock clock) {
    this.database = database;
    this.config = config.deliveryReports();
    this.clock = clock;
  }

  /**
   * A report that is to be sent now.
   *
   * @param since when it became due
   * @param attempt counted from 1
   * @param told who has it already
   */
  record Due(BatchId batch, Instant since, int attempt, List<String> told) {}

  /** Nothing of these batches waits to be sent any more. For a transaction of the caller's. */
  public void settled(Collection<BatchId> batches) throws SQLException {
    add(SETTLED, batches, config.settledFor());
  }

  /** Messages of these batches did not arrive. For a transaction of the caller's. */
  public void undelivered(Collection<BatchId> batches) throws SQLException {
    add(LATE, batches, config.lateAfter());
  }

  private void add(String sql, Collection<BatchId> batches, Duration after) throws SQLException {
    if (batches.isEmpty()) {
      return;
    }
    Instant now = clock.instant();
    try (Connection connection = database.getConnection();
        PreparedStatement insert = connection.prepareStatement(sql)) {
      insert.setTimestamp(1, Timestamp.from(now));
      insert.setTimestamp(2, Timestamp.from(now.plus(after)));
      insert.setArray(
          3, connection.createArrayOf("uuid", batches.stream().map(BatchId::value).toArray()));
      insert.executeUpdate();
    }
  }

  /** Batches that were started long ago and still have messages waiting. */
  void addOpen() throws SQLException {
    Instant now = clock.instant();
    try (Connection connection = database.getConnection();
        PreparedStatement insert = connection.prepareStatement(OPEN)) {
      insert.setTimestamp(1, Timestamp.from(now));
      insert.setTimestamp(2, Timestamp.from(now));
      insert.setTimestamp(3, Timestamp.from(now.minus(config.openFor())));
      insert.executeUpdate();
    }
  }

  /** The one that has waited the longest; nobody else takes it up before the lease is over. */
  Optional<Due> claim(Duration lease) throws SQLException {
    Instant now = clock.instant();
    try (Connection connection = database.getConnection();
        PreparedStatement claim = connection.prepareStatement(CLAIM)) {
      claim.setTimestamp(1, Timestamp.from(now.plus(lease)));
      claim.setTimestamp(2, Timestamp.from(now));
      try (ResultSet row = claim.executeQuery()) {
        return row.next()
            ? Optional.of(
                new Due(
                    new BatchId(row.getObject(1, UUID.class)),
                    row.getTimestamp(2).toInstant(),
                    row.getInt(3),
                    List.of((String[]) row.getArray(4).getArray())))
            : Optional.empty();
      }
    }
  }

  void told(Due due, String recipient) throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement update = connection.prepareStatement(TOLD)) {
      update.setString(1, recipient);
      update.setObject(2, due.batch().value());
      update.executeUpdate();
    }
  }

  void putBack(Due due, Duration after) throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement update = connection.prepareStatement(PUT_BACK)) {
      update.setTimestamp(1, Timestamp.from(clock.instant().plus(after)));
      update.setObject(2, due.batch().value());
      update.setInt(3, due.attempt());
      update.executeUpdate();
    }
  }

  /** The report is sent, or there is none to send. For a transaction of the caller's. */
  void remove(Due due) throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement remove = connection.prepareStatement(REMOVE);
        PreparedStatement keep = connection.prepareStatement(KEEP)) {
      remove.setObject(1, due.batch().value());
      remove.setInt(2, due.attempt());
      if (remove.executeUpdate() == 0) {
        Instant now = clock.instant();
        keep.setTimestamp(1, Timestamp.from(now));
        keep.setTimestamp(2, Timestamp.from(now.plus(config.lateAfter())));
        keep.setObject(3, due.batch().value());
        keep.executeUpdate();
      }
    }
  }
}
