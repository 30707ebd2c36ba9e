package dev.credmill.issuance.status;

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
import java.util.UUID;

@ApplicationScoped
class StatusListTable {
  private final AgroalDataSource database;

  StatusListTable(@DataSource("issuance") AgroalDataSource database) {
    this.database = database;
  }

  /** A list as it is found. */
  record Entry(UUID id, ListPurpose purpose, int ordinal, int size, short secretVersion) {}

  /** A list whose bits were changed since it was last signed. */
  record Unsigned(UUID id, ListPurpose purpose, byte[] bits, long version) {}

  /**
   * A signed list.
   *
   * @param proved the same with embedded proofs; null where there are none
   */
  record Signed(ListPurpose purpose, String jwt, String proved, long version) {}

  /** An empty list that is yet to be signed; of two made at once, the first one stays. */
  void insertIfAbsent(OrganizationId organization, Entry entry, Instant now) {
    try (Connection connection = database.getConnection();
        PreparedStatement statement =
            connection.prepareStatement(
                """
                insert into status_list (
                  id, organization, purpose, ordinal, size, secret_version, bits, version, signed_version, created_at)
                values (?, ?, ?, ?, ?, ?, ?, 1, 0, ?)
                on conflict (organization, purpose, ordinal) do nothing
                """)) {
      statement.setObject(1, entry.id());
      statement.setString(2, organization.value());
      statement.setString(3, entry.purpose().name());
      statement.setInt(4, entry.ordinal());
      statement.setInt(5, entry.size());
      statement.setShort(6, entry.secretVersion());
      statement.setBytes(7, new byte[StatusEntries.bytes(entry.purpose(), entry.size())]);
      statement.setTimestamp(8, Timestamp.from(now));
      statement.executeUpdate();
    } catch (SQLException e) {
      throw new IllegalStateException("a status list was not stored", e);
    }
  }

  Optional<Entry> find(OrganizationId organization, ListPurpose purpose, int ordinal) {
    try (Connection connection = database.getConnection();
        PreparedStatement statement =
            connection.prepareStatement(
                """
                select id, size, secret_version
                from status_list
                where organization = ? and purpose = ? and ordinal = ?
                """)) {
      statement.setString(1, organization.value());
      statement.setString(2, purpose.name());
      statement.setInt(3, ordinal);
      try (ResultSet rows = statement.executeQuery()) {
        return rows.next()
            ? Optional.of(
                new Entry(
                    rows.getObject(1, UUID.class),
                    purpose,
                    ordinal,
                    rows.getInt(2),
                    rows.getShort(3)))
            : Optional.empty();
      }
    } catch (SQLException e) {
      throw new IllegalStateException("a status list was not read", e);
    }
  }

  List<Unsigned> unsigned(OrganizationId organization) {
    try (Connection connection = database.getConnection();
        PreparedStatement statement =
            connection.prepareStatement(
                """
                select id, purpose, bits, version
                from status_list
                where organization = ? and signed_version < version
                """)) {
      statement.setString(1, organization.value());
      try (ResultSet rows = statement.executeQuery()) {
        List<Unsigned> lists = new ArrayList<>();
        while (rows.next()) {
          lists.add(
              new Unsigned(
                  rows.getObject(1, UUID.class),
                  ListPurpose.valueOf(rows.getString(2)),
                  rows.getBytes(3),
                  rows.getLong(4)));
        }
        return lists;
      }
    } catch (SQLException e) {
      throw new IllegalStateException("status lists were not read", e);
    }
  }

  /** Those with lists that were changed and not signed since. */
  List<OrganizationId> withUnsigned() {
    try (Connection connection = database.getConnection();
        PreparedStatement statement =
            connection.prepareStatement(
                "select distinct organization from status_list where signed_version < version");
        ResultSet rows = statement.executeQuery()) {
      List<OrganizationId> organizations = new ArrayList<>();
      while (rows.next()) {
        organizations.add(new OrganizationId(rows.getString(1)));
      }
      return organizations;
    } catch (SQLException e) {
      throw new IllegalStateException("status lists were not read", e);
    }
  }

