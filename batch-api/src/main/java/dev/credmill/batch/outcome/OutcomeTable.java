package dev.credmill.batch.outcome;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.credmill.batch.status.Counter;
import dev.credmill.batch.status.Counts;
import dev.credmill.contracts.event.CredentialOutcome;
import dev.credmill.contracts.event.DeliveryOutcome;
import dev.credmill.contracts.event.DeliveryStatus;
import dev.credmill.contracts.event.Medium;
import dev.credmill.contracts.id.BatchId;
import dev.credmill.contracts.id.RowId;
import dev.credmill.contracts.problem.Problem;
import io.agroal.api.AgroalDataSource;
import io.quarkus.agroal.DataSource;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.postgresql.PGConnection;

/**
 * Writes answers to rows, a list at a time. Every update is guarded by the state that it leaves, so
 * a repeated or late answer changes nothing; what really changed is returned and counted.
 */
@ApplicationScoped
class OutcomeTable {
  private static final String ISSUED =
      """
      with wanted as materialized (select media from batch where id = ?),
      changed as (
        update row r
        set issue = 'ISSUED', validity = 'ACTIVE', credential_id = u.credential_id,
            link_token = u.link_token, problem = null,
            issued_at = timestamptz 'epoch' + u.issued_at * interval '1 microsecond',
            email_delivery = case when ? = any((select media from wanted)::text[])
                                  then 'PENDING'::delivery_state else r.email_delivery end,
            sms_delivery   = case when ? = any((select media from wanted)::text[])
                                  then 'PENDING'::delivery_state else r.sms_delivery end
        from unnest(?::int[], ?::int[], ?::text[], ?::text[], ?::bigint[])
               as u (number, run, credential_id, link_token, issued_at)
        where r.batch_id = ? and r.number = u.number and r.run = u.run and r.issue = 'READY'
        returning r.email_delivery, r.sms_delivery)
      select email_delivery::text, sms_delivery::text, count(*) from changed group by 1, 2
      """;
  private static final String REFUSED =
      """
      update row r set issue = 'FAILED', problem = u.problem
      from unnest(?::uuid[], ?::int[], ?::int[], ?::text[]) as u (batch_id, number, run, problem)
      where r.batch_id = u.batch_id and r.number = u.number and r.run = u.run and r.issue = 'READY'
      returning r.batch_id
      """;
  private static final String DELIVERY =
      """
      with prior as (
        select r.batch_id, r.number, r.%1$s_delivery as status, u.at, u.problem
        from unnest(?::uuid[], ?::int[], ?::timestamptz[], ?::text[]) as u (batch_id, number, at, problem)
        join row r on r.batch_id = u.batch_id and r.number = u.number
        where r.%1$s_delivery = any(?::delivery_state[])
        order by r.batch_id, r.number
        for update of r)
      update row r
      set %1$s_delivery = ?::delivery_state, %1$s_at = p.at, problem = coalesce(p.problem, r.problem)
      from prior p
      where r.batch_id = p.batch_id and r.number = p.number
      returning r.batch_id, p.status
      """;

  private final AgroalDataSource database;
  private final ObjectMapper json;

  OutcomeTable(@DataSource("batch") AgroalDataSource database, ObjectMapper json) {
    this.database = database;
    this.json = json;
  }

