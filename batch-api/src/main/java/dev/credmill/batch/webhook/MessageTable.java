package dev.credmill.batch.webhook;

import dev.credmill.contracts.id.BatchId;
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
import java.util.UUID;

/** The table {@code webhook_message}: what is said, and to whom it goes. */
@ApplicationScoped
class MessageTable {
  /**
   * The webhooks are held, so that none of them is disabled with a message on its way that nobody
   * would ever take up or give up.
   */
  private static final String ADD =
      """
      with hearing as (
        select w.id from webhook w where w.disabled_at is null and %s for share),
      message as (
        insert into webhook_message (id, organization, type, batch_id, at, content, created_at)
        select ?, ?, ?, ?, ?, ?::jsonb, ? where exists (select from hearing)
        returning id)
      insert into webhook_delivery (webhook_id, message_id, status, begun_at, due_at)
      select h.id, m.id, 'PENDING', ?, ? from hearing h cross join message m
      """;

  private static final String ADD_FOR_ALL =
      ADD.formatted("w.organization = ? and ? = any(w.event_types)");
  private static final String ADD_FOR_ONE = ADD.formatted("w.organization = ? and w.id = ?");

  /** Only one process at a time puts messages together, or what it leaves would be taken twice. */
  private static final String ALONE = "select pg_try_advisory_xact_lock(?)";

  private static final String ONE_AT_A_TIME = "select pg_advisory_xact_lock(?, ?)";
  private static final int COUNTING = 0x77656268; // "webh"
  private static final long COMPOSING = 0x63726D_77656268L; // "crm webh"

  private static final String ERASE =
      """
      delete from webhook_message where id in (
        select m.id from webhook_message m
        where m.created_at < ? and not exists (
          select from webhook_delivery d where d.message_id = m.id and d.due_at is not null)
        limit ?)
      """;

  private final AgroalDataSource database;

  MessageTable(@DataSource("batch") AgroalDataSource database) {
    this.database = database;
  }

  /**
   * A message to be sent.
   *
   * @param batch null for a test
   */
  record Message(
      MessageId id,
      OrganizationId organization,
      EventType type,
      BatchId batch,
      Instant at,
      String content) {}

  /** Whether no other process is putting messages together, until the transaction ends. */
  boolean alone() throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement lock = connection.prepareStatement(ALONE)) {
      lock.setLong(1, COMPOSING);
      try (ResultSet result = lock.executeQuery()) {
        result.next();
        return result.getBoolean(1);
      }
    }
  }

  /** Whoever counts an organization's webhooks to add one waits for others that do. */
  void oneAtATime(OrganizationId organization) throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement lock = connection.prepareStatement(ONE_AT_A_TIME)) {
      lock.setInt(1, COUNTING);
      lock.setInt(2, organization.value().hashCode());
      lock.execute();
    }
  }

  /** Keeps it for every webhook that wants to hear of it; keeps nothing where there is none. */
  void add(Message message, Instant now) throws SQLException {
    add(ADD_FOR_ALL, message, message.type().text(), now);
  }

  /** Keeps it for one webhook; false where that is disabled. */
  boolean addFor(UUID webhook, Message message, Instant now) throws SQLException {
    return add(ADD_FOR_ONE, message, webhook, now) == 1;
  }

  private int add(String sql, Message message, Object whom, Instant now) throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement insert = connection.prepareStatement(sql)) {
      int i = 1;
      insert.setString(i++, message.organization().value());
      insert.setObject(i++, whom);
      insert.setObject(i++, message.id().value());
      insert.setString(i++, message.organization().value());
      insert.setString(i++, message.type().text());
      insert.setObject(i++, message.batch() == null ? null : message.batch().value());
      insert.setTimestamp(i++, Timestamp.from(message.at()));
      insert.setString(i++, message.content());
      for (int times = 0; times < 3; times++) {
        insert.setTimestamp(i++, Timestamp.from(now));
      }
      return insert.executeUpdate();
    }
  }

  /** Deletes messages of before a time that nobody waits for any more; tells how many. */
  int erase(Instant before, int most) throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement delete = connection.prepareStatement(ERASE)) {
      delete.setTimestamp(1, Timestamp.from(before));
      delete.setInt(2, most);
      return delete.executeUpdate();
    }
  }
}
