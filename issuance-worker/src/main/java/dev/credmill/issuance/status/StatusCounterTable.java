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
  Counter lock(OrganizationId organization, ListPurpose.Kind kind, int listSize) {
    try (Connection connection = database.getConnection()) {
      try (PreparedStatement statement =
          connection.prepareStatement(
              """
              insert into status_counter (organization, kind, list_size, next)
              values (?, ?, ?, 0)
              on conflict (organization, kind) do nothing
              """)) {
        statement.setString(1, organization.value());
        statement.setString(2, kind.name());
        statement.setInt(3, listSize);
        statement.executeUpdate();
      }
      try (PreparedStatement statement =
          connection.prepareStatement(
              """
              select list_size, next from status_counter where organization = ? and kind = ? for update
              """)) {
        statement.setString(1, organization.value());
        statement.setString(2, kind.name());
        try (ResultSet rows = statement.executeQuery()) {
          rows.next();
          return new Counter(rows.getInt(1), rows.getLong(2));
        }
      }
    } catch (SQLException e) {
      throw new IllegalStateException("a status counter was not locked", e);
    }
  }

  void advance(OrganizationId organization, ListPurpose.Kind kind, long next) {
    try (Connection connection = database.getConnection();
        PreparedStatement statement =
            connection.prepareStatement(
                "update status_counter set next = ? where organization = ? and kind = ? and next < ?")) {
      statement.setLong(1, next);
      statement.setString(2, organization.value());
      statement.setString(3, kind.name());
      statement.setLong(4, next);
      statement.executeUpdate();
    } catch (SQLException e) {
      throw new IllegalStateException("a status counter was not advanced", e);
    }
  }

  Optional<Integer> listSize(OrganizationId organization, ListPurpose.Kind kind) {
    try (Connection connection = database.getConnection();
        PreparedStatement statement =
            connection.prepareStatement(
                "select list_size from status_counter where organization = ? and kind = ?")) {
      statement.setString(1, organization.value());
      statement.setString(2, kind.name());
      try (ResultSet rows = statement.executeQuery()) {
        return rows.next() ? Optional.of(rows.getInt(1)) : Optional.empty();
      }
    } catch (SQLException e) {
      throw new IllegalStateException("a status counter was not read", e);
    }
  }
}
