package dev.credmill.issuance.status;

import dev.credmill.contracts.id.OrganizationId;
import io.agroal.api.AgroalDataSource;
import io.quarkus.agroal.DataSource;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

@ApplicationScoped
class StatusCounterTable {
  private final AgroalDataSource database;

  StatusCounterTable(@DataSource("issuance") AgroalDataSource database) {
    this.database = database;
  }

  /** How far an organization's status entries are given away. */
  record Counter(int listSize, long next) {}

  /**
   * Holds the organization's counter, making it where there is none, until the transaction ends.
   */
  Counter lock(OrganizationId organization, int listSize) {
    try (Connection connection = database.getConnection()) {
      try (PreparedStatement statement =
          connection.prepareStatement(
              """
              insert into status_counter (organization, list_size, next)
              values (?, ?, 0)
              on conflict (organization) do nothing
              """)) {
        statement.setString(1, organization.value());
        statement.setInt(2, listSize);
        statement.executeUpdate();
      }
      try (PreparedStatement statement =
          connection.prepareStatement(
              "select list_size, next from status_counter where organization = ? for update")) {
        statement.setString(1, organization.value());
        try (ResultSet rows = statement.executeQuery()) {
          rows.next();
          return new Counter(rows.getInt(1), rows.getLong(2));
        }
      }
    } catch (SQLException e) {
      throw new IllegalStateException("a status counter was not locked", e);
    }
  }

  void advance(OrganizationId organization, long next) {
    try (Connection connection = database.getConnection();
        PreparedStatement statement =
            connection.prepareStatement(
                "update status_counter set next = ? where organization = ? and next < ?")) {
      statement.setLong(1, next);
      statement.setString(2, organization.value());
      statement.setLong(3, next);
      statement.executeUpdate();
    } catch (SQLException e) {
      throw new IllegalStateException("a status counter was not advanced", e);
    }
  }

  Optional<Integer> listSize(OrganizationId organization) {
    try (Connection connection = database.getConnection();
        PreparedStatement statement =
            connection.prepareStatement(
                "select list_size from status_counter where organization = ?")) {
      statement.setString(1, organization.value());
      try (ResultSet rows = statement.executeQuery()) {
        return rows.next() ? Optional.of(rows.getInt(1)) : Optional.empty();
      }
    } catch (SQLException e) {
      throw new IllegalStateException("a status counter was not read", e);
    }
  }
}
