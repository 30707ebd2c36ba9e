package dev.credmill.batch.outcome;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.credmill.batch.status.Counter;
import dev.credmill.batch.status.Counts;
import dev.credmill.batch.webhook.Happened;
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
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.postgresql.PGConnection;

/**
 * Writes refusals and deliveries to rows, a list at a time. Every update is guarded by the state
 * that it leaves, so a repeated or late answer changes nothing; what really changed is returned and
 * counted.
 */
@ApplicationScoped
class OutcomeTable {
  private static final String REFUSED =
      """
      update sheet_row r set issue = 'FAILED', problem = ?
      where r.batch_id = ? and r.number = any(?) and r.run = ? and r.issue = 'READY'
        and not exists (
          select from row_credential c
          where c.batch_id = r.batch_id and c.number = r.number offset 0)
      """;

  /**
   * In an order of its own, and in a statement of its own: one that has waited for a row sees it as
   * it has become, and all other tables as they were before.
   */
  private static final String HOLD =
      """
      select from unnest(?::uuid[], ?::int[]) as u (batch_id, number)
      join row_credential c on c.batch_id = u.batch_id and c.number = u.number
      order by c.batch_id, c.number for update of c
      """;

  private static final String DELIVERY =
      """
      with prior as (
        select c.batch_id, c.number, c.%1$s_delivery as status, u.at, u.problem
        from unnest(?::uuid[], ?::int[], ?::timestamptz[], ?::text[], ?::int[])
          as u (batch_id, number, at, problem, generation)
        join row_credential c on c.batch_id = u.batch_id and c.number = u.number
        where c.%1$s_delivery = any(?::delivery_state[])
          and u.generation = coalesce((select generation from resend
            where batch_id = u.batch_id and number = u.number and medium = '%2$s'), 1))
      update row_credential c
      set %1$s_delivery = ?::delivery_state, %1$s_at = p.at,
          %1$s_problem = coalesce(p.problem, c.%1$s_problem)
      from prior p
      where c.batch_id = p.batch_id and c.number = p.number
      returning c.batch_id, p.status, c.number
      """;

  private final AgroalDataSource database;
  private final ObjectMapper json;

  OutcomeTable(@DataSource("batch") AgroalDataSource database, ObjectMapper json) {
    this.database = database;
    this.json = json;
  }

  /** What several rows have in common that cannot be issued; seldom are there many. */
  private record Refusal(BatchId batch, int run, String problem) {}

  void refused(List<CredentialOutcome.Refused> outcomes, Counts.Changes changes)
      throws SQLException {
    if (outcomes.isEmpty()) {
      return;
    }
    Map<Refusal, List<CredentialOutcome.Refused>> alike =
        outcomes.stream()
            .collect(
                groupingBy(
                    o -> new Refusal(o.row().batch(), o.run(), text(o.problem())),
                    LinkedHashMap::new,
                    toList()));
    try (Connection connection = database.getConnection();
        PreparedStatement update = connection.prepareStatement(REFUSED)) {
      PGConnection arrays = connection.unwrap(PGConnection.class);
      for (Map.Entry<Refusal, List<CredentialOutcome.Refused>> entry : alike.entrySet()) {
        Refusal refusal = entry.getKey();
        update.setString(1, refusal.problem());
        update.setObject(2, refusal.batch().value());
        update.setArray(3, arrays.createArrayOf("int4", numbers(entry.getValue())));
        update.setInt(4, refusal.run());
        changes.add(refusal.batch(), Counter.FAILED, update.executeUpdate());
      }
    }
  }

  /** Holds the rows of messages until the transaction ends. */
  void hold(List<DeliveryOutcome> outcomes) throws SQLException {
    List<RowId> rows = outcomes.stream().map(DeliveryOutcome::row).toList();
    try (Connection connection = database.getConnection();
        PreparedStatement hold = connection.prepareStatement(HOLD)) {
      hold.setArray(1, batches(connection, rows));
      hold.setArray(2, numbers(connection, rows));
      hold.execute();
    }
  }

  /**
   * Brings deliveries of one medium, whose rows are held, into one state, from the states before it
   * only. What is said of a message that was sent once more since counts no longer.
   */
  void delivered(
      Medium medium,
      DeliveryStatus status,
      List<DeliveryOutcome> outcomes,
      Counts.Changes changes,
      Happened happened)
      throws SQLException {
    List<RowId> rows = outcomes.stream().map(DeliveryOutcome::row).toList();
    Map<RowId, Problem> problems = problems(outcomes);
    List<String> from = new ArrayList<>();
    status.from().forEach(state -> from.add(state.name()));
    try (Connection connection = database.getConnection();
        PreparedStatement update =
            connection.prepareStatement(
                DELIVERY.formatted(medium.name().toLowerCase(Locale.ROOT), medium.name()))) {
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
      update.setArray(
          5,
          array(connection, "int", outcomes.stream().map(DeliveryOutcome::generation).toArray()));
      update.setArray(6, array(connection, "text", from.toArray()));
      update.setString(7, status.name());
      try (ResultSet changed = update.executeQuery()) {
        while (changed.next()) {
          RowId row = new RowId(new BatchId(changed.getObject(1, UUID.class)), changed.getInt(3));
          DeliveryStatus before = DeliveryStatus.valueOf(changed.getString(2));
          count(changes, row.batch(), medium, before, -1);
          count(changes, row.batch(), medium, status, 1);
          happened.addMessage(row, medium, before, status, problems.get(row));
        }
      }
    }
  }

  /** Of the few that have one. */
  private static Map<RowId, Problem> problems(List<DeliveryOutcome> outcomes) {
    Map<RowId, Problem> problems = new HashMap<>();
    for (DeliveryOutcome outcome : outcomes) {
      if (outcome.problem() != null) {
        problems.put(outcome.row(), outcome.problem());
      }
    }
    return problems;
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

  private static int[] numbers(List<? extends CredentialOutcome> outcomes) {
    return outcomes.stream().mapToInt(outcome -> outcome.row().number()).toArray();
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
