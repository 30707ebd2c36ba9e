package dev.credmill.notification.delivery;

import io.agroal.api.AgroalDataSource;
import io.quarkus.agroal.DataSource;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;

/**
 * The table {@code early_return}: messages that came back for a passing reason before it was
 * recorded that they went out. They wait until it is, for of a message that is under way nothing
 * follows from that. For a transaction of the caller's.
 */
@ApplicationScoped
class EarlyReturns {
  private static final String KEEP =
      """
      insert into early_return (message, returned_at, words)
      select distinct on (message) message, returned_at, words
      from unnest(?::uuid[], ?::timestamptz[], ?::text[]) as early (message, returned_at, words)
      order by message
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

  void keep(List<Report.Bounced> early) throws SQLException {
    if (early.isEmpty()) {
      return;
    }
    try (Connection connection = database.getConnection();
        PreparedStatement keep = connection.prepareStatement(KEEP)) {
      keep.setArray(1, array(connection, "uuid", early, Report.Bounced::message));
      keep.setArray(2, array(connection, "text", early, bounced -> bounced.at().toString()));
      // Servers may say anything; PostgreSQL takes no NUL.
      keep.setArray(
          3, array(connection, "text", early, bounced -> bounced.words().replace('\0', ' ')));
      keep.executeUpdate();
    }
  }

  private static Array array(
      Connection connection,
      String type,
      List<Report.Bounced> list,
      Function<Report.Bounced, ?> element)
      throws SQLException {
    return connection.createArrayOf(type, list.stream().map(element).toArray());
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
