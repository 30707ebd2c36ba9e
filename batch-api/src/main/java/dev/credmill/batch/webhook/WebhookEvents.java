package dev.credmill.batch.webhook;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.credmill.batch.Batch;
import dev.credmill.batch.status.BatchStatus;
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
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * The table {@code webhook_event}: what integrators are to be told of. It is written in the
 * transaction of the change itself, so nothing is told that did not happen, and whatever dies,
 * nothing that did is left out. Each statement asks itself whether anybody wants to hear of it: one
 * round trip for a list of a thousand rows, and no memory of that which could be out of date.
 */
@ApplicationScoped
public class WebhookEvents {
  private static final String WANTED =
      """
      exists (
        select from webhook w
        where w.organization = b.organization and w.disabled_at is null and u.type = any(w.event_types))
      """;

  private static final String ROWS =
      """
      insert into webhook_event (organization, type, batch_id, at, rows, content)
      select b.organization, u.type, b.id, ?, u.rows, u.content::jsonb
      from unnest(?::uuid[], ?::text[], ?::int[], ?::text[]) as u (batch_id, type, rows, content)
      cross join lateral (select id, organization from batch where id = u.batch_id offset 0) b
      where %s
      """
          .formatted(WANTED);

  /**
   * Of a batch whose rows are still answered, the end is told when the last run is finished. The
   * status before is that of a change that may have left it as it was.
   */
  private static final String BATCHES =
      """
      insert into webhook_event (organization, type, batch_id, at, rows, content)
      select b.organization, u.type, b.id, ?, 0,
             jsonb_strip_nulls(jsonb_build_object(
               'batchId', b.id, 'label', b.label, 'status', b.status,
               'definitionIds', to_jsonb(b.definition_ids), 'problem', b.problem - 'errors',
               'counts', jsonb_build_object(
                 'total', b.total, 'invalid', b.invalid, 'ready', b.ready, 'queued', b.queued,
                 'issued', b.issued, 'failed', b.failed, 'skipped', b.skipped, 'cancelled', b.cancelled)))
      from batch_overview b
      join unnest(?::text[], ?::text[]) as u (status, type) on u.status = b.status
      where b.id = any(?) and b.status is distinct from ?
        and (u.type <> ? or not exists (
          select from relay_run r where r.batch_id = b.id and not r.finished))
        and %s
      """
          .formatted(WANTED);

  /** What is about a batch, and rows that are many enough or have waited long enough. */
  private static final String DUE =
      """
      select organization, type, batch_id, min(at) <= ? from webhook_event
      group by organization, type, batch_id
      having sum(rows) = 0 or sum(rows) >= ? or min(at) <= ?
      order by min(id) limit ?
      """;

  private static final String OF_SUBJECT =
      """
      select id, at, content from webhook_event
      where organization = ? and type = ? and batch_id = ?
      order by id limit ?
      """;

  private final AgroalDataSource database;
  private final ObjectMapper json;
  private final Clock clock;

  WebhookEvents(@DataSource("batch") AgroalDataSource database, ObjectMapper json, Clock clock) {
    this.database = database;
    this.json = json;
    this.clock = clock;
  }

  /** Takes down what has become of rows. */
  public void record(Happened happened) throws SQLException {
    if (happened.rows().isEmpty()) {
      return;
    }
    List<Object[]> lines = new ArrayList<>();
    for (Map.Entry<Happened.Alike, List<Integer>> entry : happened.rows().entrySet()) {
      Happened.Alike alike = entry.getKey();
      RowNumbers rows = RowNumbers.of(entry.getValue());
      lines.add(
          new Object[] {
            alike.batch().value(),
            alike.type().text(),
            rows.size(),
            text(new RowsPart(alike.what(), rows))
          });
    }
    try (Connection connection = database.getConnection();
        PreparedStatement insert = connection.prepareStatement(ROWS)) {
      insert.setTimestamp(1, Timestamp.from(clock.instant()));
      String[] types = {"uuid", "text", "int", "text"};
      for (int i = 0; i < types.length; i++) {
        int column = i;
        insert.setArray(
            i + 2,
            connection.createArrayOf(types[i], lines.stream().map(line -> line[column]).toArray()));
      }
      insert.executeUpdate();
    }
  }

