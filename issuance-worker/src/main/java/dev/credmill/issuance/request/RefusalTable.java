package dev.credmill.issuance.request;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.credmill.contracts.event.CredentialOutcome.Refused;
import dev.credmill.contracts.id.BatchId;
import dev.credmill.contracts.id.RowId;
import dev.credmill.contracts.problem.Problem;
import io.agroal.api.AgroalDataSource;
import io.quarkus.agroal.DataSource;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** What was refused, so that the answer to a (row, run) never changes. */
@ApplicationScoped
class RefusalTable {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();
  private final AgroalDataSource database;

  RefusalTable(@DataSource("issuance") AgroalDataSource database) {
    this.database = database;
  }

  /** One attempt of one row. */
  record RowRun(RowId row, int run) {}

  /** Keeps the first refusal of each (row, run), and returns what is kept. */
  List<Refused> keep(List<Refused> refusals, Instant now) {
    if (refusals.isEmpty()) {
      return List.of();
    }
    List<Refused> sorted =
        refusals.stream()
            .sorted(
                Comparator.comparing((Refused r) -> r.row().batch())
                    .thenComparingInt(r -> r.row().number())
                    .thenComparingInt(Refused::run))
            .toList();
    if (insertWhereNone(sorted, now) == sorted.size()) {
      return sorted;
    }
    Map<RowRun, Refused> kept = around(sorted.stream().map(Refused::row).toList());
    return sorted.stream().map(r -> kept.get(new RowRun(r.row(), r.run()))).toList();
  }

  private int insertWhereNone(List<Refused> refusals, Instant now) {
    try (Connection connection = database.getConnection();
        PreparedStatement statement =
            connection.prepareStatement(
                """
                insert into refusal (batch_id, row_number, run, problem, refused_at)
                select batch_id, row_number, run, problem, ?
                from unnest(?::uuid[], ?::integer[], ?::integer[], ?::text[])
                  as entry (batch_id, row_number, run, problem)
                on conflict (batch_id, row_number, run) do nothing
                """)) {
      statement.setTimestamp(1, Timestamp.from(now));
      statement.setArray(
          2,
          connection.createArrayOf(
              "uuid", refusals.stream().map(r -> r.row().batch().value()).toArray()));
      statement.setArray(
          3,
          connection.createArrayOf(
              "integer", refusals.stream().map(r -> r.row().number()).toArray()));
      statement.setArray(
          4, connection.createArrayOf("integer", refusals.stream().map(Refused::run).toArray()));
      statement.setArray(
          5,
          connection.createArrayOf(
              "text", refusals.stream().map(r -> write(r.problem())).toArray()));
      return statement.executeUpdate();
    } catch (SQLException e) {
      throw new IllegalStateException("refusals were not stored", e);
    }
  }

  /**
   * The refusals from the smallest to the largest of these rows, batch by batch: one short index
   * range each, empty almost always.
   */
  Map<RowRun, Refused> around(List<RowId> wanted) {
    Map<BatchId, int[]> ranges = new HashMap<>();
    for (RowId row : wanted) {
      int number = row.number();
      int[] range = ranges.computeIfAbsent(row.batch(), _ -> new int[] {number, number});
      range[0] = Math.min(range[0], number);
      range[1] = Math.max(range[1], number);
    }
    UUID[] batches = new UUID[ranges.size()];
    Integer[] from = new Integer[ranges.size()];
    Integer[] to = new Integer[ranges.size()];
    int i = 0;
    for (Map.Entry<BatchId, int[]> range : ranges.entrySet()) {
      batches[i] = range.getKey().value();
      from[i] = range.getValue()[0];
      to[i] = range.getValue()[1];
      i++;
    }
    try (Connection connection = database.getConnection();
        PreparedStatement statement =
            connection.prepareStatement(
                """
                select r.batch_id, r.row_number, r.run, r.problem
                from unnest(?::uuid[], ?::integer[], ?::integer[]) as range (batch_id, first, last)
                join refusal r on r.batch_id = range.batch_id and r.row_number between range.first and range.last
                """)) {
      statement.setArray(1, connection.createArrayOf("uuid", batches));
      statement.setArray(2, connection.createArrayOf("integer", from));
      statement.setArray(3, connection.createArrayOf("integer", to));
      try (ResultSet rows = statement.executeQuery()) {
        Map<RowRun, Refused> refusals = new HashMap<>();
        while (rows.next()) {
          RowId row = new RowId(new BatchId(rows.getObject(1, UUID.class)), rows.getInt(2));
          int run = rows.getInt(3);
          refusals.put(new RowRun(row, run), new Refused(row, run, read(rows.getString(4))));
        }
        return refusals;
      }
    } catch (SQLException e) {
      throw new IllegalStateException("refusals were not read", e);
    }
  }

  private static String write(Problem problem) {
    try {
      return MAPPER.writeValueAsString(problem);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Problem read(String problem) {
    try {
      return MAPPER.readValue(problem, Problem.class);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}
