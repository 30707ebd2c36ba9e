package dev.credmill.batch.row;

import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.credmill.batch.Batch;
import dev.credmill.batch.duplicate.Duplicate;
import dev.credmill.batch.sheet.CellSources;
import dev.credmill.contracts.database.Planning;
import dev.credmill.contracts.event.DeliveryStatus;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Reads rows, by number. A READY row whose run has reserved its number is shown as QUEUED. */
@ApplicationScoped
class RowTable {
  private static final String SELECT =
      """
      with shown as (
        select r.number, r.definition, r.reference, r.first_name, r.last_name, r.email, r.phone,
               r.language, r.expiration, r.claims, r.cells,
               case when r.issue = 'READY' and r.number <= q.reserved then 'QUEUED'
                    else r.issue::text end as issue,
               r.email_delivery::text, r.email_at, r.sms_delivery::text, r.sms_at, r.claim::text,
               r.validity::text, r.validity_at, r.claim_at, r.offered_at, r.credential_id, r.link_token, r.issued_at, r.problem, r.email_problem, r.sms_problem, r.run,
               d.kind, d.of_batch, d.of_number, p.batch_id as replaced_by
        from row r
        left join row_duplicate d on d.batch_id = r.batch_id and d.number = r.number
        left join relay_run q on q.batch_id = r.batch_id and q.run = r.run
        left join replacement p on p.of_batch = r.batch_id and p.number = r.number
        where r.batch_id = ? and r.number > ? %s)
      select * from shown where true %s order by number limit ?
      """;

  private final AgroalDataSource database;
  private final ObjectMapper json;

  RowTable(@DataSource("batch") AgroalDataSource database, ObjectMapper json) {
    this.database = database;
    this.json = json;
  }

  /**
   * Which rows a list shows; null stands for any.
   *
   * @param delivery states of which a message of theirs has one; empty for any
   */
  record Filter(
      IssueStatus issue,
      Set<DeliveryStatus> delivery,
      RowView.ValidityStatus validity,
      Duplicate.Kind duplicate,
      String q,
      Integer number) {
    static final Filter ANY = new Filter(null, Set.of(), null, null, null, null);

    /** Those that a message did not reach. */
    static final Filter UNDELIVERED =
        new Filter(
            null,
            Set.of(DeliveryStatus.FAILED, DeliveryStatus.BOUNCED, DeliveryStatus.SUPPRESSED),
            null,
            null,
            null,
            null);

    /** Whether it asks for one thing only. */
    boolean isSingle() {
      return Stream.of(issue, delivery.isEmpty() ? null : delivery, validity, duplicate, q, number)
              .filter(Objects::nonNull)
              .count()
          == 1;
    }
  }

  /**
   * What a row was uploaded as and what it has become, for reports.
   *
   * @param cells those of the sheet
   */
  record Reported(RowView view, Supplier<List<String>> cells) {}

