package dev.credmill.notification.email.template;

import dev.credmill.contracts.event.DeliveryRequested.Purpose;
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
import java.util.UUID;

/** The table {@code message_template}. */
@ApplicationScoped
class MessageTemplateTable {
  private static final String UNIQUE_VIOLATION = "23505";
  private static final UUID FIRST = new UUID(0, 0);
  private static final String SELECT =
      """
      select id, version, definition_id, purpose, language, subject, body, html, text, logo_url,
        accent_color, created_at, updated_at
      from message_template where organization = ? and id > ? order by id limit ?
      """;
  private static final String FIND =
      """
      select id, version, definition_id, purpose, language, subject, body, html, text, logo_url,
        accent_color, created_at, updated_at
      from message_template where organization = ? and id = ?
      """;

  /** Two at the same time may make it one more than the most; that does no harm. */
  private static final String INSERT =
      """
      insert into message_template (id, organization, definition_id, purpose, language, subject,
        body, html, text, logo_url, accent_color, version, created_at, updated_at)
      select ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1, ?::timestamptz, ?::timestamptz
      where (select count(*) from message_template where organization = ?) < ?
      """;

  private static final String UPDATE =
      """
      update message_template set definition_id = ?, purpose = ?, language = ?, subject = ?,
        body = ?, html = ?, text = ?, logo_url = ?, accent_color = ?, version = version + 1,
        updated_at = ?::timestamptz
      where organization = ? and id = ?
      """;
  private static final String DELETE =
      "delete from message_template where organization = ? and id = ?";

  private final AgroalDataSource database;

  MessageTemplateTable(@DataSource("notification") AgroalDataSource database) {
    this.database = database;
  }

  /** What came of writing one. */
  enum Written {
    DONE,
    /** There is another for the same definition, purpose and language. */
    TAKEN,
    /** There is no such template, or no room for one more. */
    NOT_DONE
  }

  /**
   * In the order in which they were made.
   *
   * @param after the id of one; null for the first
   */
  List<MessageTemplate> read(OrganizationId organization, UUID after, int limit) {
    try (Connection connection = database.getConnection();
        PreparedStatement select = connection.prepareStatement(SELECT)) {
      select.setString(1, organization.value());
      select.setObject(2, after == null ? FIRST : after);
      select.setInt(3, limit);
      return templates(select);
    } catch (SQLException e) {
      throw new IllegalStateException("message templates could not be read", e);
    }
  }

  Optional<MessageTemplate> find(OrganizationId organization, UUID id) {
    try (Connection connection = database.getConnection();
        PreparedStatement select = connection.prepareStatement(FIND)) {
      select.setString(1, organization.value());
      select.setObject(2, id);
      return templates(select).stream().findFirst();
    } catch (SQLException e) {
      throw new IllegalStateException("a message template could not be read", e);
    }
  }

  private static List<MessageTemplate> templates(PreparedStatement select) throws SQLException {
    List<MessageTemplate> templates = new ArrayList<>();
    try (ResultSet row = select.executeQuery()) {
      while (row.next()) {
        templates.add(
            new MessageTemplate(
                row.getObject("id", UUID.class),
                row.getInt("version"),
                row.getString("definition_id"),
                Purpose.valueOf(row.getString("purpose")),
                row.getString("language"),
                row.getString("subject"),
                row.getString("body"),
                row.getString("html"),
                row.getString("text"),
                row.getString("logo_url"),
                row.getString("accent_color"),
                row.getTimestamp("created_at").toInstant(),
                row.getTimestamp("updated_at").toInstant()));
      }
    }
    return templates;
  }

  Written insert(OrganizationId organization, MessageTemplate template, int most) {
    return write(
        INSERT,
        insert -> {
          insert.setObject(1, template.id());
          insert.setString(2, organization.value());
          words(insert, 3, template);
          insert.setString(12, template.createdAt().toString());
          insert.setString(13, template.updatedAt().toString());
          insert.setString(14, organization.value());
          insert.setInt(15, most);
        });
  }

  Written replace(OrganizationId organization, UUID id, MessageTemplate template, Instant now) {
    return write(
        UPDATE,
        update -> {
          words(update, 1, template);
          update.setString(10, now.toString());
          update.setString(11, organization.value());
          update.setObject(12, id);
        });
  }

  boolean delete(OrganizationId organization, UUID id) {
    return write(
            DELETE,
            delete -> {
              delete.setString(1, organization.value());
              delete.setObject(2, id);
            })
        == Written.DONE;
  }

  private static void words(PreparedStatement statement, int from, MessageTemplate template)
      throws SQLException {
    statement.setString(from, template.definitionId());
    statement.setString(from + 1, template.purpose().name());
    statement.setString(from + 2, template.language());
    statement.setString(from + 3, template.subject());
    statement.setString(from + 4, template.body());
    statement.setString(from + 5, template.html());
    statement.setString(from + 6, template.text());
    statement.setString(from + 7, template.logoUrl());
    statement.setString(from + 8, template.accentColor());
  }

  private interface Filling {
    void of(PreparedStatement statement) throws SQLException;
  }

  private Written write(String sql, Filling filling) {
    try (Connection connection = database.getConnection();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      filling.of(statement);
      return statement.executeUpdate() == 1 ? Written.DONE : Written.NOT_DONE;
    } catch (SQLException e) {
      if (UNIQUE_VIOLATION.equals(e.getSQLState())) {
        return Written.TAKEN;
      }
      throw new IllegalStateException("a message template could not be written", e);
    }
  }
}
