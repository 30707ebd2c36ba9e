package dev.credmill.issuance.offer;

import io.agroal.api.AgroalDataSource;
import io.quarkus.agroal.DataSource;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;

@ApplicationScoped
class UsedNonceTable {
  private final AgroalDataSource database;

  UsedNonceTable(@DataSource("issuance") AgroalDataSource database) {
    this.database = database;
  }

  /** Of two who use the same nonce at once, the table lets one have it. */
  boolean insertIfAbsent(byte[] nonce, Instant expiresAt) {
    try (Connection connection = database.getConnection();
        PreparedStatement statement =
            connection.prepareStatement(
                """
                insert into used_nonce (nonce, expires_at) values (?, ?)
                on conflict (nonce) do nothing
                """)) {
      statement.setBytes(1, nonce);
      statement.setTimestamp(2, Timestamp.from(expiresAt));
      return statement.executeUpdate() == 1;
    } catch (SQLException e) {
      throw new IllegalStateException("a nonce was not stored", e);
    }
  }

  /** What has expired proves nothing any more. */
  int delete(Instant expiredBefore) {
    try (Connection connection = database.getConnection();
        PreparedStatement statement =
            connection.prepareStatement("delete from used_nonce where expires_at < ?")) {
      statement.setTimestamp(1, Timestamp.from(expiredBefore));
      return statement.executeUpdate();
    } catch (SQLException e) {
      throw new IllegalStateException("nonces were not deleted", e);
    }
  }
}
