package dev.credmill.issuance.vcapi;

import io.agroal.api.AgroalDataSource;
import io.quarkus.agroal.DataSource;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.UUID;

/** The table {@code vc_api_status}. For a transaction of the caller's. */
@ApplicationScoped
class StatusOfIssuedTable {
  private final AgroalDataSource database;

  StatusOfIssuedTable(@DataSource("issuance") AgroalDataSource database) {
    this.database = database;
  }

  void insert(UUID list, int index) {
    try (Connection connection = database.getConnection();
        PreparedStatement insert =
            connection.prepareStatement("insert into vc_api_status (list, index) values (?, ?)")) {
      insert.setObject(1, list);
      insert.setInt(2, index);
      insert.executeUpdate();
    } catch (SQLException e) {
      throw new IllegalStateException("a status entry was not kept", e);
    }
  }

  boolean has(UUID list, int index) {
    try (Connection connection = database.getConnection();
        PreparedStatement select =
            connection.prepareStatement("select from vc_api_status where list = ? and index = ?")) {
      select.setObject(1, list);
      select.setInt(2, index);
      try (ResultSet row = select.executeQuery()) {
        return row.next();
      }
    } catch (SQLException e) {
      throw new IllegalStateException("a status entry was not looked up", e);
    }
  }
}
