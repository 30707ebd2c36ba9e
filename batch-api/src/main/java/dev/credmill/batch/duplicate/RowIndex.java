package dev.credmill.batch.duplicate;

import dev.credmill.contracts.id.BatchId;
import dev.credmill.contracts.id.OrganizationId;
import io.agroal.api.AgroalDataSource;
import io.quarkus.agroal.DataSource;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.postgresql.PGConnection;

/** Finds batches by what exactly stands in one of their rows, however many rows there are. */
@ApplicationScoped
public class RowIndex {
  private static final int MOST = 1_000;

  /** The row itself has the last word: entries may outlive it, and hashes may meet. */
  static final String FIND =
      """
      select distinct k.batch_id
      from (select batch_id, number from row_key where hash = any(?) limit 10000) k
      join row r on r.batch_id = k.batch_id and r.number = k.number
      where r.reference = ? or lower(r.email) = lower(?) or r.phone = ?
        or concat_ws(' ', r.first_name, r.last_name) = ?
      limit %d
      """
          .formatted(MOST);

  private final AgroalDataSource database;

  RowIndex(@DataSource("batch") AgroalDataSource database) {
    this.database = database;
  }

  /**
   * The batches with a row of this reference, email address, phone number or, where a row has
   * neither address nor number, full name.
   */
  public List<BatchId> batches(OrganizationId organization, String text) {
    RowKeys keys = new RowKeys(organization);
    String exact = text.strip();
    String phone = exact.replaceAll("[\\s()./-]", "");
    long[] hashes = {
      keys.reference(exact), keys.email(exact), keys.phone(phone), keys.name(exact, null)
    };
    List<BatchId> found = new ArrayList<>();
    try (Connection connection = database.getConnection();
        PreparedStatement find = connection.prepareStatement(FIND)) {
      find.setArray(1, connection.unwrap(PGConnection.class).createArrayOf("int8", hashes));
      find.setString(2, exact);
      find.setString(3, exact);
      find.setString(4, phone);
      find.setString(5, exact);
      try (ResultSet row = find.executeQuery()) {
        while (row.next()) {
          found.add(new BatchId(row.getObject(1, UUID.class)));
        }
      }
      return found;
    } catch (SQLException e) {
      throw new IllegalStateException("the rows could not be searched", e);
    }
  }
}
