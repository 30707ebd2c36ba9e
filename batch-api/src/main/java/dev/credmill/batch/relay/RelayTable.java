package dev.credmill.batch.relay;

import dev.credmill.batch.BatchConfig;
import dev.credmill.contracts.id.BatchId;
import io.agroal.api.AgroalDataSource;
import io.quarkus.agroal.DataSource;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The table {@code relay_run}: which rows are decided to go out, and which are out; and with it
 * {@code relay_step}, since when.
 */
@ApplicationScoped
class RelayTable {
  private static final String OPEN =
      "insert into relay_run (batch_id, run) values (?, ?) on conflict (batch_id, run) do nothing";
  private static final String IS_OPEN =
      "select exists (select from relay_run where batch_id = ? and run = ?)";
  private static final String HAS_INVALID_ROWS =
      "select coalesce(sum(invalid), 0) > 0 from batch_count where batch_id = ?";
  private static final String HAS_READY_ROWS =
      """
      select coalesce(sum(total - invalid - skipped - cancelled - relayed), 0) > 0
      from batch_count where batch_id = ?
      """;

  /** A run has work when it may reserve rows, or owes the broker rows that it has reserved. */
  private static final String HAS_WORK =
      """
      not r.finished
      and ((not r.exhausted and not r.closed and b.paused_at is null) or r.published < r.reserved)
      """;

  private static final String ORGANIZATIONS =
      """
      select distinct b.organization
      from relay_run r join batch b on b.id = r.batch_id
      where %s
      order by b.organization
      """
          .formatted(HAS_WORK);
  private static final String QUEUED =
      """
      select coalesce(sum(c.relayed - c.issued - c.failed), 0)
      from batch_count c
      where c.batch_id in (
        select r.batch_id from relay_run r join batch b on b.id = r.batch_id
        where not r.finished and b.organization = ?)
      """;
  private static final String CLAIM =
      """
      update relay_run t
      set lease_owner = ?, lease_until = now() + ? * interval '1 millisecond', served_at = now()
      from (
        select r.batch_id, r.run
        from relay_run r join batch b on b.id = r.batch_id
        where b.organization = ? and %s
          and (r.lease_until is null or r.lease_until < now() or r.lease_owner = ?)
          and (? or r.published < r.reserved)
        order by r.served_at nulls first, r.batch_id, r.run
        limit 1 for update of r skip locked) n
      where t.batch_id = n.batch_id and t.run = n.run
      returning t.batch_id, t.run, t.reserved, t.published
      """
          .formatted(HAS_WORK);
  private static final String LOCK =
      """
      select from relay_run
      where batch_id = ? and run = ? and lease_owner = ? and reserved = ? and not closed
      for update
      """;
  private static final String RESERVE =
      "update relay_run set reserved = ?, exhausted = ? where batch_id = ? and run = ?";

  /** Of rows that are sent once more, the first time counts. */
  private static final String PUBLISHED =
      """
      with moved as (
        update relay_run set published = ?
        where batch_id = ? and run = ? and lease_owner = ? and published = ?
        returning batch_id, run, published)
      insert into relay_step (batch_id, run, up_to, after, at)
      select m.batch_id, m.run, m.published, ?, now() from moved m
      where not exists (
        select from relay_step s
        where s.batch_id = m.batch_id and s.run = m.run and s.up_to >= m.published)
      """;

  private static final String FINISH =
      """
      update relay_run r set finished = true
      where not r.finished and (r.exhausted or r.closed) and r.published = r.reserved
        and (select coalesce(sum(relayed - issued - failed), 0) from batch_count c
             where c.batch_id = r.batch_id) <= 0
      returning r.batch_id
      """;

  /** Answers are overdue: publish again from the lowest row that has none. The wait doubles. */
  private static final String REPEAT =
      """
      update relay_run r
      set published = least(r.published, coalesce(
            (select w.number - 1 from sheet_row w
             where w.batch_id = r.batch_id and w.run = r.run and w.issue = 'READY'
               and w.number <= r.reserved
               and not exists (
                 select from row_credential c
                 where c.batch_id = w.batch_id and c.number = w.number offset 0)
             order by w.number limit 1),
            r.published)),
          stalls = case when r.stalled_at > q.answered_at then r.stalls + 1 else 1 end,
          stalled_at = now()
      from (
        select batch_id, sum(relayed - issued - failed) as queued,
               coalesce(max(issue_changed_at), '-infinity') as answered_at
        from batch_count
        where batch_id in (select batch_id from relay_run where not finished)
        group by batch_id) q
      where r.batch_id = q.batch_id and not r.finished and r.published = r.reserved
        and q.queued > 0
        and greatest(q.answered_at, r.served_at, r.stalled_at)
            < now() - ? * power(2, case when r.stalled_at > q.answered_at then least(r.stalls, 5) else 0 end)
              * interval '1 millisecond'
      returning r.batch_id
      """;

