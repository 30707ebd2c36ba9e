package dev.credmill.batch.webhook;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
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

/** The messages of a webhook as people look at them, and as they have them sent again. */
@ApplicationScoped
class DeliveryLog {
  private static final String SELECT =
      """
      select m.id, m.type, m.batch_id, d.status, m.created_at,
             case when d.lease_until is null then d.due_at end,
             coalesce((
               select jsonb_agg(jsonb_build_object(
                        'at', a.at, 'statusCode', a.status_code, 'durationMillis', a.millis, 'error', a.error)
                      order by a.number)
               from webhook_attempt a
               where a.webhook_id = d.webhook_id and a.message_id = d.message_id), '[]')
      from webhook_delivery d join webhook_message m on m.id = d.message_id
      where d.webhook_id = ?
      """;

  private static final String LIST =
      SELECT
          + """
            and (?::text is null or d.status = ?) and (?::uuid is null or d.message_id < ?)
            order by d.message_id desc limit ?
            """;

  private static final String ONE = SELECT + " and d.message_id = ?";

  /** What is being sent at this moment is left to that. */
  private static final String AGAIN =
      """
      update webhook_delivery d
      set status = 'PENDING', begun_at = ?, failures = 0, due_at = ?, lease_until = null
      where d.webhook_id = ? and (d.lease_until is null or d.lease_until <= ?) and %s
      """;

  private static final String AGAIN_ONE = AGAIN.formatted("d.message_id = ?");
  private static final String AGAIN_SINCE =
      AGAIN.formatted(
          "d.status = 'FAILED' and exists (select from webhook_message m where m.id = d.message_id and m.created_at >= ?)");

  private final AgroalDataSource database;
  private final ObjectMapper json;

  DeliveryLog(@DataSource("batch") AgroalDataSource database, ObjectMapper json) {
    this.database = database;
    this.json = json;
  }

  /**
   * The newest first.
   *
   * @param status null for any
   * @param before only older ones; null for all
   */
  List<DeliveryView> list(UUID webhook, DeliveryView.Status status, MessageId before, int most)
      throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement select = connection.prepareStatement(LIST)) {
      select.setObject(1, webhook);
      select.setString(2, status == null ? null : status.name());
      select.setString(3, status == null ? null : status.name());
      select.setObject(4, before == null ? null : before.value());
      select.setObject(5, before == null ? null : before.value());
      select.setInt(6, most);
      return read(select);
    }
  }

  Optional<DeliveryView> find(UUID webhook, MessageId id) throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement select = connection.prepareStatement(ONE)) {
      select.setObject(1, webhook);
      select.setObject(2, id.value());
      return read(select).stream().findFirst();
    }
  }

  /** Has one sent again, whatever became of it. */
  void again(UUID webhook, MessageId id, Instant now) throws SQLException {
    again(AGAIN_ONE, webhook, id.value(), now);
  }

  /** Has all sent again that were made since a time and have failed; tells how many. */
  int againSince(UUID webhook, Instant since, Instant now) throws SQLException {
    return again(AGAIN_SINCE, webhook, Timestamp.from(since), now);
  }

  private int again(String sql, UUID webhook, Object which, Instant now) throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement update = connection.prepareStatement(sql)) {
      update.setTimestamp(1, Timestamp.from(now));
      update.setTimestamp(2, Timestamp.from(now));
      update.setObject(3, webhook);
      update.setTimestamp(4, Timestamp.from(now));
      update.setObject(5, which);
      return update.executeUpdate();
    }
  }

  private List<DeliveryView> read(PreparedStatement select) throws SQLException {
    List<DeliveryView> deliveries = new ArrayList<>();
    try (ResultSet row = select.executeQuery()) {
      while (row.next()) {
        Timestamp next = row.getTimestamp(6);
        deliveries.add(
            new DeliveryView(
                new MessageId(row.getObject(1, UUID.class)).toString(),
                row.getString(2),
                row.getString(3),
                DeliveryView.Status.valueOf(row.getString(4)),
                row.getTimestamp(5).toInstant(),
                next == null ? null : next.toInstant(),
                attempts(row.getString(7))));
      }
    }
    return deliveries;
  }

  private List<DeliveryView.Tried> attempts(String text) {
    try {
      return json.readValue(text, new TypeReference<>() {});
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("attempts cannot be read", e);
    }
  }
}
