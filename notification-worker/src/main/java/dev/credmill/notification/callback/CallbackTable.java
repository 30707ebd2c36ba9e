package dev.credmill.notification.callback;

import dev.credmill.contracts.id.OrganizationId;
import dev.credmill.notification.callback.postmark.Credentials;
import dev.credmill.notification.callback.sendgrid.VerificationKey;
import dev.credmill.notification.callback.ses.TopicArn;
import io.agroal.api.AgroalDataSource;
import io.quarkus.agroal.DataSource;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;

/** The table {@code email_callback}. */
@ApplicationScoped
class CallbackTable {
  private static final String SELECT =
      """
      select topic_arn, username, password_salt, password_hash, public_key
      from email_callback where organization = ? and provider = ?
      """;
  private static final String UPSERT =
      """
      insert into email_callback (organization, provider, topic_arn, username, password_salt,
        password_hash, public_key, updated_at)
      values (?, ?, ?, ?, ?, ?, ?, ?::timestamptz)
      on conflict (organization, provider) do update
      set topic_arn = excluded.topic_arn, username = excluded.username,
        password_salt = excluded.password_salt, password_hash = excluded.password_hash,
        public_key = excluded.public_key, updated_at = excluded.updated_at
      """;
  private static final String DELETE =
      "delete from email_callback where organization = ? and provider = ?";

  private final AgroalDataSource database;

  CallbackTable(@DataSource("notification") AgroalDataSource database) {
    this.database = database;
  }

  Optional<CallbackSettings> find(OrganizationId organization, Provider provider)
      throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement select = connection.prepareStatement(SELECT)) {
      select.setString(1, organization.value());
      select.setString(2, provider.name());
      try (ResultSet row = select.executeQuery()) {
        return row.next() ? Optional.of(settings(provider, row)) : Optional.empty();
      }
    }
  }

  private static CallbackSettings settings(Provider provider, ResultSet row) throws SQLException {
    return switch (provider) {
      case SES -> new CallbackSettings.Ses(new TopicArn(row.getString("topic_arn")));
      case POSTMARK ->
          new CallbackSettings.Postmark(
              new Credentials(
                  row.getString("username"),
                  row.getString("password_salt"),
                  row.getString("password_hash")));
      case SENDGRID ->
          new CallbackSettings.SendGrid(new VerificationKey(row.getString("public_key")));
    };
  }

  void put(OrganizationId organization, CallbackSettings settings, Instant now)
      throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement upsert = connection.prepareStatement(UPSERT)) {
      upsert.setString(1, organization.value());
      upsert.setString(2, settings.provider().name());
      upsert.setString(
          3, settings instanceof CallbackSettings.Ses(var topic) ? topic.value() : null);
      Credentials credentials =
          settings instanceof CallbackSettings.Postmark postmark ? postmark.credentials() : null;
      upsert.setString(4, credentials == null ? null : credentials.user());
      upsert.setString(5, credentials == null ? null : credentials.salt());
      upsert.setString(6, credentials == null ? null : credentials.hash());
      upsert.setString(
          7, settings instanceof CallbackSettings.SendGrid(var key) ? key.base64() : null);
      upsert.setString(8, now.toString());
      upsert.executeUpdate();
    }
  }

  /** Whether there were such settings. */
  boolean delete(OrganizationId organization, Provider provider) throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement delete = connection.prepareStatement(DELETE)) {
      delete.setString(1, organization.value());
      delete.setString(2, provider.name());
      return delete.executeUpdate() == 1;
    }
  }
}
