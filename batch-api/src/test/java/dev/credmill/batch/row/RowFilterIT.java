package dev.credmill.batch.row;

import static org.assertj.core.api.Assertions.assertThat;

import dev.credmill.backing.BackingTestResource;
import dev.credmill.batch.Batch;
import dev.credmill.batch.CatalogueTestResource;
import dev.credmill.batch.duplicate.Duplicate;
import dev.credmill.contracts.event.DeliveryStatus;
import io.agroal.api.AgroalDataSource;
import io.quarkus.agroal.DataSource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

@QuarkusTest
@QuarkusTestResource(BackingTestResource.class)
@QuarkusTestResource(CatalogueTestResource.class)
class RowFilterIT {
  private static final int ROWS = 2_000;
  private static final int PAGE = 7;

  @Inject
  @DataSource("batch")
  AgroalDataSource database;

  @Inject RowTable table;

  private final Batch batch = new Batch();

  /** Rows in every state, in turn: every 20th of the issued ones with a message that failed. */
  @BeforeEach
  void rows() throws SQLException {
    batch.id = UUID.randomUUID();
    batch.definitionIds = List.of("diploma");
    store(ROWS);
  }

  static Stream<RowTable.Filter> filters() {
    List<RowTable.Filter> filters = new ArrayList<>();
    for (IssueStatus issue : IssueStatus.values()) {
      filters.add(filter(issue, null, null, null));
      filters.add(filter(issue, null, null, Duplicate.Kind.SAME_SHEET));
      filters.add(filter(issue, DeliveryStatus.SENT, null, null));
    }
    for (DeliveryStatus delivery : DeliveryStatus.values()) {
      filters.add(filter(null, delivery, null, null));
      filters.add(filter(null, delivery, RowView.ValidityStatus.REVOKED, null));
    }
    for (RowView.ValidityStatus validity : RowView.ValidityStatus.values()) {
      filters.add(filter(null, null, validity, null));
      filters.add(filter(null, null, validity, Duplicate.Kind.ISSUED));
    }
    for (Duplicate.Kind kind : Duplicate.Kind.values()) {
      filters.add(filter(null, null, null, kind));
    }
    filters.add(RowTable.Filter.UNDELIVERED);
    // A reference, a name, an address, a credential's id; in one, in several and in no row
    for (String q : List.of("r-17", "ADA 1", "ada19@Example", "urn:uuid:20", "no such text")) {
      filters.add(saying(q, null));
      filters.add(saying(q, IssueStatus.ISSUED));
      filters.add(saying(q, IssueStatus.FAILED));
    }
    return filters.stream();
  }

  private static RowTable.Filter filter(
      IssueStatus issue,
      DeliveryStatus delivery,
      RowView.ValidityStatus validity,
      Duplicate.Kind duplicate) {
    Set<DeliveryStatus> deliveries = delivery == null ? Set.of() : Set.of(delivery);
    return new RowTable.Filter(issue, deliveries, validity, duplicate, null, null);
  }

  private static RowTable.Filter saying(String q, IssueStatus issue) {
    return new RowTable.Filter(issue, Set.of(), null, null, q, null);
  }

  @ParameterizedTest
  @MethodSource("filters")
  void everyRowThatFitsIsOnOnePage(RowTable.Filter filter) {
    // Given
    List<Integer> fitting =
        pages(RowTable.Filter.ANY, 500).stream().filter(fits(filter)).map(RowView::number).toList();
    // Then
    assertThat(pages(filter, PAGE).stream().map(RowView::number)).isEqualTo(fitting);
  }

  @ParameterizedTest
  @EnumSource(
      value = IssueStatus.class,
      names = {"INVALID", "FAILED", "SKIPPED", "CANCELLED"})
  void rowsThatWillNotBeIssuedAreFoundByTheirOwnIndex(IssueStatus issue) throws SQLException {
    assertThat(plan(filter(issue, null, null, null))).contains("sheet_row_not_ready");
  }

  @Test
  void whatBecameOfRowsIsReadWithoutTheRows() throws SQLException {
    assertThat(plan(RowTable.Filter.UNDELIVERED)).contains("on row_credential s");
    assertThat(plan(filter(null, null, RowView.ValidityStatus.REVOKED, null)))
        .contains("on row_credential s");
  }

  @Test
  void aTextIsLookedForWithoutAllThatBelongsToARow() throws SQLException {
    assertThat(plan(saying("ada 99999", null))).contains("sheet_row s").doesNotContain("Sort");
  }

