package dev.credmill.issuance.credential;

import dev.credmill.contracts.id.BatchId;
import dev.credmill.contracts.id.OrganizationId;
import dev.credmill.contracts.id.RowId;
import dev.credmill.issuance.securing.CompactJws;
import dev.credmill.issuance.securing.SigningKey;
import dev.credmill.issuance.securing.SigningKeys;
import dev.credmill.issuance.status.ListPurpose;
import dev.credmill.issuance.status.StatusLists;
import dev.credmill.issuance.status.StatusPlace;
import io.agroal.api.AgroalDataSource;
import io.quarkus.agroal.DataSource;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Reads one stored credential with everything that is known of it. */
@ApplicationScoped
class CredentialReading {
  private final AgroalDataSource database;
  private final SigningKeys keys;
  private final CredentialIdentities identities;
  private final StatusLists lists;

  CredentialReading(
      @DataSource("issuance") AgroalDataSource database,
      SigningKeys keys,
      CredentialIdentities identities,
      StatusLists lists) {
    this.database = database;
    this.keys = keys;
    this.identities = identities;
    this.lists = lists;
  }

  Optional<StoredCredential> find(RowLocator row) {
    try (Connection connection = database.getConnection();
        PreparedStatement statement =
            connection.prepareStatement(
                """
                select b.batch_id, b.organization, b.kid, b.secret_version, b.status_start,
                       d.definition_id, d.certificate_template_id, d.valid_from,
                       c.valid_until, c.issued_at, c.payload, c.signature
                from credential c
                join batch b on b.number = c.batch_number
                join batch_definition d on d.number = c.batch_definition
                where c.batch_number = ? and c.row_number = ? and c.format = ? and c.copy = 0
                """)) {
      statement.setLong(1, row.batchNumber());
      statement.setInt(2, row.rowNumber());
      statement.setInt(3, CredentialFormat.VC_JWT.code());
      try (ResultSet rows = statement.executeQuery()) {
        return rows.next() ? Optional.of(read(rows, row)) : Optional.empty();
      }
    } catch (SQLException e) {
      throw new IllegalStateException("a credential was not read", e);
    }
  }

  /** The proofs of a row's record, in the order of their formats. */
  List<StoredProof> proofs(RowId row) {
    try (Connection connection = database.getConnection();
        PreparedStatement statement =
            connection.prepareStatement(
                """
                select c.format, c.signature
                from credential c
                join batch b on b.number = c.batch_number
                where b.batch_id = ? and c.row_number = ? and c.format in (?, ?) and c.copy = 0
                order by c.format
                """)) {
      statement.setObject(1, row.batch().value());
      statement.setInt(2, row.number());
      statement.setInt(3, CredentialFormat.EDDSA_RDFC_2022.code());
      statement.setInt(4, CredentialFormat.EDDSA_JCS_2022.code());
      try (ResultSet rows = statement.executeQuery()) {
        List<StoredProof> proofs = new ArrayList<>();
        while (rows.next()) {
          proofs.add(
              new StoredProof(
                  CredentialFormat.of(rows.getInt("format")).orElseThrow(),
                  rows.getBytes("signature")));
        }
        return proofs;
      }
    } catch (SQLException e) {
      throw new IllegalStateException("the proofs of a credential were not read", e);
    }
  }

  /** The link of the credential that takes the place of a row's, if one was issued. */
  Optional<String> replacement(RowId row) {
    try (Connection connection = database.getConnection();
        PreparedStatement statement =
            connection.prepareStatement(
                """
                select n.number, n.secret_version
                from batch b
                join credential_validity v on v.batch_number = b.number and v.row_number = ?
                join batch n on n.batch_id = v.replaced_by and n.organization = b.organization
                join credential c on c.batch_number = n.number and c.row_number = v.row_number
                  and c.format = ? and c.copy = 0
                where b.batch_id = ?
                """)) {
      statement.setInt(1, row.number());
      statement.setInt(2, CredentialFormat.VC_JWT.code());
      statement.setObject(3, row.batch().value());
      try (ResultSet found = statement.executeQuery()) {
        return found.next()
            ? Optional.of(
                identities.of(found.getShort(2), found.getLong(1), row.number()).linkToken())
            : Optional.empty();
      }
    } catch (SQLException e) {
      throw new IllegalStateException("a replacement was not looked for", e);
    }
  }

  private StoredCredential read(ResultSet rows, RowLocator row) throws SQLException {
    String kid = rows.getString("kid");
    SigningKey key =
        keys.byKid(kid)
            .orElseThrow(() -> new IllegalStateException("there is no signing key " + kid));
    OrganizationId organization = new OrganizationId(rows.getString("organization"));
    short secretVersion = rows.getShort("secret_version");
    Timestamp validUntil = rows.getTimestamp("valid_until");
    byte[] payload = rows.getBytes("payload");
    long statusNumber = rows.getLong("status_start") + row.rowNumber() - RowId.FIRST_NUMBER;
    CredentialIdentities.Identity identity =
        identities.of(secretVersion, row.batchNumber(), row.rowNumber());
    return new StoredCredential(
        new RowId(new BatchId(rows.getObject("batch_id", UUID.class)), row.rowNumber()),
        organization,
        identity.credentialId(),
        identity.linkToken(),
        rows.getString("definition_id"),
        rows.getString("certificate_template_id"),
        rows.getTimestamp("valid_from").toInstant(),
        validUntil == null ? null : validUntil.toInstant(),
        rows.getTimestamp("issued_at").toInstant(),
        new String(payload, StandardCharsets.UTF_8),
        CompactJws.text(key.jwsHeader(), payload, rows.getBytes("signature")),
        key,
        status(organization, ListPurpose.REVOCATION, statusNumber),
        status(organization, ListPurpose.SUSPENSION, statusNumber));
  }

  private StoredCredential.Status status(
      OrganizationId organization, ListPurpose purpose, long number) {
    StatusPlace place = lists.place(organization, purpose, number);
    return new StoredCredential.Status(place.list().id(), place.index());
  }
}
