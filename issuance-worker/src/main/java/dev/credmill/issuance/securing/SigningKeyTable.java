package dev.credmill.issuance.securing;

import dev.credmill.contracts.id.OrganizationId;
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
import java.util.Optional;

@ApplicationScoped
class SigningKeyTable {
  private final AgroalDataSource database;

  SigningKeyTable(@DataSource("issuance") AgroalDataSource database) {
    this.database = database;
  }

  /**
   * An organization has one current key of each algorithm: of two made at once, the first one
   * stays.
   */
  void insertIfNoneCurrent(SigningKey key, byte[] wrappedPrivateKey, Instant now) {
    try (Connection connection = database.getConnection();
        PreparedStatement statement =
            connection.prepareStatement(
                """
                insert into signing_key (
                  kid, organization, did, algorithm, public_key, wrapped_private_key, jws_header, created_at)
                values (?, ?, ?, ?, ?, ?, ?, ?)
                on conflict do nothing
                """)) {
      statement.setString(1, key.kid());
      statement.setString(2, key.organization().value());
      statement.setString(3, key.did());
      statement.setString(4, key.algorithm().curve());
      statement.setBytes(5, key.publicKey());
      statement.setBytes(6, wrappedPrivateKey);
      statement.setString(7, key.jwsHeader());
      statement.setTimestamp(8, Timestamp.from(now));
      statement.executeUpdate();
    } catch (SQLException e) {
      throw new IllegalStateException("a signing key was not stored", e);
    }
  }

  /** Every key that an organization ever signed with, the current one first. */
  List<SigningKey> ofOrganization(OrganizationId organization) {
    return select(
        """
        select kid, organization, did, algorithm, public_key, jws_header, retired_at
        from signing_key
        where organization = ?
        order by retired_at desc nulls first, algorithm
        """,
        organization.value());
  }

  Optional<SigningKey> byKid(String kid) {
    return select(
            """
            select kid, organization, did, algorithm, public_key, jws_header, retired_at
            from signing_key
            where kid = ?
            """,
            kid)
        .stream()
        .findFirst();
  }

  byte[] wrappedPrivateKey(String kid) {
    try (Connection connection = database.getConnection();
        PreparedStatement statement =
            connection.prepareStatement(
                "select wrapped_private_key from signing_key where kid = ?")) {
      statement.setString(1, kid);
      try (ResultSet rows = statement.executeQuery()) {
        if (!rows.next()) {
          throw new IllegalStateException("there is no signing key " + kid);
        }
        return rows.getBytes(1);
      }
    } catch (SQLException e) {
      throw new IllegalStateException("a signing key was not read", e);
    }
  }

  private List<SigningKey> select(String sql, String parameter) {
    try (Connection connection = database.getConnection();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, parameter);
      try (ResultSet rows = statement.executeQuery()) {
        List<SigningKey> keys = new ArrayList<>();
        while (rows.next()) {
          keys.add(
              new SigningKey(
                  rows.getString(1),
                  new OrganizationId(rows.getString(2)),
                  rows.getString(3),
                  KeyAlgorithm.ofCurve(rows.getString(4)),
                  rows.getBytes(5),
                  rows.getString(6),
                  rows.getTimestamp(7) != null));
        }
        return keys;
      }
    } catch (SQLException e) {
      throw new IllegalStateException("signing keys were not read", e);
    }
  }
}
