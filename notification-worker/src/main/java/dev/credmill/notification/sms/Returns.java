package dev.credmill.notification.sms;

import dev.credmill.notification.delivery.Report;
import dev.credmill.notification.delivery.Reports;
import io.agroal.api.AgroalDataSource;
import io.quarkus.agroal.DataSource;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * Takes what gateways report of messages. They may report a failure before it is recorded that the
 * message went out, and a passing failure of a message that is under way would say nothing: so
 * those wait in the table {@code sms_return} until it is.
 */
@ApplicationScoped
public class Returns {
  private static final String KEEP =
      """
      insert into sms_return (message, returned_at, words) values (?, ?::timestamptz, ?)
      on conflict (message) do nothing
      """;

  /** Of a message that nobody knows nothing will ever be recorded. */
  private static final String RIPE =
      """
      select sms_return.message, returned_at, words from sms_return
      where not exists (
        select from delivery where delivery.message = sms_return.message
          and delivery.status = 'SENDING')
      limit ?
      """;

  private static final String FORGET = "delete from sms_return where message = any(?)";
  private static final int CHUNK = 500;
  private final AgroalDataSource database;
  private final Reports reports;

  Returns(@DataSource("notification") AgroalDataSource database, Reports reports) {
    this.database = database;
    this.reports = reports;
  }

  /** Takes the reports, for good: no redelivery is needed once this returns. */
  public void add(List<Report> said) {
    List<Report> atOnce = new ArrayList<>(said.size());
    for (Report report : said) {
      if (report instanceof Report.Bounced bounced && !bounced.lasting()) {
        keep(bounced);
      } else {
        atOnce.add(report);
      }
    }
    if (!atOnce.isEmpty()) {
      reports.add(atOnce);
    }
  }

  private void keep(Report.Bounced bounced) {
    try (Connection connection = database.getConnection();
        PreparedStatement keep = connection.prepareStatement(KEEP)) {
      keep.setObject(1, bounced.message());
      keep.setString(2, bounced.at().toString());
      keep.setString(3, bounced.words());
      keep.executeUpdate();
    } catch (SQLException e) {
      throw trouble(e);
    }
  }

  @Scheduled(
      identity = "notification-sms-returns",
      every = "2s",
      concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
  void report() {
    List<Report> ripe = ripe();
    if (!ripe.isEmpty()) {
      reports.add(ripe);
      forget(ripe.stream().map(Report::message).toList());
    }
  }

  private List<Report> ripe() {
    List<Report> ripe = new ArrayList<>();
    try (Connection connection = database.getConnection();
        PreparedStatement select = connection.prepareStatement(RIPE)) {
      select.setInt(1, CHUNK);
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          ripe.add(
              new Report.Bounced(
                  row.getObject("message", UUID.class),
                  row.getTimestamp("returned_at").toInstant(),
                  row.getString("words"),
                  false));
        }
      }
      return ripe;
    } catch (SQLException e) {
      throw trouble(e);
    }
  }

  private void forget(List<UUID> messages) {
    try (Connection connection = database.getConnection();
        PreparedStatement delete = connection.prepareStatement(FORGET)) {
      delete.setArray(1, connection.createArrayOf("uuid", messages.toArray()));
      delete.executeUpdate();
    } catch (SQLException e) {
      throw trouble(e);
    }
  }

  private static IllegalStateException trouble(SQLException e) {
    return new IllegalStateException("what gateways report could not be kept", e);
  }
}
