package dev.credmill.issuance.request;

import io.agroal.api.AgroalDataSource;
import io.quarkus.agroal.DataSource;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** What of a batch was issued, for changes of its status. */
@ApplicationScoped
class IssuedTable {
  private final AgroalDataSource database;

  IssuedTable(@DataSource("issuance") AgroalDataSource database) {
    this.database = database;
  }

  /**
   * A copy that a holder claimed.
   *
   * @param tokenList its token status list, with its index there; null where it has none
   * @param statusNumber of its entries in the bitstring lists; null where it has none
   */
  record Copy(int row, UUID tokenList, int tokenIndex, Long statusNumber) {}

  /**
   * Holds those of these rows that are issued until the transaction at hand ends, in their order: a
   * claim of a copy waits, and a second change too.
   *
   * @return by row, the definition that it was issued from
   */
  Map<Integer, String> hold(long batchNumber, List<Integer> rows) {
    try (Connection connection = database.getConnection();
        PreparedStatement statement =
            connection.prepareStatement(
                """
                select c.row_number, d.definition_id
                from credential c
                join batch_definition d on d.number = c.batch_definition
                where c.batch_number = ? and c.row_number = any(?) and c.format = 0 and c.copy = 0
                order by c.row_number
                for no key update of c
                """)) {
      statement.setLong(1, batchNumber);
      statement.setArray(2, connection.createArrayOf("integer", rows.toArray()));
      try (ResultSet found = statement.executeQuery()) {
        Map<Integer, String> definitions = new HashMap<>();
        while (found.next()) {
          definitions.put(found.getInt(1), found.getString(2));
        }
        return definitions;
      }
    } catch (SQLException e) {
      throw new IllegalStateException("issued rows were not held", e);
    }
  }

  /** The copies of these rows. */
  List<Copy> copies(long batchNumber, List<Integer> rows) {
    try (Connection connection = database.getConnection();
        PreparedStatement statement =
            connection.prepareStatement(
                """
                select row_number, token_status_list, token_status_index, status_number
                from credential_copy
                where batch_number = ? and row_number = any(?)
                """)) {
      statement.setLong(1, batchNumber);
      statement.setArray(2, connection.createArrayOf("integer", rows.toArray()));
      try (ResultSet found = statement.executeQuery()) {
        List<Copy> copies = new ArrayList<>();
        while (found.next()) {
          copies.add(
              new Copy(
                  found.getInt(1),
                  found.getObject(2, UUID.class),
                  found.getInt(3),
                  found.getObject(4, Long.class)));
        }
        return copies;
      }
    } catch (SQLException e) {
      throw new IllegalStateException("copies were not read", e);
    }
  }
}
