package dev.credmill.batch.revocation;

import dev.credmill.batch.webhook.EventType;
import dev.credmill.batch.webhook.Happened;
import dev.credmill.contracts.event.CredentialChanged.ClaimChanged;
import dev.credmill.contracts.event.CredentialChanged.ValidityChanged;
import dev.credmill.contracts.event.Validity;
import dev.credmill.contracts.id.BatchId;
import dev.credmill.contracts.id.RowId;
import io.agroal.api.AgroalDataSource;
import io.quarkus.agroal.DataSource;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;

/** Writes to rows what became of their credentials, a list at a time. */
@ApplicationScoped
class ValidityTable {
  /**
   * Rows are held in their order; an answer to an older change that comes late changes nothing.
   * "offset 0" has the lines looked up by their row: of a change of a moment ago the planner knows
   * nothing, and would look at all its lines for each answer.
   */
  private static final String VALIDITY =
      """
      with answer as (
        select *, count(*) over (partition by batch_id, number) as answers
        from unnest(?::uuid[], ?::int[], ?::bigint[], ?::text[], ?::timestamptz[])
          as u (batch_id, number, change, validity, at)),
      latest as (
        select distinct on (batch_id, number) * from answer order by batch_id, number, change desc),
      prior as (
        select c.batch_id, c.number, c.validity::text as validity
        from latest l
        join row_credential c on c.batch_id = l.batch_id and c.number = l.number
        order by c.batch_id, c.number
        for update of c),
      changed as (
        update row_credential c
        set validity = l.validity::validity_state, validity_change = l.change, validity_at = l.at
        from latest l
        where c.batch_id = l.batch_id and c.number = l.number
          and (l.batch_id, l.number) in (select batch_id, number from prior)
          and coalesce(c.validity_change, 0) < l.change
        returning c.batch_id, c.number, l.validity),
      answered as (
        update status_change_row r
        set outcome = f.outcome
        from (
          select l.change, l.ordinal,
                 case when a.validity <> s.becomes then 'NOT_POSSIBLE'
                      when p.validity = a.validity and a.answers = 1 then 'UNCHANGED'
                      else 'DONE' end as outcome
          from answer a
          join prior p on p.batch_id = a.batch_id and p.number = a.number
          join status_change s on s.number = a.change
          cross join lateral (
            select change, ordinal, outcome from status_change_row
            where batch_id = a.batch_id and row_number = a.number and change = a.change
            offset 0) l
          where l.outcome = 'PENDING') f
        where r.change = f.change and r.ordinal = f.ordinal and r.outcome = 'PENDING')
      select c.batch_id, c.number, c.validity
      from changed c join prior p on p.batch_id = c.batch_id and p.number = c.number
      where c.validity <> p.validity
      order by c.batch_id, c.number
      """;

  private static final String CLAIM =
      """
      with latest as (
        select distinct on (batch_id, number) *,
               max(at) filter (where claim = 'OFFERED') over (partition by batch_id, number) as offered_at
        from unnest(?::uuid[], ?::int[], ?::text[], ?::timestamptz[]) as u (batch_id, number, claim, at)
        order by batch_id, number, at desc),
      prior as (
        select c.batch_id, c.number, c.claim
        from latest l
        join row_credential c on c.batch_id = l.batch_id and c.number = l.number
        order by c.batch_id, c.number
        for update of c)
      update row_credential c
      set claim = l.claim::claim_state, claim_at = l.at, offered_at = coalesce(l.offered_at, c.offered_at)
      from latest l join prior p on p.batch_id = l.batch_id and p.number = l.number
      where c.batch_id = l.batch_id and c.number = l.number
        and (c.claim_at is null or c.claim_at < l.at)
      returning c.batch_id, c.number, c.claim = 'CLAIMED' and p.claim <> 'CLAIMED'
      """;

  private final AgroalDataSource database;

  ValidityTable(@DataSource("batch") AgroalDataSource database) {
    this.database = database;
  }

  void changed(List<ValidityChanged> answers, Happened happened) throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement update = connection.prepareStatement(VALIDITY)) {
      update.setArray(1, array(connection, "uuid", answers, a -> a.row().batch().value()));
      update.setArray(2, array(connection, "int", answers, a -> a.row().number()));
      update.setArray(3, array(connection, "bigint", answers, ValidityChanged::number));
      update.setArray(4, array(connection, "text", answers, a -> a.validity().name()));
      update.setArray(5, array(connection, "timestamptz", answers, a -> Timestamp.from(a.at())));
      try (ResultSet changed = update.executeQuery()) {
        while (changed.next()) {
          happened.add(EventType.of(Validity.valueOf(changed.getString(3))), row(changed));
        }
      }
    }
  }

  /** The later one in time counts. */
  void claimed(List<ClaimChanged> claims, Happened happened) throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement update = connection.prepareStatement(CLAIM)) {
      update.setArray(1, array(connection, "uuid", claims, c -> c.row().batch().value()));
      update.setArray(2, array(connection, "int", claims, c -> c.row().number()));
      update.setArray(3, array(connection, "text", claims, c -> c.claim().name()));
      update.setArray(4, array(connection, "timestamptz", claims, c -> Timestamp.from(c.at())));
      try (ResultSet changed = update.executeQuery()) {
        while (changed.next()) {
          if (changed.getBoolean(3)) {
            happened.add(EventType.CREDENTIAL_CLAIMED, row(changed));
          }
        }
      }
    }
  }

  private static RowId row(ResultSet changed) throws SQLException {
    return new RowId(new BatchId(changed.getObject(1, UUID.class)), changed.getInt(2));
  }

  private static <E> Array array(
      Connection connection, String type, List<E> events, Function<E, Object> value)
      throws SQLException {
    return connection.createArrayOf(type, events.stream().map(value).toArray());
  }
}
