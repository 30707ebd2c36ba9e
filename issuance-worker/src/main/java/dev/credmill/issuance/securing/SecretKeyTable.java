package dev.credmill.issuance.securing;

import io.agroal.api.AgroalDataSource;
import io.quarkus.agroal.DataSource;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

@ApplicationScoped
class SecretKeyTable {
  private final AgroalDataSource database;

  SecretKeyTable(@DataSource("issuance") AgroalDataSource database) {
    this.database = database;
  }

  /** One encrypted secret. */
  record Entry(SecretPurpose purpose, short version, byte[] wrapped) {}

  /** Of processes that start at once on an empty database, one wins; all read its secret back. */
  void insertIfAbsent(Entry entry, Instant now) {
    try (Connection connection = database.getConnection();
        PreparedStatement statement =
            connection.prepareStatement(
                """
                insert into secret_key (purpose, version, wrapped, created_at)
                values (?, ?, ?, ?)
                on conflict (purpose, version) do nothing
                """)) {
      statement.setString(1, entry.purpose().name());
      statement.setShort(2, entry.version());
      statement.setBytes(3, entry.wrapped());
      statement.setTimestamp(4, Timestamp.from(now));
      statement.executeUpdate();
    } catch (SQLException e) {
      throw new IllegalStateException("a secret was not stored", e);
    }
  }

  List<Entry> all() {
    try (Connection connection = database.getConnection();
        PreparedStatement statement =
            connection.prepareStatement("select purpose, version, wrapped from secret_key");
        ResultSet rows = statement.executeQuery()) {
      List<Entry> entries = new ArrayList<>();
      while (rows.next()) {
        entries.add(
            new Entry(
                SecretPurpose.valueOf(rows.getString(1)), rows.getShort(2), rows.getBytes(3)));
      }
      return entries;
    } catch (SQLException e) {
      throw new IllegalStateException("the secrets were not read", e);
    }
  }
}