  /**
   * Writes down that rows of one batch are issued.
   *
   * @param outcomes in the order of their rows, so that two who write the same never wait for each
   *     other in a circle
   */
  void issued(BatchId batch, List<CredentialOutcome.Issued> outcomes, Counts.Changes changes)
      throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement update = connection.prepareStatement(ISSUED)) {
      // Arrays of primitives go over in binary; boxed ones as text, for ten times the time.
      PGConnection arrays = connection.unwrap(PGConnection.class);
      update.setObject(1, batch.value());
      update.setString(2, Medium.EMAIL.name());
      update.setString(3, Medium.SMS.name());
      update.setArray(
          4,
          arrays.createArrayOf(
              "int4", outcomes.stream().mapToInt(o -> o.row().number()).toArray()));
      update.setArray(
          5,
          arrays.createArrayOf(
              "int4", outcomes.stream().mapToInt(CredentialOutcome.Issued::run).toArray()));
      update.setArray(
          6,
          arrays.createArrayOf(
              "text",
              outcomes.stream()
                  .map(CredentialOutcome.Issued::credentialId)
                  .toArray(String[]::new)));
      update.setArray(
          7,
          arrays.createArrayOf(
              "text",
              outcomes.stream().map(CredentialOutcome.Issued::linkToken).toArray(String[]::new)));
      update.setArray(
          8,
          arrays.createArrayOf(
              "int8", outcomes.stream().mapToLong(o -> micros(o.issuedAt())).toArray()));
      update.setObject(9, batch.value());
      try (ResultSet changed = update.executeQuery()) {
        while (changed.next()) {
          int rows = changed.getInt(3);
          changes.add(batch, Counter.ISSUED, rows);
          count(changes, batch, Medium.EMAIL, DeliveryStatus.valueOf(changed.getString(1)), rows);
          count(changes, batch, Medium.SMS, DeliveryStatus.valueOf(changed.getString(2)), rows);
        }
      }
    }
  }

  private static long micros(Instant time) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, time);
  }

  void refused(List<CredentialOutcome.Refused> outcomes, Counts.Changes changes)
      throws SQLException {
    if (outcomes.isEmpty()) {
      return;
    }
    List<RowId> rows = outcomes.stream().map(CredentialOutcome.Refused::row).toList();
    try (Connection connection = database.getConnection();
        PreparedStatement update = connection.prepareStatement(REFUSED)) {
      update.setArray(1, batches(connection, rows));
      update.setArray(2, numbers(connection, rows));
      update.setArray(
          3,
          array(
              connection, "int", outcomes.stream().map(CredentialOutcome.Refused::run).toArray()));
      update.setArray(
          4, array(connection, "text", outcomes.stream().map(o -> text(o.problem())).toArray()));
      try (ResultSet changed = update.executeQuery()) {
        while (changed.next()) {
          changes.add(new BatchId(changed.getObject(1, UUID.class)), Counter.FAILED, 1);
        }
      }
    }
  }

  /** Brings deliveries of one medium into one state, from the states before it only. */
  void delivered(
      Medium medium, DeliveryStatus status, List<DeliveryOutcome> outcomes, Counts.Changes changes)
      throws SQLException {
    List<RowId> rows = outcomes.stream().map(DeliveryOutcome::row).toList();
    List<String> from = new ArrayList<>();
    status.from().forEach(state -> from.add(state.name()));
    try (Connection connection = database.getConnection();
        PreparedStatement update =
            connection.prepareStatement(
                DELIVERY.formatted(medium.name().toLowerCase(Locale.ROOT)))) {
      update.setArray(1, batches(connection, rows));
      update.setArray(2, numbers(connection, rows));
      update.setArray(
          3,
          array(
              connection,
              "timestamptz",
              outcomes.stream().map(o -> Timestamp.from(o.at())).toArray()));
      update.setArray(
          4, array(connection, "text", outcomes.stream().map(o -> text(o.problem())).toArray()));
      update.setArray(5, array(connection, "text", from.toArray()));
      update.setString(6, status.name());
      try (ResultSet changed = update.executeQuery()) {
        while (changed.next()) {
          BatchId batch = new BatchId(changed.getObject(1, UUID.class));
          count(changes, batch, medium, DeliveryStatus.valueOf(changed.getString(2)), -1);
          count(changes, batch, medium, status, 1);
        }
      }
    }
  }

  private static void count(
      Counts.Changes changes, BatchId batch, Medium medium, DeliveryStatus status, int rows) {
    Counter.of(medium, status).ifPresent(counter -> changes.add(batch, counter, rows));
  }

  private String text(Problem problem) {
    try {
      return problem == null ? null : json.writeValueAsString(problem);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Array batches(Connection connection, List<RowId> rows) throws SQLException {
    return array(connection, "uuid", rows.stream().map(row -> row.batch().value()).toArray());
  }

  private static Array numbers(Connection connection, List<RowId> rows) throws SQLException {
    return array(connection, "int", rows.stream().map(RowId::number).toArray());
  }

  private static Array array(Connection connection, String type, Object[] values)
      throws SQLException {
    return connection.createArrayOf(type, values);
  }
}
