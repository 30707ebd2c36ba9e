package dev.credmill.notification.email.identity;

import dev.credmill.contracts.id.OrganizationId;
import io.agroal.api.AgroalDataSource;
import io.quarkus.agroal.DataSource;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The table {@code sender_identity}. */
@ApplicationScoped
class SenderIdentityTable {
  private static final String COLUMNS =
      """
      select organization, version, address, name, reply_to, host, port, security, username,
        password, bounces, bounces_host, bounces_port, bounces_tls, bounces_user,
        bounces_password, bounces_folder, per_minute, created_at, updated_at
      from sender_identity
      """;
  private static final String FIND = COLUMNS + "where organization = ?";
  private static final String WITH_MAILBOX =
      COLUMNS + "where bounces_host is not null order by organization";
  private static final String UPSERT =
      """
      insert into sender_identity (organization, version, address, name, reply_to, host, port,
        security, username, password, bounces, bounces_host, bounces_port, bounces_tls,
        bounces_user, bounces_password, bounces_folder, per_minute, created_at, updated_at)
      values (?, nextval('sender_identity_version'), ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?,
        ?, ?::timestamptz, ?::timestamptz)
      on conflict (organization) do update set version = excluded.version,
        address = excluded.address, name = excluded.name, reply_to = excluded.reply_to,
        host = excluded.host, port = excluded.port, security = excluded.security,
        username = excluded.username, password = excluded.password, bounces = excluded.bounces,
        bounces_host = excluded.bounces_host, bounces_port = excluded.bounces_port,
        bounces_tls = excluded.bounces_tls, bounces_user = excluded.bounces_user,
        bounces_password = excluded.bounces_password, bounces_folder = excluded.bounces_folder,
        per_minute = excluded.per_minute, updated_at = excluded.updated_at
      """;
  private static final String DELETE = "delete from sender_identity where organization = ?";

  private final AgroalDataSource database;

  SenderIdentityTable(@DataSource("notification") AgroalDataSource database) {
    this.database = database;
  }

  Optional<SenderIdentity> find(OrganizationId organization) {
    try (Connection connection = database.getConnection();
        PreparedStatement find = connection.prepareStatement(FIND)) {
      find.setString(1, organization.value());
      return read(find).stream().findFirst();
    } catch (SQLException e) {
      throw new IllegalStateException("a sender identity could not be read", e);
    }
  }

  /** Those whose mailbox is to be read. */
  List<SenderIdentity> withMailbox() {
    try (Connection connection = database.getConnection();
        PreparedStatement select = connection.prepareStatement(WITH_MAILBOX)) {
      return read(select);
    } catch (SQLException e) {
      throw new IllegalStateException("sender identities could not be read", e);
    }
  }

  private static List<SenderIdentity> read(PreparedStatement select) throws SQLException {
    List<SenderIdentity> found = new ArrayList<>();
    try (ResultSet row = select.executeQuery()) {
      while (row.next()) {
        found.add(identity(row));
      }
    }
    return found;
  }

  private static SenderIdentity identity(ResultSet row) throws SQLException {
    OrganizationId organization = new OrganizationId(row.getString("organization"));
    return new SenderIdentity(
        organization,
        row.getLong("version"),
        row.getString("address"),
        row.getString("name"),
        row.getString("reply_to"),
        row.getString("host") == null ? null : server(organization, row),
        row.getString("bounces") == null
            ? null
            : new Bounces(
                row.getString("bounces"),
                row.getString("bounces_host") == null ? null : mailbox(organization, row)),
        row.getObject("per_minute", Integer.class),
        row.getTimestamp("created_at").toInstant(),
        row.getTimestamp("updated_at").toInstant());
  }

  private static OwnServer server(OrganizationId organization, ResultSet row) throws SQLException {
    String host = row.getString("host");
    String user = row.getString("username");
    return new OwnServer(
        host,
        row.getInt("port"),
        Security.valueOf(row.getString("security")),
        user,
        user == null
            ? null
            : new SealedPassword(
                row.getBytes("password"), SealedPassword.ofServer(organization, user, host)));
  }

  private static OwnMailbox mailbox(OrganizationId organization, ResultSet row)
      throws SQLException {
    String host = row.getString("bounces_host");
    String user = row.getString("bounces_user");
    return new OwnMailbox(
        host,
        row.getInt("bounces_port"),
        row.getBoolean("bounces_tls"),
        user,
        new SealedPassword(
            row.getBytes("bounces_password"), SealedPassword.ofMailbox(organization, user, host)),
        row.getString("bounces_folder"));
  }

  /** In place of the one there is. */
  void put(SenderIdentity identity, Instant now) {
    try (Connection connection = database.getConnection();
        PreparedStatement upsert = connection.prepareStatement(UPSERT)) {
      upsert.setString(1, identity.organization().value());
      upsert.setString(2, identity.from());
      upsert.setString(3, identity.fromName());
      upsert.setString(4, identity.replyTo());
      OwnServer server = identity.server();
      upsert.setString(5, server == null ? null : server.host());
      upsert.setObject(6, server == null ? null : server.port());
      upsert.setString(7, server == null ? null : server.security().name());
      upsert.setString(8, server == null ? null : server.user());
      upsert.setBytes(9, server == null ? null : wrapped(server.password()));
      upsert.setString(10, identity.bounces() == null ? null : identity.bounces().address());
      OwnMailbox mailbox = identity.ownMailbox().orElse(null);
      upsert.setString(11, mailbox == null ? null : mailbox.host());
      upsert.setObject(12, mailbox == null ? null : mailbox.port());
      upsert.setObject(13, mailbox == null ? null : mailbox.tls());
      upsert.setString(14, mailbox == null ? null : mailbox.user());
      upsert.setBytes(15, mailbox == null ? null : wrapped(mailbox.password()));
      upsert.setString(16, mailbox == null ? null : mailbox.folder());
      upsert.setObject(17, identity.perMinute());
      upsert.setString(18, now.toString());
      upsert.setString(19, now.toString());
      upsert.executeUpdate();
    } catch (SQLException e) {
      throw new IllegalStateException("a sender identity could not be kept", e);
    }
  }

  private static byte[] wrapped(SealedPassword password) {
    return password == null ? null : password.wrapped();
  }

  boolean delete(OrganizationId organization) {
    try (Connection connection = database.getConnection();
        PreparedStatement delete = connection.prepareStatement(DELETE)) {
      delete.setString(1, organization.value());
      return delete.executeUpdate() == 1;
    } catch (SQLException e) {
      throw new IllegalStateException("a sender identity could not be deleted", e);
    }
  }
}
