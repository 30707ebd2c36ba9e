package dev.credmill.batch.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.credmill.backing.BackingTestResource;
import dev.credmill.batch.Api;
import dev.credmill.batch.CatalogueTestResource;
import dev.credmill.batch.duplicate.Duplicates;
import dev.credmill.batch.duplicate.RowIdentity;
import dev.credmill.batch.duplicate.RowKeyBlock;
import dev.credmill.contracts.id.BatchId;
import dev.credmill.contracts.id.OrganizationId;
import io.agroal.api.AgroalDataSource;
import io.quarkus.agroal.DataSource;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Lists and searches beside ten thousand batches with ten million rows: what PostgreSQL plans and
 * what it reads.
 */
@QuarkusTest
@QuarkusTestResource(value = TenMillionRowsIT.OwnBacking.class, restrictToAnnotatedClass = true)
@QuarkusTestResource(CatalogueTestResource.class)
class TenMillionRowsIT {
  private static final int BATCHES = 10_000;
  private static final int ROWS_OF_MOST = 900;
  private static final int ROWS_OF_LARGEST = 1_000_900;
  private static final int KEYED = 100_000;
  private static final String LARGEST = "01900000-0000-7000-8000-000000000001";

  /** Ten million rows are no company for other tests. */
  public static class OwnBacking extends BackingTestResource {}

  @Inject
  @DataSource("batch")
  AgroalDataSource database;

  @Inject Duplicates duplicates;

  @Test
  @Timeout(1_200)
  void pagesAndSearchesReadWhatTheyShowAndNoWholeTable() throws SQLException {
    // Given
    store();
    assertThat(number("select count(*) from sheet_row")).isEqualTo(10_000_000);
    Reads before = reads();
    // When
    everyBatchIsListed();
    batchesAreFound();
    rowsOfTheLargestAreListed();
    // Then
    Reads read = reads().without(before);
    assertThat(read.wholeTables()).as("rows that came by no index").isZero();
    assertThat(read.byIndex()).as("rows that came by an index").isBetween(500L, 5_000L);
    plansAreShown();
  }

  private void everyBatchIsListed() {
    Set<String> seen = new HashSet<>();
    for (String cursor = ""; cursor != null; ) {
      JsonPath page = page("/v1/batches?limit=500" + cursor);
      seen.addAll(page.getList("items.id"));
      cursor = page.getString("next") == null ? null : "&cursor=" + page.getString("next");
    }
    assertThat(seen).hasSize(BATCHES);
  }

  private void batchesAreFound() {
    assertThat(found("status=COMPLETED&limit=5")).hasSize(5);
    assertThat(found("status=COMPLETED_WITH_ERRORS")).containsExactly(LARGEST);
    assertThat(found("label=label 77")).hasSize(1);
    assertThat(found("q=FILE-4711.csv")).hasSize(1);
    assertThat(found("definitionId=diploma&createdBy=acme-admin&limit=5")).hasSize(5);
    assertThat(found("from=2026-01-01T00:00:00Z&to=2026-01-01T01:00:00Z&limit=100")).hasSize(60);
    assertThat(found("q=r-1-99000")).containsExactly(LARGEST);
    assertThat(found("q=P1.77@example.org")).containsExactly(LARGEST);
    assertThat(found("q=p1.0@example.org")).isEmpty();
  }

  private void rowsOfTheLargestAreListed() {
    String rows = "/v1/batches/" + LARGEST + "/rows?limit=100";
    JsonPath first = page(rows);
    assertThat(first.getList("items.number", Integer.class)).hasSize(100).contains(2, 101);
    JsonPath next = page(rows + "&cursor=" + first.getString("next"));
    assertThat(next.getInt("items[0].number")).isEqualTo(102);
    assertThat(page(rows + "&cursor=900000").getInt("items[0].number")).isEqualTo(900_001);
    assertThat(page(rows + "&issue=INVALID").getList("items")).hasSize(100);
    assertThat(page(rows + "&issue=INVALID&cursor=1000000").getList("items")).isEmpty();
    assertThat(page("/v1/batches/" + LARGEST + "/rows/500000").getString("reference"))
        .isEqualTo("r-1-500000");
    assertThat(page("/v1/batches/" + LARGEST).getInt("counts.total")).isEqualTo(ROWS_OF_LARGEST);
  }

  private void plansAreShown() throws SQLException {
    assertThat(
            plan(
                "select * from batch_overview where organization = 'acme' and (true or created_by = '') and id < '01900000-0000-7000-8000-000000001388' order by id desc limit 51"))
        .contains("on batch b", "Index Scan using batch_count_pkey")
        .doesNotContain("Seq Scan on batch")
        .doesNotContain("Sort");
    assertThat(
            plan(
                "select * from row where batch_id = '%s' and number > 900000 order by number limit 101"
                    .formatted(LARGEST)))
        .contains("Index Scan using sheet_row_pkey", "Index Scan using row_credential_pkey")
        .doesNotContain("Seq Scan on sheet_row")
        .doesNotContain("Seq Scan on row_credential")
        .doesNotContain("Sort");
  }

