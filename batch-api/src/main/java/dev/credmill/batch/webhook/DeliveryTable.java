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
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * The table {@code webhook_delivery} as a queue. Whoever changes something of a webhook and of its
 * deliveries begins with the webhook, so that nobody waits for another in a ring.
 */
@ApplicationScoped
class DeliveryTable {
  /**
   * Those that were served the longest ago first; what another process is serving is passed over.
   */
  private static final String IN_TURN =
      """
      update webhook set served_at = ?
      where id in (
        select w.id from webhook w
        where w.id in (select webhook_id from webhook_delivery where due_at <= ?)
          and w.disabled_at is null and (w.paused_until is null or w.paused_until <= ?)
          and (select count(*) from webhook_delivery l where l.webhook_id = w.id and l.lease_until > ?)
              < case when w.failing_since is null then ? else 1 end
        order by w.served_at nulls first, w.id
        limit ? for update of w skip locked)
      returning id, failing_since is not null
      """;

  /** Counted anew now that the webhooks are held: nobody else takes up anything of theirs. */
  private static final String CLAIM =
      """
      with next as (
        select n.* from unnest(?::uuid[], ?::int[]) as u (webhook_id, most)
        cross join lateral (
          select count(*) as leased from webhook_delivery l
          where l.webhook_id = u.webhook_id and l.lease_until > ?) l
        cross join lateral (
          select webhook_id, message_id from webhook_delivery d
          where d.webhook_id = u.webhook_id and d.due_at <= ?
          order by d.due_at, d.message_id
          limit greatest(u.most - l.leased, 0) for update skip locked) n),
      claimed as (
        update webhook_delivery d
        set attempt = d.attempt + 1, due_at = ?, lease_until = ?
        from next n
        where d.webhook_id = n.webhook_id and d.message_id = n.message_id
        returning d.*)
      select c.webhook_id, c.message_id, c.attempt, c.failures, c.begun_at, w.url,
             m.organization, m.type, m.batch_id, m.at, m.content
      from claimed c
      join webhook w on w.id = c.webhook_id
      join webhook_message m on m.id = c.message_id
      """;

  /** Only of the attempt that was begun last: whoever took over speaks for it. */
  private static final String SETTLE =
      """
      update webhook_delivery
      set status = ?, failures = ?, due_at = ?, lease_until = null
      where webhook_id = ? and message_id = ? and attempt = ?
      """;

  private static final String PUT_BACK =
      """
      update webhook_delivery set due_at = ?, lease_until = null
      where webhook_id = ? and message_id = ? and attempt = ? and due_at is not null
      """;

  private static final String LOG =
      """
      insert into webhook_attempt (webhook_id, message_id, number, at, millis, status_code, error)
      select webhook_id, message_id, ?, ?, ?, ?, ? from webhook_delivery
      where webhook_id = ? and message_id = ?
      on conflict (webhook_id, message_id, number) do nothing
      """;

  private static final String GIVE_UP =
      """
      update webhook_delivery set status = 'FAILED', due_at = null, lease_until = null
      where webhook_id = ? and due_at is not null
      """;

  private final AgroalDataSource database;

  DeliveryTable(@DataSource("batch") AgroalDataSource database) {
    this.database = database;
  }

  /**
   * Takes up what is due, webhooks in turn, for as long as the lease lasts.
   *
   * @param room how many at most
   * @param each how many of one webhook may be under way, in all processes together
   */
  List<Outgoing> claim(Instant now, Duration lease, int room, int each) throws SQLException {
    try (Connection connection = database.getConnection()) {
      Map<UUID, Integer> most = inTurn(connection, now, room, each);
      return most.isEmpty() ? List.of() : claim(connection, most, now, now.plus(lease));
    }
  }

  private static Map<UUID, Integer> inTurn(Connection connection, Instant now, int room, int each)
      throws SQLException {
    Map<UUID, Integer> most = new LinkedHashMap<>();
    int share = Math.max(1, Math.min(each, room));
    try (PreparedStatement serve = connection.prepareStatement(IN_TURN)) {
      for (int i = 1; i <= 4; i++) {
        serve.setTimestamp(i, Timestamp.from(now));
      }
      serve.setInt(5, each);
      serve.setInt(6, Math.max(1, room / share));
      try (ResultSet row = serve.executeQuery()) {
        while (row.next()) {
          most.put(row.getObject(1, UUID.class), row.getBoolean(2) ? 1 : share);
        }
      }
    }
    return most;
  }

  private static List<Outgoing> claim(
      Connection connection, Map<UUID, Integer> most, Instant now, Instant leaseEnd)
      throws SQLException {
    List<Outgoing> claimed = new ArrayList<>();
    try (PreparedStatement claim = connection.prepareStatement(CLAIM)) {
      claim.setArray(1, connection.createArrayOf("uuid", most.keySet().toArray()));
      claim.setArray(2, connection.createArrayOf("int", most.values().toArray()));
      claim.setTimestamp(3, Timestamp.from(now));
      claim.setTimestamp(4, Timestamp.from(now));
      claim.setTimestamp(5, Timestamp.from(leaseEnd));
      claim.setTimestamp(6, Timestamp.from(leaseEnd));
      try (ResultSet row = claim.executeQuery()) {
        while (row.next()) {
          claimed.add(outgoing(row));
        }
      }
    }
    return claimed;
  }

  private static Outgoing outgoing(ResultSet row) throws SQLException {
    UUID batch = row.getObject(9, UUID.class);
    return new Outgoing(
        row.getObject(1, UUID.class),
        new MessageId(row.getObject(2, UUID.class)),
        row.getInt(3),
        row.getInt(4),
        row.getTimestamp(5).toInstant(),
        row.getString(6),
        new OrganizationId(row.getString(7)),
        EventType.of(row.getString(8)),
        batch == null ? null : new BatchId(batch),
        row.getTimestamp(10).toInstant(),
        row.getString(11));
  }

  /**
   * Writes down where a message stands after an attempt.
   *
   * @param dueAt null where nothing more is tried
   */
  void settle(Outgoing message, DeliveryView.Status status, int failures, Instant dueAt)
      throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement update = connection.prepareStatement(SETTLE)) {
      update.setString(1, status.name());
      update.setInt(2, failures);
      update.setTimestamp(3, dueAt == null ? null : Timestamp.from(dueAt));
      update.setObject(4, message.webhook());
      update.setObject(5, message.id().value());
      update.setInt(6, message.attempt());
      update.executeUpdate();
    }
  }

  /** Leaves a message for later that could not be tried. */
  void putBack(Outgoing message, Instant dueAt) throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement update = connection.prepareStatement(PUT_BACK)) {
      update.setTimestamp(1, Timestamp.from(dueAt));
      update.setObject(2, message.webhook());
      update.setObject(3, message.id().value());
      update.setInt(4, message.attempt());
      update.executeUpdate();
    }
  }

  void log(Outgoing message, Attempt attempt, Instant at, Duration took) throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement insert = connection.prepareStatement(LOG)) {
      insert.setInt(1, message.attempt());
      insert.setTimestamp(2, Timestamp.from(at));
      insert.setLong(3, took.toMillis());
      insert.setObject(4, attempt.statusCode());
      insert.setString(5, attempt.error() == null ? null : attempt.error().name());
      insert.setObject(6, message.webhook());
      insert.setObject(7, message.id().value());
      insert.executeUpdate();
    }
  }

  /** Gives up whatever waits for a webhook that is held and disabled. */
  void giveUp(UUID webhook) throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement update = connection.prepareStatement(GIVE_UP)) {
      update.setObject(1, webhook);
      update.executeUpdate();
    }
  }
}
