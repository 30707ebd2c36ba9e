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
   *
   * @param wrappedPrivateKey null where it is kept elsewhere
   * @return whether it is this one
   */
  boolean insertIfNoneCurrent(SigningKey key, byte[] wrappedPrivateKey, Instant now) {
    try (Connection connection = database.getConnection();
        PreparedStatement statement =
            connection.prepareStatement(
                """
                insert into signing_key (
                  kid, organization, did, algorithm, public_key, wrapped_private_key, jws_header, custody, created_at)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?)
                on conflict do nothing
                """)) {
      statement.setString(1, key.kid());
      statement.setString(2, key.organization().value());
      statement.setString(3, key.did());
      statement.setString(4, key.algorithm().curve());
      statement.setBytes(5, key.publicKey());
      statement.setBytes(6, wrappedPrivateKey);
      statement.setString(7, key.jwsHeader());
      statement.setString(8, key.custody().name());
      statement.setTimestamp(9, Timestamp.from(now));
      return statement.executeUpdate() == 1;
    } catch (SQLException e) {
      throw new IllegalStateException("a signing key was not stored", e);
    }
  }

  void retireCurrent(OrganizationId organization, KeyAlgorithm algorithm, Instant now) {
    try (Connection connection = database.getConnection();
        PreparedStatement statement =
            connection.prepareStatement(
                """
                update signing_key
                set retired_at = ?
                where organization = ? and algorithm = ? and retired_at is null
                """)) {
      statement.setTimestamp(1, Timestamp.from(now));
      statement.setString(2, organization.value());
      statement.setString(3, algorithm.curve());
      statement.executeUpdate();
    } catch (SQLException e) {
      throw new IllegalStateException("a signing key was not retired", e);
    }
  }

  /** Once and for ever; a current key is retired before. */
  void revoke(OrganizationId organization, String kid, String reason, Instant now) {
    try (Connection connection = database.getConnection();
        PreparedStatement statement =
            connection.prepareStatement(
                """
                update signing_key
                set revoked_at = ?, revocation_reason = ?
                where organization = ? and kid = ? and retired_at is not null and revoked_at is null
                """)) {
      statement.setTimestamp(1, Timestamp.from(now));
      statement.setString(2, reason);
      statement.setString(3, organization.value());
      statement.setString(4, kid);
      statement.executeUpdate();
    } catch (SQLException e) {
      throw new IllegalStateException("a signing key was not revoked", e);
    }
  }

  /** Every key that an organization ever had, the current ones first. */
  List<KeyRecord> ofOrganization(OrganizationId organization) {
    return select(
        """
        select kid, organization, did, algorithm, public_key, jws_header, custody,
               created_at, retired_at, revoked_at, revocation_reason
        from signing_key
        where organization = ?
        order by retired_at desc nulls first, algorithm
        """,
        organization.value());
  }

  Optional<SigningKey> byKid(String kid) {
    return select(
            """
            select kid, organization, did, algorithm, public_key, jws_header, custody,
                   created_at, retired_at, revoked_at, revocation_reason
            from signing_key
            where kid = ?
            """,
            kid)
        .stream()
        .map(KeyRecord::key)
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

  private List<KeyRecord> select(String sql, String parameter) {
    try (Connection connection = database.getConnection();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, parameter);
      try (ResultSet rows = statement.executeQuery()) {
        List<KeyRecord> keys = new ArrayList<>();
        while (rows.next()) {
          keys.add(read(rows));
        }
        return keys;
      }
    } catch (SQLException e) {
      throw new IllegalStateException("signing keys were not read", e);
    }
  }

  private static KeyRecord read(ResultSet row) throws SQLException {
    Instant retiredAt = instant(row, "retired_at");
    Instant revokedAt = instant(row, "revoked_at");
    SigningKey key =
        new SigningKey(
            row.getString("kid"),
            new OrganizationId(row.getString("organization")),
            row.getString("did"),
            KeyAlgorithm.ofCurve(row.getString("algorithm")),
            row.getBytes("public_key"),
            row.getString("jws_header"),
            Custody.valueOf(row.getString("custody")),
            revokedAt != null
                ? KeyStatus.REVOKED
                : retiredAt != null ? KeyStatus.RETIRED : KeyStatus.CURRENT);
    return new KeyRecord(
        key, instant(row, "created_at"), retiredAt, revokedAt, row.getString("revocation_reason"));
  }

  private static Instant instant(ResultSet row, String column) throws SQLException {
    Timestamp time = row.getTimestamp(column);
    return time == null ? null : time.toInstant();
  }
}