  /** Pages come within a few seconds on any machine; on a quiet one it is milliseconds. */
  private static JsonPath page(String path) {
    return await().atMost(Duration.ofSeconds(20)).until(() -> Api.ACME.get(path), _ -> true);
  }

  private static List<String> found(String query) {
    return page("/v1/batches?" + query).getList("items.id");
  }

  /** The largest batch has its keys, as many as are packed and a few in the index. */
  private void store() throws SQLException {
    change(
        """
        insert into batch (id, organization, created_by, created_at, label, file_name, file_size, file_hash,
          by_id_column, definition_ids, media, mode, on_invalid_rows, on_duplicate, format, header,
          mapping, phase, started_at)
        select ('01900000-0000-7000-8000-' || lpad(to_hex(g), 12, '0'))::uuid, 'acme', 'acme-admin',
          timestamptz '2026-01-01 00:00Z' + (g - 1) * interval '1 minute', 'label ' || g, 'file-' || g || '.csv', 1, '\\x00',
          false, array['diploma'], array['EMAIL'], 'ISSUE', 'skip', 'warn',
          '{"kind": "csv", "charset": "UTF-8", "delimiter": ","}', array['First Name'], '{}', 'VALIDATED', now()
        from generate_series(1, %d) g
        """
            .formatted(BATCHES));
    change(
        """
        insert into sheet_row (batch_id, number, definition, reference, first_name, email, cells, claims, issue, run)
        select ('01900000-0000-7000-8000-' || lpad(to_hex(g), 12, '0'))::uuid, n, 0, 'r-' || g || '-' || n,
          'Ada', 'p' || g || '.' || n || '@example.org', '[]', '{}',
          case when n %% 1000 = 0 then 'INVALID' else 'READY' end::issue_state, 1
        from generate_series(1, %d) g, generate_series(2, case when g = 1 then %d else %d end + 1) n
        """
            .formatted(BATCHES, ROWS_OF_LARGEST, ROWS_OF_MOST));
    change(
        """
        insert into row_credential (batch_id, number, issued_at, email_delivery, sms_delivery, credential_id, link_token)
        select batch_id, number, now(), 'SENT', 'NOT_REQUESTED', 'c', 't' from sheet_row
        where batch_id = '%s' and issue = 'READY'
        """
            .formatted(LARGEST));
    change(
        """
        insert into batch_count (batch_id, slot, total, invalid, relayed, issued)
        select batch_id, 0, count(*), count(*) filter (where issue = 'INVALID'),
          count(*) filter (where issue = 'READY'), count(*) filter (where issue = 'READY')
        from sheet_row group by batch_id
        """);
    change("analyze");
    addKeys(2, KEYED + 2);
    addKeys(KEYED + 2, KEYED + 102);
  }

  private void addKeys(int from, int to) {
    OrganizationId acme = new OrganizationId("acme");
    RowKeyBlock block = new RowKeyBlock(acme);
    for (int number = from; number < to; number++) {
      block.add(
          new RowIdentity(
              number,
              "diploma",
              "r-1-" + number,
              "Ada",
              null,
              "p1.%d@example.org".formatted(number),
              null,
              "{}"));
    }
    QuarkusTransaction.requiringNew()
        .timeout(300)
        .call(() -> duplicates.findAndAddNew(new BatchId(UUID.fromString(LARGEST)), block));
  }

  /**
   * What came out of the tables of rows so far.
   *
   * @param wholeTables rows that were read one after the other
   */
  private record Reads(long wholeTables, long byIndex) {
    Reads without(Reads before) {
      return new Reads(wholeTables - before.wholeTables, byIndex - before.byIndex);
    }
  }

  /** Servers' processes tell what they have read when they end, at the latest. */
  private Reads reads() throws SQLException {
    String others = "from pg_stat_activity where usename = 'batch' and pid <> pg_backend_pid()";
    String running = text("select coalesce(string_agg(pid::text, ','), '0') " + others);
    database.flush(AgroalDataSource.FlushMode.ALL);
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> number("select count(*) " + others + " and pid in (" + running + ")") == 0);
    String tables =
        "from pg_stat_user_tables where relname in ('sheet_row', 'row_credential', 'row_key_page', 'row_key_filter')";
    return new Reads(
        number("select sum(seq_tup_read) " + tables),
        number("select sum(coalesce(idx_tup_fetch, 0)) " + tables));
  }

  private void change(String sql) throws SQLException {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private long number(String sql) throws SQLException {
    return Long.parseLong(text(sql));
  }

  private String text(String sql) throws SQLException {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      result.next();
      return result.getString(1);
    }
  }

  private String plan(String sql) throws SQLException {
    List<String> plan = new ArrayList<>();
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement();
        ResultSet line = statement.executeQuery("explain " + sql)) {
      while (line.next()) {
        plan.add(line.getString(1));
      }
    }
    return String.join("\n", plan);
  }
}
