package dev.credmill.batch.revocation;

import dev.credmill.batch.revocation.StatusChangeView.Counted;
import dev.credmill.contracts.access.Caller;
import dev.credmill.contracts.access.Role;
import dev.credmill.contracts.event.StatusAction;
import dev.credmill.contracts.id.BatchId;
import dev.credmill.contracts.id.OrganizationId;
import dev.credmill.contracts.id.RowId;
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
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

@ApplicationScoped
class StatusChangeTable {
  private static final String COLUMNS =
      "number, id, organization, created_by, created_at, action, reason, notify, total, replaced_by, finished_at";

  /** The batches that a caller may see; two parameters. */
  private static final String VISIBLE =
      "b.organization = ? and (?::text is null or b.created_by = ?)";

  private final AgroalDataSource database;

  StatusChangeTable(@DataSource("batch") AgroalDataSource database) {
    this.database = database;
  }

  long insert(UUID id, Caller by, StatusChanges.Wish wish, Instant now) throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement insert =
            connection.prepareStatement(
                """
                insert into status_change (id, organization, created_by, created_at, action, becomes, reason, notify, total)
                values (?, ?, ?, ?, ?, ?, ?, ?, 0) returning number
                """)) {
      insert.setObject(1, id);
      insert.setString(2, by.organization().value());
      insert.setString(3, by.keyId());
      insert.setTimestamp(4, Timestamp.from(now));
      insert.setString(5, wish.action().name());
      insert.setString(6, wish.action().result().name());
      insert.setString(7, wish.reason());
      insert.setBoolean(8, wish.notifyRecipients());
      try (ResultSet row = insert.executeQuery()) {
        row.next();
        return row.getLong(1);
      }
    }
  }

  /** A change that revokes what rows of a batch take the place of, whole and ready to be sent. */
  void insertReplaced(UUID id, BatchId by, List<Integer> rows, Instant now) throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement insert =
            connection.prepareStatement(
                """
                with change as (
                  insert into status_change (id, organization, created_by, created_at, action, becomes, reason, total, replaced_by)
                  select ?, organization, created_by, ?, ?, ?, replaces_because, ?, id
                  from batch where id = ? and replaces is not null
                  returning number)
                insert into status_change_row (change, ordinal, batch_id, row_number, outcome)
                select c.number, u.ordinal, b.replaces, u.number, 'PENDING'
                from change c
                join batch b on b.id = ?
                cross join unnest(?::int[]) with ordinality as u (number, ordinal)
                """)) {
      insert.setObject(1, id);
      insert.setTimestamp(2, Timestamp.from(now));
      insert.setString(3, StatusAction.REVOKE.name());
      insert.setString(4, StatusAction.REVOKE.result().name());
      insert.setInt(5, rows.size());
      insert.setObject(6, by.value());
      insert.setObject(7, by.value());
      insert.setArray(8, connection.createArrayOf("int", rows.toArray()));
      insert.executeUpdate();
    }
  }

  /** What a caller named, in that order. Rows must be of batches that the caller may see. */
  record Line(String input, RowId row, ChangeOutcome outcome) {}

  void addLines(long change, int from, List<Line> lines) throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement insert =
            connection.prepareStatement(
                """
                insert into status_change_row (change, ordinal, input, batch_id, row_number, outcome)
                select ?, ordinal, input, batch_id, row_number, outcome
                from unnest(?::int[], ?::text[], ?::uuid[], ?::int[], ?::text[])
                  as line (ordinal, input, batch_id, row_number, outcome)
                """)) {
      int size = lines.size();
      Integer[] ordinals = new Integer[size];
      Arrays.setAll(ordinals, i -> from + i + 1);
      insert.setLong(1, change);
      insert.setArray(2, connection.createArrayOf("int", ordinals));
      insert.setArray(
          3, connection.createArrayOf("text", lines.stream().map(Line::input).toArray()));
      insert.setArray(
          4,
          connection.createArrayOf(
              "uuid",
              lines.stream()
                  .map(line -> line.row() == null ? null : line.row().batch().value())
                  .toArray()));
      insert.setArray(
          5,
          connection.createArrayOf(
              "int",
              lines.stream()
                  .map(line -> line.row() == null ? null : line.row().number())
                  .toArray()));
      insert.setArray(
          6,
          connection.createArrayOf(
              "text", lines.stream().map(line -> line.outcome().name()).toArray()));
      insert.executeUpdate();
    }
  }

  /** All issued rows of a batch. */
  void addBatch(long change, BatchId batch) throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement insert =
            connection.prepareStatement(
                """
                insert into status_change_row (change, ordinal, batch_id, row_number, outcome)
                select ?, row_number() over (order by number), batch_id, number, 'PENDING'
                from row_credential where batch_id = ?
                """)) {
      insert.setLong(1, change);
      insert.setObject(2, batch.value());
      insert.executeUpdate();
    }
  }

  void addFitting(long change, Caller by, Selection.Fitting fitting) throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement insert =
            connection.prepareStatement(
                """
                insert into status_change_row (change, ordinal, batch_id, row_number, outcome)
                select ?, row_number() over (order by c.batch_id, c.number), c.batch_id, c.number, 'PENDING'
                from batch b
                join row_credential c on c.batch_id = b.id
                left join sheet_row r on r.batch_id = c.batch_id and r.number = c.number
                  and cardinality(b.definition_ids) > 1
                where %s
                  and (?::text is null or (? = any(b.definition_ids)
                    and (cardinality(b.definition_ids) = 1 or b.definition_ids[r.definition + 1] = ?)))
                  and (?::text is null or b.label = ?)
                  and (?::timestamptz is null or c.issued_at >= ?)
                  and (?::timestamptz is null or c.issued_at < ?)
                """
                    .formatted(VISIBLE))) {
      int i = 1;
      insert.setLong(i++, change);
      i = visible(insert, i, by);
      for (int n = 0; n < 3; n++) {
        insert.setString(i++, fitting.definitionId());
      }
      insert.setString(i++, fitting.label());
      insert.setString(i++, fitting.label());
      for (Instant time : new Instant[] {fitting.issuedFrom(), fitting.issuedBefore()}) {
        insert.setTimestamp(i++, time == null ? null : Timestamp.from(time));
        insert.setTimestamp(i++, time == null ? null : Timestamp.from(time));
      }
      insert.executeUpdate();
    }
  }

  /**
   * Fixes how many there are, once all are added; what has no credential, or is named twice, ends
   * here.
   */
  int close(long change) throws SQLException {
    try (Connection connection = database.getConnection()) {
      try (PreparedStatement update =
          connection.prepareStatement(
              """
              update status_change_row r set outcome = 'REPEATED'
              where r.change = ? and r.outcome = 'PENDING' and r.input is not null and exists (
                select from status_change_row e
                where e.change = r.change and e.batch_id = r.batch_id and e.row_number = r.row_number
                  and e.ordinal < r.ordinal)
              """)) {
        update.setLong(1, change);
        update.executeUpdate();
      }
      try (PreparedStatement update =
          connection.prepareStatement(
              """
              update status_change_row r set outcome = 'NOT_ISSUED'
              where r.change = ? and r.outcome = 'PENDING' and r.input is not null and not exists (
                select from row_credential c where c.batch_id = r.batch_id and c.number = r.row_number)
              """)) {
        update.setLong(1, change);
        update.executeUpdate();
      }
      try (PreparedStatement update =
          connection.prepareStatement(
              """
              update status_change
              set total = (select count(*) from status_change_row where change = number)
              where number = ? returning total
              """)) {
        update.setLong(1, change);
        try (ResultSet row = update.executeQuery()) {
          row.next();
          return row.getInt(1);
        }
      }
    }
  }

  /** What the change would do to credentials as they are now. */
  Map<ChangeOutcome, Integer> foreseen(long change, StatusAction action) throws SQLException {
    return counts(
        """
        select case when r.outcome <> 'PENDING' then r.outcome
                    when c.validity = ?::validity_state then 'UNCHANGED'
                    when c.validity = 'REVOKED' then 'NOT_POSSIBLE'
                    else 'DONE' end, count(*)
        from status_change_row r
        left join row_credential c on c.batch_id = r.batch_id and c.number = r.row_number
        where r.change = ?
        group by 1
        """,
        action.result().name(),
        change);
  }

  Map<ChangeOutcome, Integer> counts(long change) throws SQLException {
    return counts(
        "select outcome, count(*) from status_change_row where change = ? group by 1", change);
  }

  private Map<ChangeOutcome, Integer> counts(String sql, Object... values) throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement select = connection.prepareStatement(sql)) {
      for (int i = 0; i < values.length; i++) {
        select.setObject(i + 1, values[i]);
      }
      Map<ChangeOutcome, Integer> counts = new EnumMap<>(ChangeOutcome.class);
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          counts.put(ChangeOutcome.valueOf(rows.getString(1)), rows.getInt(2));
        }
      }
      return counts;
    }
  }

  Optional<StatusChange> find(Caller caller, UUID id) throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement select =
            connection.prepareStatement(
                "select %s from status_change b where id = ? and %s".formatted(COLUMNS, VISIBLE))) {
      select.setObject(1, id);
      visible(select, 2, caller);
      try (ResultSet row = select.executeQuery()) {
        return row.next() ? Optional.of(change(row)) : Optional.empty();
      }
    }
  }

  /** The newest first. */
  List<StatusChange> list(Caller caller, long before, int limit) throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement select =
            connection.prepareStatement(
                "select %s from status_change b where %s and number < ? order by number desc limit ?"
                    .formatted(COLUMNS, VISIBLE))) {
      int i = visible(select, 1, caller);
      select.setLong(i++, before);
      select.setInt(i, limit);
      List<StatusChange> changes = new ArrayList<>();
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          changes.add(change(row));
        }
      }
      return changes;
    }
  }

  /** Lines in the order of the caller. */
  List<Counted> lines(long change, ChangeOutcome outcome, int after, int limit)
      throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement select =
            connection.prepareStatement(
                """
                select r.ordinal, r.input, r.batch_id, r.row_number, r.outcome, c.credential_id, s.reference,
                       r.email_notice, r.sms_notice
                from status_change_row r
                left join row_credential c on c.batch_id = r.batch_id and c.number = r.row_number
                left join sheet_row s on s.batch_id = r.batch_id and s.number = r.row_number
                where r.change = ? and r.ordinal > ? and (?::text is null or r.outcome = ?)
                order by r.ordinal limit ?
                """)) {
      select.setLong(1, change);
      select.setInt(2, after);
      select.setString(3, outcome == null ? null : outcome.name());
      select.setString(4, outcome == null ? null : outcome.name());
      select.setInt(5, limit);
      List<Counted> lines = new ArrayList<>();
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          UUID batch = row.getObject(3, UUID.class);
          lines.add(
              new Counted(
                  row.getInt(1),
                  row.getString(2),
                  batch == null ? null : batch.toString(),
                  row.getObject(4, Integer.class),
                  row.getString(6),
                  row.getString(7),
                  ChangeOutcome.valueOf(row.getString(5)),
                  Notice.of(row.getString(8), row.getString(9))));
        }
      }
      return lines;
    }
  }

  /** What is to be sent of one change. */
  record Work(StatusChange change, int from) {}

  /** Takes the oldest change with something to send, for a while. */
  Optional<Work> lease(Instant now, Duration lease, Duration patience) throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement update =
            connection.prepareStatement(
                """
                update status_change set lease_until = ?,
                  sent_to = case when sent_to >= total then 0 else sent_to end
                where number = (
                  select number from status_change
                  where finished_at is null and (lease_until is null or lease_until < ?)
                    and (sent_to < total or sent_at < ?)
                  order by sent_at nulls first, number limit 1 for update skip locked)
                returning %s, sent_to
                """
                    .formatted(COLUMNS))) {
      update.setTimestamp(1, Timestamp.from(now.plus(lease)));
      update.setTimestamp(2, Timestamp.from(now));
      update.setTimestamp(3, Timestamp.from(now.minus(patience)));
      try (ResultSet row = update.executeQuery()) {
        return row.next()
            ? Optional.of(new Work(change(row), row.getInt("sent_to")))
            : Optional.empty();
      }
    }
  }

  /** A row that waits for its answer. */
  record Pending(int ordinal, RowId row) {}

  List<Pending> pending(long change, int after, int limit) throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement select =
            connection.prepareStatement(
                """
                select ordinal, batch_id, row_number from status_change_row
                where change = ? and ordinal > ? and outcome = 'PENDING'
                order by ordinal limit ?
                """)) {
      select.setLong(1, change);
      select.setInt(2, after);
      select.setInt(3, limit);
      List<Pending> pending = new ArrayList<>();
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          pending.add(
              new Pending(
                  row.getInt(1),
                  new RowId(new BatchId(row.getObject(2, UUID.class)), row.getInt(3))));
        }
      }
      return pending;
    }
  }

  void sent(long change, int to, Instant now) throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement update =
            connection.prepareStatement(
                "update status_change set sent_to = ?, sent_at = ?, lease_until = null where number = ?")) {
      update.setInt(1, to);
      update.setTimestamp(2, Timestamp.from(now));
      update.setLong(3, change);
      update.executeUpdate();
    }
  }

  /** Ends those that wait for nothing more. */
  void finish(Instant now) throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement update =
            connection.prepareStatement(
                """
                update status_change c set finished_at = ?
                where finished_at is null and not exists (
                  select from status_change_row r where r.change = c.number and r.outcome = 'PENDING')
                """)) {
      update.setTimestamp(1, Timestamp.from(now));
      update.executeUpdate();
    }
  }

  private static int visible(PreparedStatement statement, int at, Caller caller)
      throws SQLException {
    String key = caller.role() == Role.ORG_ADMIN ? null : caller.keyId();
    statement.setString(at, caller.organization().value());
    statement.setString(at + 1, key);
    statement.setString(at + 2, key);
    return at + 3;
  }

  private static StatusChange change(ResultSet row) throws SQLException {
    Timestamp finished = row.getTimestamp("finished_at");
    UUID replacedBy = row.getObject("replaced_by", UUID.class);
    return new StatusChange(
        row.getLong("number"),
        row.getObject("id", UUID.class),
        new OrganizationId(row.getString("organization")),
        row.getString("created_by"),
        row.getTimestamp("created_at").toInstant(),
        StatusAction.valueOf(row.getString("action")),
        row.getString("reason"),
        row.getBoolean("notify"),
        row.getInt("total"),
        replacedBy == null ? null : new BatchId(replacedBy),
        finished == null ? null : finished.toInstant());
  }
}
