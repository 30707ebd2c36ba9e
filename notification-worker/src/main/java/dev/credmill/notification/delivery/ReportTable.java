package dev.credmill.notification.delivery;

import dev.credmill.contracts.event.DeliveryRequested.Purpose;
import dev.credmill.contracts.event.DeliveryStatus;
import dev.credmill.contracts.event.Medium;
import dev.credmill.contracts.id.BatchId;
import dev.credmill.contracts.id.OrganizationId;
import dev.credmill.contracts.id.RowId;
import io.agroal.api.AgroalDataSource;
import io.quarkus.agroal.DataSource;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;

/** The table {@code delivery} as others name its messages. For a transaction of the caller's. */
@ApplicationScoped
class ReportTable {
  private static final String LOCK =
      """
      select message, batch_id, row_number, medium, purpose, generation, organization, contact,
        status, coalesce(settled_at, requested_at) as at, due_at, returns, problem
      from delivery where message = any(?)
      order by message for update
      """;

  /**
   * The row is locked, so its state is known. What is sent once more has its time and its attempts
   * before it again.
   */
  private static final String CHANGE =
      """
      update delivery set status = report.status, due_at = report.due_at,
        settled_at = case when report.due_at is null then report.at end,
        returns = report.returns, problem = report.problem, announced = false,
        requested_at = coalesce(report.due_at, delivery.requested_at),
        attempts = case when report.due_at is null then delivery.attempts else 0 end
      from unnest(?::uuid[], ?::text[], ?::timestamptz[], ?::timestamptz[], ?::int[], ?::jsonb[])
        as report (message, status, at, due_at, returns, problem)
      where delivery.message = report.message
      """;

  private final AgroalDataSource database;
  private final StoredProblems problems;

  ReportTable(@DataSource("notification") AgroalDataSource database, StoredProblems problems) {
    this.database = database;
    this.problems = problems;
  }

  /** Those deliveries, as far as there are such, held until the transaction ends. */
  Map<UUID, Reported> lock(Collection<UUID> messages) throws SQLException {
    Map<UUID, Reported> found = new HashMap<>();
    try (Connection connection = database.getConnection();
        PreparedStatement select = connection.prepareStatement(LOCK)) {
      select.setArray(1, connection.createArrayOf("uuid", messages.toArray()));
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          Reported reported = reported(row);
          found.put(reported.message(), reported);
        }
      }
    }
    return found;
  }

  private Reported reported(ResultSet row) throws SQLException {
    return new Reported(
        row.getObject("message", UUID.class),
        new DeliveryKey(
            new RowId(new BatchId(row.getObject("batch_id", UUID.class)), row.getInt("row_number")),
            Medium.valueOf(row.getString("medium")),
            Purpose.valueOf(row.getString("purpose")),
            row.getInt("generation")),
        new OrganizationId(row.getString("organization")),
        row.getString("contact"),
        DeliveryStatus.valueOf(row.getString("status")),
        row.getTimestamp("at").toInstant(),
        instant(row.getTimestamp("due_at")),
        row.getInt("returns"),
        problems.problem(row.getString("problem")));
  }

  void change(List<Reported> changed) throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement update = connection.prepareStatement(CHANGE)) {
      update.setArray(1, array(connection, "uuid", changed, Reported::message));
      update.setArray(2, array(connection, "text", changed, r -> r.status().name()));
      update.setArray(3, array(connection, "text", changed, r -> r.at().toString()));
      update.setArray(
          4,
          array(connection, "text", changed, r -> r.dueAt() == null ? null : r.dueAt().toString()));
      update.setArray(5, array(connection, "int4", changed, Reported::returns));
      update.setArray(6, array(connection, "text", changed, r -> problems.text(r.problem())));
      update.executeUpdate();
    }
  }

  private static Array array(
      Connection connection, String type, List<Reported> list, Function<Reported, ?> element)
      throws SQLException {
    return connection.createArrayOf(type, list.stream().map(element).toArray());
  }

  private static Instant instant(Timestamp time) {
    return time == null ? null : time.toInstant();
  }
}
