package dev.credmill.issuance.copy;

import dev.credmill.issuance.credential.CredentialFormat;
import dev.credmill.issuance.credential.CredentialTable;
import dev.credmill.issuance.status.StatusPlace;
import io.agroal.api.AgroalDataSource;
import io.quarkus.agroal.DataSource;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Instant;

/** What holders claimed. Nothing of what a copy says is kept: it says what its row says. */
@ApplicationScoped
class CopyTable {
  private final AgroalDataSource database;

  CopyTable(@DataSource("issuance") AgroalDataSource database) {
    this.database = database;
  }

  /**
   * Holds the row until the transaction at hand ends, so that a revocation waits or is seen, and
   * claims of one row are numbered one after the other.
   *
   * @return the number of its next copy
   */
  int hold(CredentialTable.Key row) {
    try (Connection connection = database.getConnection()) {
      try (PreparedStatement statement =
          connection.prepareStatement(
              """
              select from credential
              where batch_number = ? and row_number = ? and format = 0 and copy = 0
              for no key update
              """)) {
        statement.setLong(1, row.batchNumber());
        statement.setInt(2, row.rowNumber());
        try (ResultSet found = statement.executeQuery()) {
          if (!found.next()) {
            throw new IllegalStateException("there is no credential to copy");
          }
        }
      }
      try (PreparedStatement statement =
          connection.prepareStatement(
              """
              select coalesce(max(copy), 0) + 1 from credential_copy
              where batch_number = ? and row_number = ?
              """)) {
        statement.setLong(1, row.batchNumber());
        statement.setInt(2, row.rowNumber());
        try (ResultSet found = statement.executeQuery()) {
          found.next();
          return found.getInt(1);
        }
      }
    } catch (SQLException e) {
      throw new IllegalStateException("a credential was not held", e);
    }
  }

  /**
   * A copy with its entry in a token status list, or its number in the bitstring lists; one of
   * both.
   */
  void insert(
      CredentialTable.Key row,
      int copy,
      CredentialFormat format,
      String holder,
      StatusPlace token,
      Long statusNumber,
      Instant now) {
    try (Connection connection = database.getConnection();
        PreparedStatement statement =
            connection.prepareStatement(
                """
                insert into credential_copy (
                  batch_number, row_number, copy, format, holder, token_status_list, token_status_index,
                  status_number, issued_at)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?)
                """)) {
      statement.setLong(1, row.batchNumber());
      statement.setInt(2, row.rowNumber());
      statement.setInt(3, copy);
      statement.setInt(4, format.code());
      statement.setString(5, holder);
      statement.setObject(6, token == null ? null : token.list().id());
      statement.setObject(7, token == null ? null : token.index(), Types.INTEGER);
      statement.setObject(8, statusNumber, Types.BIGINT);
      statement.setTimestamp(9, Timestamp.from(now));
      statement.executeUpdate();
    } catch (SQLException e) {
      throw new IllegalStateException("a copy was not stored", e);
    }
  }
}
