package dev.credmill.notification.sms.limit;

import dev.credmill.contracts.id.OrganizationId;
import dev.credmill.notification.sms.Sms;
import io.agroal.api.AgroalDataSource;
import io.quarkus.agroal.DataSource;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The table {@code sms_usage}, and what it is made of. For transactions of the caller's. */
@ApplicationScoped
class UsageTable {
  private static final String BEGIN =
      """
      insert into sms_usage (organization, period, first_day, segments)
      values (?, 'DAY', ?, 0), (?, 'MONTH', ?, 0)
      on conflict (organization, period, first_day) do nothing
      """;
  private static final String SELECT =
      """
      select period, segments from sms_usage
      where organization = ? and ((period = 'DAY' and first_day = ?)
        or (period = 'MONTH' and first_day = ?))
      order by period
      """;
  private static final String ADD =
      """
      update sms_usage set segments = segments + ?
      where organization = ? and ((period = 'DAY' and first_day = ?)
        or (period = 'MONTH' and first_day = ?))
      """;

  /** A message that went out twice was paid twice. Locked in order: reports lock so, too. */
  private static final String RECORD =
      """
      with sent as materialized (
        select delivery.message, sent.segments
        from unnest(?::uuid[], ?::int[]) as sent (message, segments)
        join delivery on delivery.message = sent.message
        order by delivery.message for update of delivery)
      update delivery set segments = coalesce(delivery.segments, 0) + sent.segments
      from sent where delivery.message = sent.message
      """;

  /** What the limits held, known by when they would let it go. */
  private static final String RELEASE =
      """
      update delivery set due_at = ?::timestamptz
      where medium = 'SMS' and organization = ? and status = 'PENDING'
        and due_at in (?::timestamptz, ?::timestamptz)
      """;

  private final AgroalDataSource database;

  UsageTable(@DataSource("notification") AgroalDataSource database) {
    this.database = database;
  }

  /** The segments counted so far, held until the transaction ends. */
  Map<Period, Integer> lock(OrganizationId organization, LocalDate day) {
    try (Connection connection = database.getConnection()) {
      try (PreparedStatement begin = connection.prepareStatement(BEGIN)) {
        begin.setString(1, organization.value());
        begin.setObject(2, Period.DAY.first(day));
        begin.setString(3, organization.value());
        begin.setObject(4, Period.MONTH.first(day));
        begin.executeUpdate();
      }
      return select(connection, SELECT + " for update", organization, day);
    } catch (SQLException e) {
      throw trouble(e);
    }
  }

  /** The segments counted so far. */
  Map<Period, Integer> read(OrganizationId organization, LocalDate day) {
    try (Connection connection = database.getConnection()) {
      return select(connection, SELECT, organization, day);
    } catch (SQLException e) {
      throw trouble(e);
    }
  }

  private static Map<Period, Integer> select(
      Connection connection, String sql, OrganizationId organization, LocalDate day)
      throws SQLException {
    Map<Period, Integer> used = new EnumMap<>(Map.of(Period.DAY, 0, Period.MONTH, 0));
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setString(1, organization.value());
      select.setObject(2, Period.DAY.first(day));
      select.setObject(3, Period.MONTH.first(day));
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          used.put(Period.valueOf(row.getString(1)), row.getInt(2));
        }
      }
    }
    return used;
  }

  /** Counts so many more; fewer where negative. */
  void add(OrganizationId organization, LocalDate day, int segments) {
    try (Connection connection = database.getConnection();
        PreparedStatement add = connection.prepareStatement(ADD)) {
      add.setInt(1, segments);
      add.setString(2, organization.value());
      add.setObject(3, Period.DAY.first(day));
      add.setObject(4, Period.MONTH.first(day));
      add.executeUpdate();
    } catch (SQLException e) {
      throw trouble(e);
    }
  }

  /** Keeps with each delivery how many segments it took. */
  void record(List<Sms> sent) {
    try (Connection connection = database.getConnection();
        PreparedStatement record = connection.prepareStatement(RECORD)) {
      record.setArray(
          1, connection.createArrayOf("uuid", sent.stream().map(Sms::message).toArray()));
      record.setArray(
          2, connection.createArrayOf("int4", sent.stream().map(Sms::segments).toArray()));
      record.executeUpdate();
    } catch (SQLException e) {
      throw trouble(e);
    }
  }

  /** Has what waits for the next day or month tried at once. */
  void release(OrganizationId organization, Instant now) {
    try (Connection connection = database.getConnection();
        PreparedStatement release = connection.prepareStatement(RELEASE)) {
      release.setString(1, now.toString());
      release.setString(2, organization.value());
      release.setString(3, Period.DAY.end(now).toString());
      release.setString(4, Period.MONTH.end(now).toString());
      release.executeUpdate();
    } catch (SQLException e) {
      throw trouble(e);
    }
  }

  private static IllegalStateException trouble(SQLException e) {
    return new IllegalStateException("segments of text messages could not be counted", e);
  }
}