  private static Predicate<RowView> fits(RowTable.Filter filter) {
    return row ->
        (filter.issue() == null || row.issue() == filter.issue())
            && (filter.delivery().isEmpty()
                || filter.delivery().contains(row.delivery().email())
                || filter.delivery().contains(row.delivery().sms()))
            && (filter.validity() == null || row.validity() == filter.validity())
            && (filter.duplicate() == null
                || row.duplicate() != null && row.duplicate().kind() == filter.duplicate())
            && (filter.q() == null || says(row, filter.q().toLowerCase(Locale.ROOT)));
  }

  private static boolean says(RowView row, String q) {
    return Stream.of(
            row.reference(),
            row.recipient().firstName() + " " + row.recipient().lastName(),
            row.recipient().email(),
            row.credentialId())
        .filter(Objects::nonNull)
        .anyMatch(text -> text.toLowerCase(Locale.ROOT).contains(q));
  }

  private List<RowView> pages(RowTable.Filter filter, int limit) {
    List<RowView> all = new ArrayList<>();
    List<RowTable.Reported> page;
    do {
      int after = all.isEmpty() ? 1 : all.getLast().number();
      page = table.read(batch, "", filter, after, limit, false);
      page.stream().map(RowTable.Reported::view).forEach(all::add);
    } while (page.size() == limit);
    return all;
  }

  private String plan(RowTable.Filter filter) throws SQLException {
    store(100_000);
    Shortlist shortlist = Shortlist.of(filter, batch.id, 1, 50);
    List<Object> values = new ArrayList<>(List.of(batch.id, 1));
    values.addAll(shortlist.values());
    StringBuilder plan = new StringBuilder();
    try (Connection connection = database.getConnection();
        PreparedStatement explain =
            connection.prepareStatement(
                "explain select * from row r where r.batch_id = ? and r.number > ? "
                    + shortlist.condition())) {
      for (int i = 0; i < values.size(); i++) {
        explain.setObject(i + 1, values.get(i));
      }
      try (ResultSet line = explain.executeQuery()) {
        while (line.next()) {
          plan.append(line.getString(1)).append('\n');
        }
      }
    }
    return plan.toString();
  }

  private void store(int rows) throws SQLException {
    batch.id = UUID.randomUUID();
    boolean few = rows == ROWS;
    int each = few ? 8 : 10_000; // of so many rows, how many are not simply issued
    change(
        """
        insert into batch (id, organization, created_by, created_at, file_name, file_size, file_hash,
          by_id_column, definition_ids, media, mode, on_invalid_rows, on_duplicate, format, header,
          mapping, phase)
        values ('%s', 'globex', 'globex-admin', now(), 'f.csv', 1, '\\x00', false, array['diploma'],
          array[]::text[], 'REVIEW', 'stop', 'warn',
          '{"kind": "csv", "charset": "UTF-8", "delimiter": ","}', array['First Name'], '{}', 'VALIDATED')
        """
            .formatted(batch.id));
    change(
        """
        insert into sheet_row (batch_id, number, definition, reference, first_name, last_name, email,
          cells, claims, issue, run)
        select '%s', n, 0, 'R-' || n, 'Ada', n, 'ada' || n || '@example.org', '["Ada"]', '{}',
          (case n %% %d when 1 then 'INVALID' when 2 then 'FAILED' when 3 then 'SKIPPED'
            when 4 then 'CANCELLED' else 'READY' end)::issue_state, 1
        from generate_series(2, %d) n
        """
            .formatted(batch.id, each, rows + 1));
    change(
        """
        insert into row_credential (batch_id, number, issued_at, email_delivery, sms_delivery,
          validity, credential_id, link_token)
        select batch_id, number, now(),
          (enum_range(null::delivery_state))[1 + (number / %2$d) %% 8],
          (case number %% (7 * %2$d) when 5 then 'FAILED' else 'SENT' end)::delivery_state,
          (case number %% (5 * %2$d) when 5 then 'REVOKED' when 6 then 'SUSPENDED' else 'ACTIVE' end)::validity_state,
          'urn:uuid:' || number, 't' || number
        from sheet_row where batch_id = '%1$s' and issue = 'READY' and (number %% %2$d <> 7 or %3$s)
        """
            .formatted(batch.id, each, !few));
    change(
        """
        insert into row_duplicate (batch_id, number, kind, of_batch, of_number)
        select batch_id, number, (array['SAME_SHEET', 'ISSUED', 'REVOKED'])[1 + number %% 3],
          batch_id, 2
        from sheet_row where batch_id = '%s' and number %% (%d + 1) = 0
        """
            .formatted(batch.id, each));
    change(
        "insert into relay_run (batch_id, run, reserved, exhausted, finished) values ('%s', 1, %d, true, true)"
            .formatted(batch.id, rows / 2));
    change("analyze sheet_row, row_credential, row_duplicate, relay_run");
  }

  private void change(String sql) throws SQLException {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
