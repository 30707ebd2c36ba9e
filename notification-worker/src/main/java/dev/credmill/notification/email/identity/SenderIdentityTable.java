package dev.credmill.notification.email.identity;

import dev.credmill.contracts.id.OrganizationId;
import io.agroal.api.AgroalDataSource;
import io.quarkus.agroal.DataSource;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
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
        password, bounces, bounces_host, bounces_port, bounces_security, bounces_user,
        bounces_password, bounces_folder, per_minute, created_at, updated_at
      from sender_identity
      """;
  private static final String FIND = COLUMNS + "where organization = ?";
  private static final String WITH_MAILBOX =
      COLUMNS + "where bounces_host is not null order by organization";

  /** What {@link #write} writes, in its order. */
  private static final String WRITTEN =
      """
      version, address, name, reply_to, host, port, security, username, password, bounces,
        bounces_host, bounces_port, bounces_security, bounces_user, bounces_password, bounces_folder,
        per_minute, updated_at
      """;

  private static final String VALUES =
      """
      nextval('sender_identity_version'), ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?,
        ?::timestamptz
      """;
  private static final String INSERT =
      """
      insert into sender_identity (%s, organization, created_at)
      values (%s, ?, ?::timestamptz)
      on conflict (organization) do nothing
      """
          .formatted(WRITTEN, VALUES);
  private static final String UPDATE =
      "update sender_identity set (%s) = (%s) where organization = ? and version = ?"
          .formatted(WRITTEN, VALUES);
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
        Security.valueOf(row.getString("bounces_security")),
        user,
        new SealedPassword(
            row.getBytes("bounces_password"), SealedPassword.ofMailbox(organization, user, host)),
        row.getString("bounces_folder"));
  }

  /** As the first one; false where there is one by now. */
  boolean insert(SenderIdentity identity, Instant now) {
    try (Connection connection = database.getConnection();
        PreparedStatement insert = connection.prepareStatement(INSERT)) {
      int next = write(insert, identity, now);
      insert.setString(next++, identity.organization().value());
      insert.setString(next, now.toString());
      return insert.executeUpdate() == 1;
    } catch (SQLException e) {
      throw new IllegalStateException("a sender identity could not be kept", e);
    }
  }

  /** In place of the one with that version; false where there is another one by now, or none. */
  boolean replace(long version, SenderIdentity identity, Instant now) {
    try (Connection connection = database.getConnection();
        PreparedStatement update = connection.prepareStatement(UPDATE)) {
      int next = write(update, identity, now);
      update.setString(next++, identity.organization().value());
      update.setLong(next, version);
      return update.executeUpdate() == 1;
    } catch (SQLException e) {
      throw new IllegalStateException("a sender identity could not be kept", e);
    }
  }

  /** Says which parameter comes next. */
  private static int write(PreparedStatement statement, SenderIdentity identity, Instant now)
      throws SQLException {
    statement.setString(1, identity.from());
    statement.setString(2, identity.fromName());
    statement.setString(3, identity.replyTo());
    OwnServer server = identity.server();
    statement.setString(4, server == null ? null : server.host());
    statement.setObject(5, server == null ? null : server.port(), Types.INTEGER);
    statement.setString(6, server == null ? null : server.security().name());
    statement.setString(7, server == null ? null : server.user());
    statement.setBytes(8, server == null ? null : wrapped(server.password()));
    statement.setString(9, identity.bounces() == null ? null : identity.bounces().address());
    OwnMailbox mailbox = identity.ownMailbox().orElse(null);
    statement.setString(10, mailbox == null ? null : mailbox.host());
    statement.setObject(11, mailbox == null ? null : mailbox.port(), Types.INTEGER);
    statement.setString(12, mailbox == null ? null : mailbox.security().name());
    statement.setString(13, mailbox == null ? null : mailbox.user());
    statement.setBytes(14, mailbox == null ? null : wrapped(mailbox.password()));
    statement.setString(15, mailbox == null ? null : mailbox.folder());
    statement.setObject(16, identity.perMinute(), Types.INTEGER);
    statement.setString(17, now.toString());
    return 18;
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
