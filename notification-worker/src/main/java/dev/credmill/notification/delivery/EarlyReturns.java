package dev.credmill.notification.delivery;

import io.agroal.api.AgroalDataSource;
import io.quarkus.agroal.DataSource;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * The table {@code early_return}: messages that came back for a passing reason before it was
 * recorded that they went out. They wait until it is, for of a message that is under way nothing
 * follows from that. For a transaction of the caller's.
 */
@ApplicationScoped
class EarlyReturns {
  private static final String KEEP =
      """
      insert into early_return (message, returned_at, words) values (?, ?::timestamptz, ?)
      on conflict (message) do nothing
      """;
  private static final String TAKE =
      """
      delete from early_return where message in (
        select early_return.message from early_return
        where not exists (
          select from delivery where delivery.message = early_return.message
            and delivery.status = 'SENDING')
        order by early_return.message limit ? for update skip locked)
      returning message, returned_at, words
      """;

  private final AgroalDataSource database;

  EarlyReturns(@DataSource("notification") AgroalDataSource database) {
    this.database = database;
  }

  void keep(Report.Bounced bounced) throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement keep = connection.prepareStatement(KEEP)) {
      keep.setObject(1, bounced.message());
      keep.setString(2, bounced.at().toString());
      keep.setString(3, bounced.words());
      keep.executeUpdate();
    }
  }

  /** Takes those out that need not wait any more. */
  List<Report> take(int most) throws SQLException {
    List<Report> ripe = new ArrayList<>();
    try (Connection connection = database.getConnection();
        PreparedStatement take = connection.prepareStatement(TAKE)) {
      take.setInt(1, most);
      try (ResultSet row = take.executeQuery()) {
        while (row.next()) {
          ripe.add(
              new Report.Bounced(
                  row.getObject("message", UUID.class),
                  row.getTimestamp("returned_at").toInstant(),
                  row.getString("words"),
                  false));
        }
      }
    }
    return ripe;
  }
}
