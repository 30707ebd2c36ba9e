package dev.credmill.notification;

import dev.credmill.contracts.id.RowId;
import io.agroal.api.AgroalDataSource;
import io.quarkus.agroal.DataSource;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** A look over the service's shoulder, and the hand of a crash. */
@ApplicationScoped
class DeliveryTable {
  private final AgroalDataSource database;

  DeliveryTable(@DataSource("notification") AgroalDataSource database) {
    this.database = database;
  }

  /** One column of the row's delivery as text. */
  String read(RowId row, String expression) {
    try (Connection connection = database.getConnection();
        PreparedStatement statement =
            connection.prepareStatement(
                "select (%s)::text from delivery where batch_id = ? and row_number = ?"
                    .formatted(expression))) {
      statement.setObject(1, row.batch().value());
      statement.setInt(2, row.number());
      try (ResultSet result = statement.executeQuery()) {
        return result.next() ? result.getString(1) : "no such delivery";
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  void update(RowId row, String assignments) {
    try (Connection connection = database.getConnection();
        PreparedStatement statement =
            connection.prepareStatement(
                "update delivery set %s where batch_id = ? and row_number = ?"
                    .formatted(assignments))) {
      statement.setObject(1, row.batch().value());
      statement.setInt(2, row.number());
      statement.executeUpdate();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
