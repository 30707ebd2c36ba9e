package dev.credmill.batch.status;

import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.credmill.batch.Batch;
import dev.credmill.batch.search.RowSearch;
import dev.credmill.contracts.access.Caller;
import dev.credmill.contracts.access.Role;
import dev.credmill.contracts.event.Medium;
import dev.credmill.contracts.id.BatchId;
import dev.credmill.contracts.problem.Problem;
import dev.credmill.contracts.problem.ProblemType;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Reads the view {@code batch_overview}, always within what the caller may see. */
@ApplicationScoped
public class BatchOverview {
  /** What one caller may see: all of the organization, or only what its own key uploaded. */
  private static final String VISIBLE = "organization = ? and (? or created_by = ?)";

  private static final String TEXT =
      "(position(lower(?) in lower(coalesce(label, '') || E'\\n' || file_name)) > 0 or id = any(?))";

  private final AgroalDataSource database;
  private final RowSearch rows;
  private final ObjectMapper json;
  private final Clock clock;

  BatchOverview(
      @DataSource("batch") AgroalDataSource database,
      RowSearch rows,
      ObjectMapper json,
      Clock clock) {
    this.database = database;
    this.rows = rows;
    this.json = json;
    this.clock = clock;
  }

  /** Which batches a list shows; null stands for any. */
  public record Filter(
      String label,
      String q,
      BatchStatus status,
      String definitionId,
      String createdBy,
      Instant from,
      Instant to) {}

  public Optional<BatchView> find(Caller caller, BatchId id) {
    return select(caller, List.of(new Condition("id = ?", id.value())), 1).stream().findFirst();
  }

  /** The newest first; only ids below {@code before}, where that is given. */
  public List<BatchView> list(Caller caller, Filter filter, BatchId before, int limit) {
    List<Condition> conditions = new ArrayList<>();
    add(conditions, "label = ?", filter.label());
    add(conditions, "status = ?", filter.status() == null ? null : filter.status().name());
    add(conditions, "? = any(definition_ids)", filter.definitionId());
    add(conditions, "created_by = ?", filter.createdBy());
    add(
        conditions,
        "created_at >= ?",
        filter.from() == null ? null : Timestamp.from(filter.from()));
    add(conditions, "created_at < ?", filter.to() == null ? null : Timestamp.from(filter.to()));
    if (filter.q() != null) {
      mustBeText(filter.q());
      add(
          conditions,
          TEXT,
          new Found(filter.q(), rows.batches(caller.organization(), filter.q().strip())));
    }
    add(conditions, "id < ?", before == null ? null : before.value());
    return select(caller, conditions, limit);
  }

  private record Condition(String sql, Object value) {}

  /** What is searched for, and the batches that have it in a row. */
  private record Found(String text, List<BatchId> batches) {}

  private static void add(List<Condition> conditions, String sql, Object value) {
    if (value instanceof String text) {
      mustBeText(text);
    }
    if (value != null) {
      conditions.add(new Condition(sql, value));
    }
  }

  private static void mustBeText(String text) {
    if (text.indexOf('\0') >= 0) {
      throw ProblemType.INVALID_PARAMETER.because("A parameter holds a NUL character");
    }
  }

