package dev.credmill.issuance.request;

import dev.credmill.contracts.id.BatchId;
import dev.credmill.contracts.id.OrganizationId;
import io.agroal.api.AgroalDataSource;
import io.quarkus.agroal.DataSource;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Optional;

@ApplicationScoped
class BatchTable {
  private final AgroalDataSource database;

  BatchTable(@DataSource("issuance") AgroalDataSource database) {
    this.database = database;
  }

  Optional<Batch> find(BatchId id) {
    try (Connection connection = database.getConnection();
        PreparedStatement statement =
            connection.prepareStatement(
                """
                select number, organization, kid, secret_version, batch_size, status_start
                from batch
                where batch_id = ?
                """)) {
      statement.setObject(1, id.value());
      try (ResultSet rows = statement.executeQuery()) {
        return rows.next()
            ? Optional.of(
                new Batch(
                    id,
                    rows.getLong(1),
                    new OrganizationId(rows.getString(2)),
                    rows.getString(3),
                    rows.getShort(4),
                    rows.getInt(5),
                    rows.getLong(6)))
            : Optional.empty();
      }
    } catch (SQLException e) {
      throw new IllegalStateException("a batch was not read", e);
    }
  }

  /**
   * @return whether this was the batch's first sight
   */
  boolean insertIfAbsent(
      BatchId id,
      OrganizationId organization,
      String kid,
      short secretVersion,
      int size,
      long statusStart,
      Instant now) {
    try (Connection connection = database.getConnection();
        PreparedStatement statement =
            connection.prepareStatement(
                """
                insert into batch (batch_id, organization, kid, secret_version, batch_size, status_start, created_at)
                values (?, ?, ?, ?, ?, ?, ?)
                on conflict (batch_id) do nothing
                """)) {
      statement.setObject(1, id.value());
      statement.setString(2, organization.value());
      statement.setString(3, kid);
      statement.setShort(4, secretVersion);
      statement.setInt(5, size);
      statement.setLong(6, statusStart);
      statement.setTimestamp(7, Timestamp.from(now));
      return statement.executeUpdate() == 1;
    } catch (SQLException e) {
      throw new IllegalStateException("a batch was not stored", e);
    }
  }
}
