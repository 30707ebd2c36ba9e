package dev.credmill.issuance.request;

import io.agroal.api.AgroalDataSource;
import io.quarkus.agroal.DataSource;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;

@ApplicationScoped
class BatchDefinitionTable {
  private final AgroalDataSource database;

  BatchDefinitionTable(@DataSource("issuance") AgroalDataSource database) {
    this.database = database;
  }

  /** The number under which a batch's rows refer to these, given out at their first sight. */
  int number(
      long batchNumber, String definitionId, String certificateTemplateId, Instant validFrom) {
    try (Connection connection = database.getConnection()) {
      try (PreparedStatement statement =
          connection.prepareStatement(
              """
              insert into batch_definition (batch_number, definition_id, certificate_template_id, valid_from)
              values (?, ?, ?, ?)
              on conflict (batch_number, definition_id, certificate_template_id, valid_from) do nothing
              """)) {
        set(statement, batchNumber, definitionId, certificateTemplateId, validFrom);
        statement.executeUpdate();
      }
      try (PreparedStatement statement =
          connection.prepareStatement(
              """
              select number
              from batch_definition
              where batch_number = ? and definition_id = ?
                and certificate_template_id is not distinct from ? and valid_from = ?
              """)) {
        set(statement, batchNumber, definitionId, certificateTemplateId, validFrom);
        try (ResultSet rows = statement.executeQuery()) {
          rows.next();
          return rows.getInt(1);
        }
      }
    } catch (SQLException e) {
      throw new IllegalStateException("a batch's definition was not stored", e);
    }
  }

  private static void set(
      PreparedStatement statement,
      long batchNumber,
      String definitionId,
      String certificateTemplateId,
      Instant validFrom)
      throws SQLException {
    statement.setLong(1, batchNumber);
    statement.setString(2, definitionId);
    statement.setString(3, certificateTemplateId);
    statement.setTimestamp(4, Timestamp.from(validFrom));
  }
}
