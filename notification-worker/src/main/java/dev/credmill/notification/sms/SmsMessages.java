package dev.credmill.notification.sms;

import io.agroal.api.AgroalDataSource;
import io.quarkus.agroal.DataSource;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** The table {@code sms_message}: what the provider "table" took. */
@ApplicationScoped
public class SmsMessages {
  private final AgroalDataSource database;

  SmsMessages(@DataSource("notification") AgroalDataSource database) {
    this.database = database;
  }

  /** A message in the table; the number ascends by arrival. */
  public record Kept(long number, String recipient, String body, Instant sentAt) {}

  /**
   * The newest messages first.
   *
   * @param before only messages with a smaller number; {@link Long#MAX_VALUE} for the newest
   */
  public List<Kept> newest(int limit, long before) {
    String sql =
        """
        select number, recipient, body, sent_at from sms_message
        where number < ? order by number desc limit ?
        """;
    try (Connection connection = database.getConnection();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setLong(1, before);
      statement.setInt(2, limit);
      List<Kept> messages = new ArrayList<>();
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          messages.add(
              new Kept(
                  row.getLong("number"),
                  row.getString("recipient"),
                  row.getString("body"),
                  row.getTimestamp("sent_at").toInstant()));
        }
      }
      return messages;
    } catch (SQLException e) {
      throw new IllegalStateException("text messages could not be read", e);
    }
  }

  /** Keeps the messages; one that comes again stays as it is. */
  void insert(List<Sms> messages, Instant now) {
    String sql =
        """
        insert into sms_message (message_id, recipient, body, sent_at)
        select message_id, recipient, body, ?::timestamptz
        from unnest(?::text[], ?::text[], ?::text[]) as sms (message_id, recipient, body)
        on conflict (message_id) do nothing
        """;
    try (Connection connection = database.getConnection();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, now.toString());
      statement.setArray(
          2, connection.createArrayOf("text", column(messages, sms -> sms.message().toString())));
      statement.setArray(3, connection.createArrayOf("text", column(messages, Sms::recipient)));
      statement.setArray(
          4, connection.createArrayOf("text", column(messages, sms -> sms.text().words())));
      statement.executeUpdate();
    } catch (SQLException e) {
      throw new IllegalStateException("text messages could not be kept", e);
    }
  }

  /** Deletes what was sent before the given time. */
  public void delete(Instant sentBefore) {
    try (Connection connection = database.getConnection();
        PreparedStatement statement =
            connection.prepareStatement("delete from sms_message where sent_at < ?::timestamptz")) {
      statement.setString(1, sentBefore.toString());
      statement.executeUpdate();
    } catch (SQLException e) {
      throw new IllegalStateException("text messages could not be deleted", e);
    }
  }

  private static Object[] column(List<Sms> messages, Function<Sms, String> column) {
    return messages.stream().map(column).toArray();
  }
}
