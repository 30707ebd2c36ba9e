package dev.credmill.issuance.status;

import dev.credmill.contracts.event.Validity;
import dev.credmill.contracts.id.BatchId;
import io.agroal.api.AgroalDataSource;
import io.quarkus.agroal.DataSource;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

@ApplicationScoped
class ValidityTable {
  private final AgroalDataSource database;

  ValidityTable(@DataSource("issuance") AgroalDataSource database) {
    this.database = database;
  }

  /** Those that were ever changed. */
  Map<Integer, Validities.Stored> of(long batchNumber, List<Integer> rows) {
    try (Connection connection = database.getConnection();
        PreparedStatement statement =
            connection.prepareStatement(
                """
                select row_number, validity, change, changed_at, replaced_by
                from credential_validity
                where batch_number = ? and row_number = any(?)
                """)) {
      statement.setLong(1, batchNumber);
      statement.setArray(2, connection.createArrayOf("integer", rows.toArray()));
      try (ResultSet found = statement.executeQuery()) {
        Map<Integer, Validities.Stored> validities = new HashMap<>();
        while (found.next()) {
          UUID replacedBy = found.getObject(5, UUID.class);
          validities.put(
              found.getInt(1),
              new Validities.Stored(
                  Validity.valueOf(found.getString(2)),
                  found.getLong(3),
                  found.getTimestamp(4).toInstant(),
                  replacedBy == null ? null : new BatchId(replacedBy)));
        }
        return validities;
      }
    } catch (SQLException e) {
      throw new IllegalStateException("validities were not read", e);
    }
  }

  /** States only of higher changes than those that are stored. */
  void store(long batchNumber, Map<Integer, Validities.Stored> validities) {
    int size = validities.size();
    Integer[] rows = new Integer[size];
    String[] states = new String[size];
    Long[] changes = new Long[size];
    Timestamp[] times = new Timestamp[size];
    UUID[] replacedBy = new UUID[size];
    int i = 0;
    for (Map.Entry<Integer, Validities.Stored> entry : validities.entrySet()) {
      rows[i] = entry.getKey();
      states[i] = entry.getValue().validity().name();
      changes[i] = entry.getValue().change();
      times[i] = Timestamp.from(entry.getValue().at());
      BatchId by = entry.getValue().replacedBy();
      replacedBy[i++] = by == null ? null : by.value();
    }
    try (Connection connection = database.getConnection();
        PreparedStatement statement =
            connection.prepareStatement(
                """
                insert into credential_validity (batch_number, row_number, validity, change, changed_at, replaced_by)
                select ?, row_number, validity, change, changed_at, replaced_by
                from unnest(?::integer[], ?::text[], ?::bigint[], ?::timestamptz[], ?::uuid[])
                  as entry (row_number, validity, change, changed_at, replaced_by)
                on conflict (batch_number, row_number) do update
                set validity = excluded.validity, change = excluded.change, changed_at = excluded.changed_at,
                    replaced_by = excluded.replaced_by
                where credential_validity.change < excluded.change
                """)) {
      statement.setLong(1, batchNumber);
      statement.setArray(2, connection.createArrayOf("integer", rows));
      statement.setArray(3, connection.createArrayOf("text", states));
      statement.setArray(4, connection.createArrayOf("bigint", changes));
      statement.setArray(5, connection.createArrayOf("timestamptz", times));
      statement.setArray(6, connection.createArrayOf("uuid", replacedBy));
      statement.executeUpdate();
    } catch (SQLException e) {
      throw new IllegalStateException("validities were not stored", e);
    }
  }
}
