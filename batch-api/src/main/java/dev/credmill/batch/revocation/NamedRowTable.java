package dev.credmill.batch.revocation;

import dev.credmill.contracts.access.Caller;
import dev.credmill.contracts.access.Role;
import dev.credmill.contracts.id.BatchId;
import dev.credmill.contracts.id.RowId;
import io.agroal.api.AgroalDataSource;
import io.quarkus.agroal.DataSource;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** How rows stand that somebody named. */
@ApplicationScoped
class NamedRowTable {
  private final AgroalDataSource database;

  NamedRowTable(@DataSource("batch") AgroalDataSource database) {
    this.database = database;
  }

  /** A row that the caller may see. */
  record Standing(RowId row, boolean issued, boolean revoked) {}

  /** Those of these rows that exist and that the caller may see. */
  Map<RowId, Standing> standing(Caller caller, List<RowId> rows) throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement select =
            connection.prepareStatement(
                """
                select r.batch_id, r.number, c.number is not null, coalesce(c.validity = 'REVOKED', false)
                from unnest(?::uuid[], ?::int[]) as u (batch_id, number)
                join batch b on b.id = u.batch_id and b.organization = ?
                  and (?::text is null or b.created_by = ?)
                join sheet_row r on r.batch_id = u.batch_id and r.number = u.number
                left join row_credential c on c.batch_id = r.batch_id and c.number = r.number
                """)) {
      String key = caller.role() == Role.ORG_ADMIN ? null : caller.keyId();
      select.setArray(
          1,
          connection.createArrayOf(
              "uuid", rows.stream().map(row -> row.batch().value()).toArray()));
      select.setArray(
          2, connection.createArrayOf("int", rows.stream().map(RowId::number).toArray()));
      select.setString(3, caller.organization().value());
      select.setString(4, key);
      select.setString(5, key);
      Map<RowId, Standing> standing = new HashMap<>();
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          RowId id = new RowId(new BatchId(row.getObject(1, UUID.class)), row.getInt(2));
          standing.put(id, new Standing(id, row.getBoolean(3), row.getBoolean(4)));
        }
      }
      return standing;
    }
  }
}