  private List<BatchView> select(Caller caller, List<Condition> conditions, int limit) {
    String where = conditions.stream().map(c -> " and " + c.sql()).collect(joining());
    String sql =
        "select *, format ->> 'sheetName' as sheet_name,"
            + " (select fallback from batch where batch.id = batch_overview.id) as fallback"
            + " from batch_overview where "
            + VISIBLE
            + where
            + " order by id desc limit ?";
    try (Connection connection = database.getConnection();
        PreparedStatement select = connection.prepareStatement(sql)) {
      int i = 1;
      select.setString(i++, caller.organization().value());
      select.setBoolean(i++, caller.role() == Role.ORG_ADMIN);
      select.setString(i++, caller.keyId());
      for (Condition condition : conditions) {
        if (condition.value() instanceof Found found) {
          select.setString(i++, found.text());
          select.setArray(
              i++,
              connection.createArrayOf(
                  "uuid", found.batches().stream().map(BatchId::value).toArray()));
        } else {
          select.setObject(i++, condition.value());
        }
      }
      select.setInt(i, limit);
      List<BatchView> batches = new ArrayList<>();
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          batches.add(view(row));
        }
      }
      return batches;
    } catch (SQLException e) {
      throw new IllegalStateException("the batches could not be read", e);
    }
  }

  private BatchView view(ResultSet row) throws SQLException {
    String id = row.getObject("id", UUID.class).toString();
    BatchStatus status = BatchStatus.valueOf(row.getString("status"));
    BatchView.Tally counts =
        new BatchView.Tally(
            row.getInt("total"),
            row.getInt("invalid"),
            row.getInt("ready"),
            row.getInt("queued"),
            row.getInt("issued"),
            row.getInt("failed"),
            row.getInt("skipped"),
            row.getInt("cancelled"));
    BatchView.DeliveryTally email = deliveries(row, "email");
    BatchView.DeliveryTally sms = deliveries(row, "sms");
    boolean settled =
        status.completed() && email.all() + sms.all() > 0 && email.open() + sms.open() == 0;
    BatchView.Duplicates duplicates =
        new BatchView.Duplicates(
            row.getInt("duplicate_same_sheet"),
            row.getInt("duplicate_issued"),
            row.getInt("duplicate_revoked"));
    List<Batch.Warning> warnings =
        new ArrayList<>(
            read(row.getString("warnings"), new TypeReference<List<Batch.Warning>>() {}));
    warnings.addAll(duplicates.warnings(id));
    return new BatchView(
        id,
        row.getString("label"),
        row.getString("file_name"),
        row.getString("sheet_name"),
        Batch.Mode.valueOf(row.getString("mode")),
        List.of((String[]) row.getArray("media").getArray()),
        row.getBoolean("claim_code"),
        row.getString("fallback") == null ? null : Medium.valueOf(row.getString("fallback")),
        row.getString("replaces"),
        status,
        read(row.getString("problem"), new TypeReference<Problem>() {}),
        warnings,
        List.of((String[]) row.getArray("definition_ids").getArray()),
        row.getString("created_by"),
        instant(row, "created_at"),
        instant(row, "started_at"),
        status.completed() ? instant(row, "issue_changed_at") : null,
        counts,
        duplicates,
        new BatchView.Deliveries(email, sms, settled ? instant(row, "delivery_changed_at") : null),
        progress(row, status, counts, email, sms),
        links(id));
  }

  private static BatchView.DeliveryTally deliveries(ResultSet row, String medium)
      throws SQLException {
    return new BatchView.DeliveryTally(
        row.getInt(medium + "_pending"),
        row.getInt(medium + "_sending"),
        row.getInt(medium + "_sent"),
        row.getInt(medium + "_delivered"),
        row.getInt(medium + "_failed"),
        row.getInt(medium + "_bounced"),
        row.getInt(medium + "_suppressed"));
  }

  private BatchView.Progress progress(
      ResultSet row,
      BatchStatus status,
      BatchView.Tally counts,
      BatchView.DeliveryTally email,
      BatchView.DeliveryTally sms)
      throws SQLException {
    int read = row.getInt("rows_read");
    if (status == BatchStatus.VALIDATING) {
      double share = row.getDouble("share_read");
      return progress(BatchView.Phase.VALIDATING, read, share, read, instant(row, "created_at"));
    }
    int answered = counts.issued() + counts.failed();
    int toIssue = answered + counts.queued() + (status == BatchStatus.ISSUING ? counts.ready() : 0);
    if (status == BatchStatus.ISSUING) {
      double share = (double) answered / Math.max(1, toIssue);
      return progress(BatchView.Phase.ISSUING, read, share, answered, instant(row, "started_at"));
    }
    int messages = email.all() + sms.all();
    int open = email.open() + sms.open();
    if (open > 0) {
      double share = (double) (messages - open) / messages;
      return progress(
          BatchView.Phase.DELIVERING, read, share, messages - open, instant(row, "started_at"));
    }
    return new BatchView.Progress(BatchView.Phase.RESTING, read, 100, null, null);
  }

  private BatchView.Progress progress(
      BatchView.Phase phase, int read, double share, int done, Instant since) {
    double seconds = Math.max(1, Duration.between(since, clock.instant()).toMillis()) / 1000.0;
    Long eta = share <= 0 ? null : Math.round(seconds * (1 - share) / share);
    double rate = Math.round(done / seconds * 10) / 10.0;
    return new BatchView.Progress(phase, read, (int) Math.min(99, share * 100), rate, eta);
  }

  private static Map<String, String> links(String id) {
    String self = "/v1/batches/" + id;
    Map<String, String> links = new LinkedHashMap<>();
    links.put("self", self);
    links.put("rows", self + "/rows");
    links.put("errors", self + "/errors");
    links.put("report", self + "/report.csv");
    links.put("deliveryReport", self + "/delivery-report");
    links.put("events", self + "/events");
    return links;
  }

  private <T> T read(String text, TypeReference<T> type) {
    try {
      return text == null ? null : json.readValue(text, type);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("stored JSON does not fit its type", e);
    }
  }

  private static Instant instant(ResultSet row, String column) throws SQLException {
    Timestamp time = row.getTimestamp(column);
    return time == null ? null : time.toInstant();
  }
}