  private final AgroalDataSource database;
  private final long leaseMillis;

  RelayTable(@DataSource("batch") AgroalDataSource database, BatchConfig config) {
    this.database = database;
    this.leaseMillis = config.lease().toMillis();
  }

  /** A run in the hands of one relay. */
  record Run(BatchId batch, int number, int reserved, int published) {}

  boolean hasInvalidRows(BatchId batch) throws SQLException {
    return hasRows(HAS_INVALID_ROWS, batch);
  }

  boolean hasReadyRows(BatchId batch) throws SQLException {
    return hasRows(HAS_READY_ROWS, batch);
  }

  private boolean hasRows(String sql, BatchId batch) throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement select = connection.prepareStatement(sql)) {
      select.setObject(1, batch.value());
      try (ResultSet result = select.executeQuery()) {
        result.next();
        return result.getBoolean(1);
      }
    }
  }

  void open(BatchId batch, int run) throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement open = connection.prepareStatement(OPEN)) {
      open.setObject(1, batch.value());
      open.setInt(2, run);
      open.executeUpdate();
    }
  }

  boolean isOpen(BatchId batch, int run) throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement select = connection.prepareStatement(IS_OPEN)) {
      select.setObject(1, batch.value());
      select.setInt(2, run);
      try (ResultSet result = select.executeQuery()) {
        result.next();
        return result.getBoolean(1);
      }
    }
  }

  List<String> organizationsWithWork() throws SQLException {
    List<String> organizations = new ArrayList<>();
    try (Connection connection = database.getConnection();
        PreparedStatement select = connection.prepareStatement(ORGANIZATIONS);
        ResultSet result = select.executeQuery()) {
      while (result.next()) {
        organizations.add(result.getString(1));
      }
    }
    return organizations;
  }

  /** How many rows of an organization are relayed and not yet answered. */
  int queued(String organization) throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement select = connection.prepareStatement(QUEUED)) {
      select.setString(1, organization);
      try (ResultSet result = select.executeQuery()) {
        result.next();
        return result.getInt(1);
      }
    }
  }

  /**
   * Takes the run of an organization that was served the longest ago.
   *
   * @param mayReserve whether its window has room; without, only owed rows are taken up
   */
  Optional<Run> claim(String organization, UUID owner, boolean mayReserve) throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement claim = connection.prepareStatement(CLAIM)) {
      claim.setObject(1, owner);
      claim.setLong(2, leaseMillis);
      claim.setString(3, organization);
      claim.setObject(4, owner);
      claim.setBoolean(5, mayReserve);
      try (ResultSet result = claim.executeQuery()) {
        return result.next()
            ? Optional.of(
                new Run(
                    new BatchId(result.getObject(1, UUID.class)),
                    result.getInt(2),
                    result.getInt(3),
                    result.getInt(4)))
            : Optional.empty();
      }
    }
  }

  /** Locks a run; false when it was closed or taken over meanwhile. */
  boolean lock(Run run, UUID owner) throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement lock = connection.prepareStatement(LOCK)) {
      lock.setObject(1, run.batch().value());
      lock.setInt(2, run.number());
      lock.setObject(3, owner);
      lock.setInt(4, run.reserved());
      try (ResultSet result = lock.executeQuery()) {
        return result.next();
      }
    }
  }

  /** Decides that rows of a locked run up to a number go out. */
  void reserve(Run run, int upTo, boolean exhausted) throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement reserve = connection.prepareStatement(RESERVE)) {
      reserve.setInt(1, upTo);
      reserve.setBoolean(2, exhausted);
      reserve.setObject(3, run.batch().value());
      reserve.setInt(4, run.number());
      reserve.executeUpdate();
    }
  }

  /** Records the broker's ack for rows up to a number. */
  void published(Run run, UUID owner, int upTo) throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement published = connection.prepareStatement(PUBLISHED)) {
      published.setInt(1, upTo);
      published.setObject(2, run.batch().value());
      published.setInt(3, run.number());
      published.setObject(4, owner);
      published.setInt(5, run.published());
      published.setInt(6, run.published());
      published.executeUpdate();
    }
  }

  /** Ends the runs whose every row has its answer; tells their batches. */
  List<BatchId> finish() throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement finish = connection.prepareStatement(FINISH)) {
      return batches(finish);
    }
  }

  /** Sends the runs without answers out again; tells their batches. */
  List<BatchId> repeatStalled(Duration after) throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement repeat = connection.prepareStatement(REPEAT)) {
      repeat.setLong(1, after.toMillis());
      return batches(repeat);
    }
  }

  private static List<BatchId> batches(PreparedStatement statement) throws SQLException {
    List<BatchId> batches = new ArrayList<>();
    try (ResultSet result = statement.executeQuery()) {
      while (result.next()) {
        batches.add(new BatchId(result.getObject(1, UUID.class)));
      }
    }
    return batches;
  }
}