  /** What a batch is, as the transaction at hand sees it. */
  public BatchStatus status(BatchId batch) throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement select =
            connection.prepareStatement("select status from batch_overview where id = ?")) {
      select.setObject(1, batch.value());
      try (ResultSet row = select.executeQuery()) {
        row.next();
        return BatchStatus.valueOf(row.getString(1));
      }
    }
  }

  /** Takes down what a batch is now, when it has come to rest. */
  public void rested(BatchId batch) throws SQLException {
    rested(List.of(batch));
  }

  public void rested(Collection<BatchId> batches) throws SQLException {
    insert(batches, null);
  }

  /** The same after a change that need not have made anything else of it. */
  public void changed(BatchId batch, BatchStatus before) throws SQLException {
    insert(List.of(batch), before);
  }

  private void insert(Collection<BatchId> batches, BatchStatus before) throws SQLException {
    if (batches.isEmpty()) {
      return;
    }
    Batch.flush(); // what a command has changed must be seen by the view
    List<BatchStatus> told = new ArrayList<>(List.of(BatchStatus.values()));
    told.removeIf(status -> EventType.of(status).isEmpty());
    try (Connection connection = database.getConnection();
        PreparedStatement insert = connection.prepareStatement(BATCHES)) {
      insert.setTimestamp(1, Timestamp.from(clock.instant()));
      insert.setArray(2, connection.createArrayOf("text", told.stream().map(Enum::name).toArray()));
      insert.setArray(
          3,
          connection.createArrayOf(
              "text",
              told.stream().map(status -> EventType.of(status).orElseThrow().text()).toArray()));
      insert.setArray(
          4, connection.createArrayOf("uuid", batches.stream().map(BatchId::value).toArray()));
      insert.setString(5, before == null ? null : before.name());
      insert.setString(6, EventType.BATCH_COMPLETED.text());
      insert.executeUpdate();
    }
  }

  private String text(RowsPart part) {
    try {
      return json.writeValueAsString(part);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * Events that go into messages together.
   *
   * @param lingered whether the first of them has waited long enough, however few they are
   */
  record Group(OrganizationId organization, EventType type, BatchId batch, boolean lingered) {}

  /** One entry. */
  record Entry(long id, Instant at, String content) {}

  List<Group> due(Instant now, int enough, Duration linger, int most) throws SQLException {
    List<Group> groups = new ArrayList<>();
    try (Connection connection = database.getConnection();
        PreparedStatement select = connection.prepareStatement(DUE)) {
      Timestamp lingered = Timestamp.from(now.minus(linger));
      select.setTimestamp(1, lingered);
      select.setInt(2, enough);
      select.setTimestamp(3, lingered);
      select.setInt(4, most);
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          groups.add(
              new Group(
                  new OrganizationId(row.getString(1)),
                  EventType.of(row.getString(2)),
                  new BatchId(row.getObject(3, UUID.class)),
                  row.getBoolean(4)));
        }
      }
    }
    return groups;
  }

  /** The first entries of a group, in the order in which they were written. */
  List<Entry> of(Group group, int most) throws SQLException {
    List<Entry> entries = new ArrayList<>();
    try (Connection connection = database.getConnection();
        PreparedStatement select = connection.prepareStatement(OF_SUBJECT)) {
      select.setString(1, group.organization().value());
      select.setString(2, group.type().text());
      select.setObject(3, group.batch().value());
      select.setInt(4, most);
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          entries.add(new Entry(row.getLong(1), row.getTimestamp(2).toInstant(), row.getString(3)));
        }
      }
    }
    return entries;
  }

  void delete(Collection<Long> ids) throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement delete =
            connection.prepareStatement("delete from webhook_event where id = any(?)")) {
      delete.setArray(1, connection.createArrayOf("bigint", ids.toArray()));
      delete.executeUpdate();
    }
  }

  /** Leaves of an entry what did not go into a message. */
  void leave(long id, RowsPart rest) throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement update =
            connection.prepareStatement(
                "update webhook_event set rows = ?, content = ?::jsonb where id = ?")) {
      update.setInt(1, rest.rows().size());
      update.setString(2, text(rest));
      update.setLong(3, id);
      update.executeUpdate();
    }
  }
}
