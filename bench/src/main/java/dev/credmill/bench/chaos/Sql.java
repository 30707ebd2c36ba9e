package dev.credmill.bench.chaos;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Questions to the database, as its superuser and past the product. */
final class Sql {
  private final String address;

  Sql(String address) {
    this.address = address;
  }

  Connection connect() throws SQLException {
    return DriverManager.getConnection(address);
  }

  /** How one row of an answer is read. */
  interface Reading<T> {
    T of(ResultSet row) throws SQLException;
  }

  <T> List<T> list(String sql, Reading<T> reading, Object... values) throws SQLException {
    try (Connection connection = connect();
        PreparedStatement select = connection.prepareStatement(sql)) {
      for (int i = 0; i < values.length; i++) {
        select.setObject(i + 1, values[i]);
      }
      List<T> rows = new ArrayList<>();
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          rows.add(reading.of(row));
        }
      }
      return rows;
    }
  }

  List<String> lines(String sql, Object... values) throws SQLException {
    return list(sql, row -> row.getString(1), values);
  }

  long count(String sql, Object... values) throws SQLException {
    return list(sql, row -> row.getLong(1), values).getFirst();
  }
}