  /** The next version of every list, with the same entries. */
  void outdate(OrganizationId organization) {
    try (Connection connection = database.getConnection();
        PreparedStatement statement =
            connection.prepareStatement(
                "update status_list set version = version + 1 where organization = ?")) {
      statement.setString(1, organization.value());
      statement.executeUpdate();
    } catch (SQLException e) {
      throw new IllegalStateException("status lists were not outdated", e);
    }
  }

  /** Never replaces a list by an older version of itself. */
  void storeSigned(UUID id, Signed signed, Instant now) {
    try (Connection connection = database.getConnection();
        PreparedStatement statement =
            connection.prepareStatement(
                """
                update status_list
                set jwt = ?, proved = ?, signed_version = ?, published_at = ?
                where id = ? and signed_version < ?
                """)) {
      statement.setString(1, signed.jwt());
      statement.setString(2, signed.proved());
      statement.setLong(3, signed.version());
      statement.setTimestamp(4, Timestamp.from(now));
      statement.setObject(5, id);
      statement.setLong(6, signed.version());
      statement.executeUpdate();
    } catch (SQLException e) {
      throw new IllegalStateException("a signed status list was not stored", e);
    }
  }

  Optional<Signed> signed(UUID id) {
    try (Connection connection = database.getConnection();
        PreparedStatement statement =
            connection.prepareStatement(
                """
                select purpose, jwt, proved, signed_version
                from status_list
                where id = ? and jwt is not null
                """)) {
      statement.setObject(1, id);
      try (ResultSet rows = statement.executeQuery()) {
        return rows.next()
            ? Optional.of(
                new Signed(
                    ListPurpose.valueOf(rows.getString(1)),
                    rows.getString(2),
                    rows.getString(3),
                    rows.getLong(4)))
            : Optional.empty();
      }
    } catch (SQLException e) {
      throw new IllegalStateException("a signed status list was not read", e);
    }
  }

  /** Holds the list until the transaction at hand ends, and gives its entries. */
  Optional<StatusEntries> lock(UUID id) {
    try (Connection connection = database.getConnection();
        PreparedStatement statement =
            connection.prepareStatement(
                "select purpose, bits from status_list where id = ? for update")) {
      statement.setObject(1, id);
      try (ResultSet rows = statement.executeQuery()) {
        return rows.next()
            ? Optional.of(
                new StatusEntries(ListPurpose.valueOf(rows.getString(1)), rows.getBytes(2)))
            : Optional.empty();
      }
    } catch (SQLException e) {
      throw new IllegalStateException("a status list was not locked", e);
    }
  }

  /** The next version of a list that is held. */
  void store(UUID id, StatusEntries entries) {
    try (Connection connection = database.getConnection();
        PreparedStatement statement =
            connection.prepareStatement(
                "update status_list set bits = ?, version = version + 1 where id = ?")) {
      statement.setBytes(1, entries.bytes());
      statement.setObject(2, id);
      statement.executeUpdate();
    } catch (SQLException e) {
      throw new IllegalStateException("a status list was not changed", e);
    }
  }

  /** Whose list it is, and for what. */
  Optional<StatusLists.Known> known(UUID id) {
    try (Connection connection = database.getConnection();
        PreparedStatement statement =
            connection.prepareStatement(
                "select organization, purpose, size from status_list where id = ?")) {
      statement.setObject(1, id);
      try (ResultSet rows = statement.executeQuery()) {
        return rows.next()
            ? Optional.of(
                new StatusLists.Known(
                    new OrganizationId(rows.getString(1)),
                    ListPurpose.valueOf(rows.getString(2)),
                    rows.getInt(3)))
            : Optional.empty();
      }
    } catch (SQLException e) {
      throw new IllegalStateException("a status list was not read", e);
    }
  }

  /** One byte of the bits; reads no other. */
  Optional<Byte> bitsAt(UUID id, int byteIndex) {
    try (Connection connection = database.getConnection();
        PreparedStatement statement =
            connection.prepareStatement(
                """
                select get_byte(substring(bits from ? for 1), 0)
                from status_list
                where id = ?
                """)) {
      statement.setInt(1, byteIndex + 1);
      statement.setObject(2, id);
      try (ResultSet rows = statement.executeQuery()) {
        return rows.next() ? Optional.of((byte) rows.getInt(1)) : Optional.empty();
      }
    } catch (SQLException e) {
      throw new IllegalStateException("a status bit was not read", e);
    }
  }
}
