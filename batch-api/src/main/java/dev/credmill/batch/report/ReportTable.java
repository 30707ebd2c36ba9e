package dev.credmill.batch.report;

import dev.credmill.batch.report.DeliveryReport.Before;
import dev.credmill.batch.report.DeliveryReport.Tally;
import dev.credmill.batch.row.DeliveryReasons;
import dev.credmill.contracts.event.Medium;
import dev.credmill.contracts.id.BatchId;
import dev.credmill.contracts.id.OrganizationId;
import io.agroal.api.AgroalDataSource;
import io.quarkus.agroal.DataSource;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Reads what a report says, and remembers what was said. */
@ApplicationScoped
class ReportTable {
  private static final String SELECT =
      """
      select b.organization, coalesce(b.label, b.file_name) as name, b.status, s.recipients,
             coalesce(d.number, 0) + 1 as number, d.undelivered, d.waiting,
             b.email_pending + b.email_sending as email_waiting, b.email_sent, b.email_delivered,
             b.email_failed, b.email_bounced, b.email_suppressed,
             b.sms_pending + b.sms_sending as sms_waiting, b.sms_sent, b.sms_delivered,
             b.sms_failed, b.sms_bounced, b.sms_suppressed
      from batch_overview b
      join delivery_report_settings s on s.organization = b.organization
      left join delivery_report d on d.batch_id = b.id
      where b.id = ?
      """;

  private static final String SENT =
      """
      insert into delivery_report (batch_id, number, undelivered, waiting, sent_at) values (?, ?, ?, ?, ?)
      on conflict (batch_id) do update
      set number = excluded.number, undelivered = excluded.undelivered, waiting = excluded.waiting,
          sent_at = excluded.sent_at
      """;

  private final AgroalDataSource database;
  private final DeliveryReasons reasons;
  private final Clock clock;

  ReportTable(
      @DataSource("batch") AgroalDataSource database, DeliveryReasons reasons, Clock clock) {
    this.database = database;
    this.reasons = reasons;
    this.clock = clock;
  }

  /** Empty where nobody is to be told any more. */
  Optional<DeliveryReport> read(BatchId batch) throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement select = connection.prepareStatement(SELECT)) {
      select.setObject(1, batch.value());
      try (ResultSet row = select.executeQuery()) {
        return row.next() ? Optional.of(report(batch, row)) : Optional.empty();
      }
    }
  }

  private DeliveryReport report(BatchId batch, ResultSet row) throws SQLException {
    Map<Medium, Tally> tallies = new EnumMap<>(Medium.class);
    for (Medium medium : Medium.values()) {
      Tally tally = tally(row, medium.name().toLowerCase(Locale.ROOT));
      if (tally.all() > 0) {
        tallies.put(medium, tally);
      }
    }
    return new DeliveryReport(
        batch,
        new OrganizationId(row.getString("organization")),
        row.getString("name"),
        row.getString("status"),
        row.getInt("number"),
        before(row),
        List.of((String[]) row.getArray("recipients").getArray()),
        tallies,
        reasons.of(batch));
  }

  private static Before before(ResultSet row) throws SQLException {
    int undelivered = row.getInt("undelivered");
    return row.wasNull() ? null : new Before(undelivered, row.getInt("waiting"));
  }

  private static Tally tally(ResultSet row, String medium) throws SQLException {
    return new Tally(
        row.getInt(medium + "_waiting"),
        row.getInt(medium + "_sent"),
        row.getInt(medium + "_delivered"),
        row.getInt(medium + "_failed"),
        row.getInt(medium + "_bounced"),
        row.getInt(medium + "_suppressed"));
  }

  /** For a transaction of the caller's. */
  void sent(DeliveryReport report) throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement insert = connection.prepareStatement(SENT)) {
      insert.setObject(1, report.batch().value());
      insert.setInt(2, report.number());
      insert.setInt(3, report.undelivered());
      insert.setInt(4, report.waiting());
      insert.setTimestamp(5, Timestamp.from(clock.instant()));
      insert.executeUpdate();
    }
  }
}
