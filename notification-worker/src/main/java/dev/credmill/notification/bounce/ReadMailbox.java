package dev.credmill.notification.bounce;

import io.agroal.api.AgroalDataSource;
import io.quarkus.agroal.DataSource;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** The table {@code bounce_mailbox}: how far a mailbox was read. */
@ApplicationScoped
class ReadMailbox {
  private static final String SELECT =
      "select last_uid from bounce_mailbox where mailbox = ? and uid_validity = ?";

  /** Only ever forward, whoever else reads it. */
  private static final String MOVE =
      """
      insert into bounce_mailbox as read (mailbox, uid_validity, last_uid) values (?, ?, ?)
      on conflict (mailbox) do update
      set uid_validity = excluded.uid_validity, last_uid = excluded.last_uid
      where read.uid_validity <> excluded.uid_validity or read.last_uid < excluded.last_uid
      """;

  private final AgroalDataSource database;

  ReadMailbox(@DataSource("notification") AgroalDataSource database) {
    this.database = database;
  }

  /** The UID of the last message that was read; 0 for none. */
  long lastUid(String mailbox, long uidValidity) throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement select = connection.prepareStatement(SELECT)) {
      select.setString(1, mailbox);
      select.setLong(2, uidValidity);
      try (ResultSet row = select.executeQuery()) {
        return row.next() ? row.getLong(1) : 0;
      }
    }
  }

  void moveTo(String mailbox, long uidValidity, long uid) throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement move = connection.prepareStatement(MOVE)) {
      move.setString(1, mailbox);
      move.setLong(2, uidValidity);
      move.setLong(3, uid);
      move.executeUpdate();
    }
  }
}
