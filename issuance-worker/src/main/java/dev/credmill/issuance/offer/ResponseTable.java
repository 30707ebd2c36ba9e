package dev.credmill.issuance.offer;

import io.agroal.api.AgroalDataSource;
import io.quarkus.agroal.DataSource;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;

/** The table {@code credential_response}: what wallets got, and what they say became of it. */
@ApplicationScoped
class ResponseTable {
  private final AgroalDataSource database;

  ResponseTable(@DataSource("issuance") AgroalDataSource database) {
    this.database = database;
  }

  void insert(Secret notificationId, StoredOffer offer, Instant now) {
    try (Connection connection = database.getConnection();
        PreparedStatement statement =
            connection.prepareStatement(
                """
                insert into credential_response (notification_hash, offer, issued_at)
                values (?, ?, ?)
                """)) {
      statement.setBytes(1, notificationId.hash());
      statement.setLong(2, offer.number());
      statement.setTimestamp(3, Timestamp.from(now));
      statement.executeUpdate();
    } catch (SQLException e) {
      throw new IllegalStateException("a response was not recorded", e);
    }
  }

  /** Writes down what a wallet says; false where that offer has no such notification. */
  boolean report(Secret notificationId, StoredOffer offer, WalletEvent event) {
    try (Connection connection = database.getConnection();
        PreparedStatement statement =
            connection.prepareStatement(
                """
                update credential_response set event = ?
                where notification_hash = ? and offer = ?
                """)) {
      statement.setString(1, event.name());
      statement.setBytes(2, notificationId.hash());
      statement.setLong(3, offer.number());
      return statement.executeUpdate() == 1;
    } catch (SQLException e) {
      throw new IllegalStateException("a report was not recorded", e);
    }
  }

  /** Whether the wallet has, as far as it said, something of what it got. */
  boolean holdsAny(StoredOffer offer) {
    try (Connection connection = database.getConnection();
        PreparedStatement statement =
            connection.prepareStatement(
                """
                select exists (
                  select from credential_response
                  where offer = ? and (event is null or event = ?))
                """)) {
      statement.setLong(1, offer.number());
      statement.setString(2, WalletEvent.CREDENTIAL_ACCEPTED.name());
      try (ResultSet result = statement.executeQuery()) {
        result.next();
        return result.getBoolean(1);
      }
    } catch (SQLException e) {
      throw new IllegalStateException("responses were not read", e);
    }
  }
}