  List<Reported> read(
      Batch batch, String publicUrl, Filter filter, int after, int limit, boolean withTimeline) {
    StringBuilder conditions = new StringBuilder();
    List<Object> values = new ArrayList<>();
    if (filter.number() != null) {
      conditions.append(" and number = ?");
      values.add(filter.number());
    }
    if (filter.issue() != null) {
      conditions.append(" and issue = ?");
      values.add(filter.issue().name());
    }
    if (!filter.delivery().isEmpty()) {
      conditions.append(" and array[email_delivery, sms_delivery] && cast(? as text[])");
      values.add(filter.delivery().stream().map(Enum::name).collect(joining(",", "{", "}")));
    }
    if (filter.validity() != null) {
      conditions.append(" and validity = ?");
      values.add(filter.validity().name());
    }
    if (filter.duplicate() != null) {
      conditions.append(" and kind = ?");
      values.add(filter.duplicate().name());
    }
    if (filter.q() != null) {
      if (filter.q().indexOf('\0') >= 0) {
        throw ProblemType.INVALID_PARAMETER.because("q holds a NUL character");
      }
      conditions.append(
          " and position(lower(?) in lower(concat_ws(E'\\n', reference, concat_ws(' ', first_name, last_name), email, phone, credential_id))) > 0");
      values.add(filter.q());
    }
    Shortlist shortlist = Shortlist.of(filter, batch.id, after, limit);
    values.addAll(0, shortlist.values());
    CellSources sources = batch.cellSources();
    try (Connection connection = database.getConnection();
        PreparedStatement select =
            connection.prepareStatement(SELECT.formatted(shortlist.condition(), conditions))) {
      Planning.eachTime(select);
      int i = 1;
      select.setObject(i++, batch.id);
      select.setInt(i++, after);
      for (Object value : values) {
        select.setObject(i++, value);
      }
      select.setInt(i, limit);
      List<Reported> rows = new ArrayList<>();
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          rows.add(new Reported(view(batch, publicUrl, row, withTimeline), cells(sources, row)));
        }
      }
      return rows;
    } catch (SQLException e) {
      throw new IllegalStateException("the rows could not be read", e);
    }
  }

  Optional<RowView> find(Batch batch, String publicUrl, int number) {
    Filter filter = new Filter(null, Set.of(), null, null, null, number);
    return read(batch, publicUrl, filter, number - 1, 1, true).stream()
        .map(Reported::view)
        .findFirst();
  }

  /** One fault of one row. */
  record ErrorLine(int row, int ordinal, String column, String code, String message) {}

  /** The faults behind a place in the file, in file order. */
  List<ErrorLine> errors(BatchId batch, int afterRow, int afterOrdinal, int limit) {
    try (Connection connection = database.getConnection();
        PreparedStatement select =
            connection.prepareStatement(
                """
                select number, ordinal, field, code, message from row_error
                where batch_id = ? and (number, ordinal) > (?, ?)
                order by number, ordinal limit ?
                """)) {
      select.setObject(1, batch.value());
      select.setInt(2, afterRow);
      select.setInt(3, afterOrdinal);
      select.setInt(4, limit);
      List<ErrorLine> errors = new ArrayList<>();
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          errors.add(
              new ErrorLine(
                  row.getInt(1),
                  row.getInt(2),
                  row.getString(3),
                  row.getString(4),
                  row.getString(5)));
        }
      }
      return errors;
    } catch (SQLException e) {
      throw new IllegalStateException("the errors could not be read", e);
    }
  }

  private RowView view(Batch batch, String publicUrl, ResultSet row, boolean withTimeline)
      throws SQLException {
    int definition = row.getInt("definition");
    String token = row.getString("link_token");
    String validity = row.getString("validity");
    return new RowView(
        row.getInt("number"),
        row.getString("reference"),
        definition < 0 ? null : batch.definitionIds.get(definition),
        new RowView.Recipient(
            row.getString("first_name"),
            row.getString("last_name"),
            row.getString("email"),
            row.getString("phone")),
        IssueStatus.valueOf(row.getString("issue")),
        new RowView.Delivery(
            DeliveryStatus.valueOf(row.getString("email_delivery")),
            DeliveryStatus.valueOf(row.getString("sms_delivery"))),
        RowView.ClaimStatus.valueOf(row.getString("claim")),
        validity == null ? null : RowView.ValidityStatus.valueOf(validity),
        row.getString("credential_id"),
        token == null ? null : publicUrl + "/c/" + token,
        problem(row, "problem"),
        RowView.DeliveryProblems.of(problem(row, "email_problem"), problem(row, "sms_problem")),
        duplicate(row),
        rowOf(batch.replaces, row),
        rowOf(row.getObject("replaced_by", UUID.class), row),
        withTimeline ? Timelines.own(batch, row) : null);
  }

  private static RowView.DuplicateView duplicate(ResultSet row) throws SQLException {
    String kind = row.getString("kind");
    return kind == null
        ? null
        : new RowView.DuplicateView(
            Duplicate.Kind.valueOf(kind),
            row.getObject("of_batch", UUID.class).toString(),
            row.getInt("of_number"));
  }

  /** Rows that take each other's place have one number. */
  private static RowView.RowOf rowOf(UUID batch, ResultSet row) throws SQLException {
    return batch == null ? null : new RowView.RowOf(batch.toString(), row.getInt("number"));
  }

  private static Supplier<List<String>> cells(CellSources sources, ResultSet row)
      throws SQLException {
    String kept = row.getString("cells");
    String claims = row.getString("claims");
    CellSources.Said said =
        new CellSources.Said(
            row.getString("reference"),
            row.getString("first_name"),
            row.getString("last_name"),
            row.getString("email"),
            row.getString("phone"),
            row.getString("language"),
            row.getString("expiration"));
    return () -> sources.cells(kept, said, claims);
  }

  private Problem problem(ResultSet row, String column) throws SQLException {
    String text = row.getString(column);
    try {
      return text == null ? null : json.readValue(text, Problem.class);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a stored problem is none", e);
    }
  }
}
