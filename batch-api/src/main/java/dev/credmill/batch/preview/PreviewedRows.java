package dev.credmill.batch.preview;

import dev.credmill.batch.Batch;
import dev.credmill.contracts.id.RowId;
import dev.credmill.contracts.problem.ProblemException;
import dev.credmill.contracts.problem.ProblemType;
import dev.credmill.contracts.registry.CredentialDefinition;
import dev.credmill.contracts.registry.Registry;
import io.agroal.api.AgroalDataSource;
import io.quarkus.agroal.DataSource;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** Reads the row that is to be previewed. */
@ApplicationScoped
class PreviewedRows {
  private static final String SELECT =
      """
      select number, definition, first_name, last_name, email, phone, language, expiration, claims,
             claims is null or issue = 'INVALID' as invalid
      from sheet_row
      where batch_id = ? and number = ?
      """;
  private final AgroalDataSource database;
  private final Registry registry;

  PreviewedRows(@DataSource("batch") AgroalDataSource database, Registry registry) {
    this.database = database;
    this.registry = registry;
  }

  /**
   * @throws ProblemException when the batch has no such row, or one with errors
   */
  PreviewedRow get(Batch batch, int number) {
    try (Connection connection = database.getConnection();
        PreparedStatement select = connection.prepareStatement(SELECT)) {
      select.setObject(1, batch.id);
      select.setInt(2, number);
      try (ResultSet row = select.executeQuery()) {
        if (!row.next()) {
          throw ProblemType.NOT_FOUND.because(
              "The batch has no such row; rows count from 2, as in the sheet");
        }
        return read(batch, row);
      }
    } catch (SQLException e) {
      throw new IllegalStateException("the row could not be read", e);
    }
  }

  private PreviewedRow read(Batch batch, ResultSet row) throws SQLException {
    if (row.getBoolean("invalid")) {
      throw ProblemType.CONFLICT.because(
          "This row has errors, so nothing can be made of it yet: correct the row first, see GET /v1/batches/%s/errors"
              .formatted(batch.id));
    }
    return new PreviewedRow(
        new RowId(batch.batchId(), row.getInt("number")),
        definition(batch, row.getInt("definition")),
        row.getString("first_name"),
        row.getString("last_name"),
        row.getString("email"),
        row.getString("phone"),
        row.getString("language"),
        row.getString("expiration"),
        row.getString("claims"));
  }

  /** What the row is to become. */
  private CredentialDefinition definition(Batch batch, int place) {
    return registry
        .definition(batch.organizationId(), batch.definitionIds.get(place))
        .orElseThrow();
  }
}
