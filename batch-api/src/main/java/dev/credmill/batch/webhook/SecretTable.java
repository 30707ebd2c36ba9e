package dev.credmill.batch.webhook;

import io.agroal.api.AgroalDataSource;
import io.quarkus.agroal.DataSource;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

@ApplicationScoped
class SecretTable {
  private static final String END =
      """
      update webhook_secret set ends_at = least(coalesce(ends_at, ?), ?)
      where webhook_id = ?
      """;

  private static final String FORGET =
      """
      delete from webhook_secret
      where webhook_id = ? and (ends_at <= ? or number <= (
        select max(number) from webhook_secret where webhook_id = ?) - ?)
      """;

  private final AgroalDataSource database;

  SecretTable(@DataSource("batch") AgroalDataSource database) {
    this.database = database;
  }

  /**
   * One encrypted secret.
   *
   * @param endsAt null for the newest
   */
  record Entry(int number, byte[] wrapped, Instant createdAt, Instant endsAt) {}

  /** The newest first. */
  List<Entry> of(UUID webhook, Instant now) throws SQLException {
    List<Entry> entries = new ArrayList<>();
    try (Connection connection = database.getConnection();
        PreparedStatement select =
            connection.prepareStatement(
                """
                select number, wrapped, created_at, ends_at from webhook_secret
                where webhook_id = ? and (ends_at is null or ends_at > ?)
                order by number desc
                """)) {
      select.setObject(1, webhook);
      select.setTimestamp(2, Timestamp.from(now));
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          Timestamp endsAt = row.getTimestamp(4);
          entries.add(
              new Entry(
                  row.getInt(1),
                  row.getBytes(2),
                  row.getTimestamp(3).toInstant(),
                  endsAt == null ? null : endsAt.toInstant()));
        }
      }
    }
    return entries;
  }

  void insert(UUID webhook, int number, byte[] wrapped, Instant now) throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement insert =
            connection.prepareStatement(
                """
                insert into webhook_secret (webhook_id, number, wrapped, created_at)
                values (?, ?, ?, ?)
                """)) {
      insert.setObject(1, webhook);
      insert.setInt(2, number);
      insert.setBytes(3, wrapped);
      insert.setTimestamp(4, Timestamp.from(now));
      insert.executeUpdate();
    }
  }

  /** Has those that sign now end at that time, unless they end before. */
  void end(UUID webhook, Instant at) throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement update = connection.prepareStatement(END)) {
      update.setTimestamp(1, Timestamp.from(at));
      update.setTimestamp(2, Timestamp.from(at));
      update.setObject(3, webhook);
      update.executeUpdate();
    }
  }

  /** Deletes what has ended, and all but the newest. */
  void forget(UUID webhook, Instant now, int newest) throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement delete = connection.prepareStatement(FORGET)) {
      delete.setObject(1, webhook);
      delete.setTimestamp(2, Timestamp.from(now));
      delete.setObject(3, webhook);
      delete.setInt(4, newest);
      delete.executeUpdate();
    }
  }
}
