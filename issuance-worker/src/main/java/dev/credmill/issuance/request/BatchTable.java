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
import java.util.UUID;

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
                select batch_id, number, organization, kid, secret_version, batch_size, status_start
                from batch
                where batch_id = ?
                """)) {
      statement.setObject(1, id.value());
      return read(statement);
    } catch (SQLException e) {
      throw new IllegalStateException("a batch was not read", e);
    }
  }

  Optional<Batch> numbered(long number) {
    try (Connection connection = database.getConnection();
        PreparedStatement statement =
            connection.prepareStatement(
                """
                select batch_id, number, organization, kid, secret_version, batch_size, status_start
                from batch
                where number = ?
                """)) {
      statement.setLong(1, number);
      return read(statement);
    } catch (SQLException e) {
      throw new IllegalStateException("a batch was not read", e);
    }
  }

  private static Optional<Batch> read(PreparedStatement statement) throws SQLException {
    try (ResultSet rows = statement.executeQuery()) {
      return rows.next()
          ? Optional.of(
              new Batch(
                  new BatchId(rows.getObject(1, UUID.class)),
                  rows.getLong(2),
                  new OrganizationId(rows.getString(3)),
                  rows.getString(4),
                  rows.getShort(5),
                  rows.getInt(6),
                  rows.getLong(7)))
          : Optional.empty();
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
