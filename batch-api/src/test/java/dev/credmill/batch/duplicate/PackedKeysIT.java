package dev.credmill.batch.duplicate;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import dev.credmill.backing.BackingTestResource;
import dev.credmill.batch.CatalogueTestResource;
import dev.credmill.contracts.id.BatchId;
import dev.credmill.contracts.id.OrganizationId;
import dev.credmill.contracts.id.RowId;
import io.agroal.api.AgroalDataSource;
import io.quarkus.agroal.DataSource;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.Test;

/** Keys of so many rows that they are packed, beside keys that stand in the index. */
@QuarkusTest
@QuarkusTestResource(BackingTestResource.class)
@QuarkusTestResource(CatalogueTestResource.class)
class PackedKeysIT {
  private static final int MANY = RowKeyPages.LEAST;

  @Inject
  @DataSource("batch")
  AgroalDataSource database;

  @Inject Duplicates duplicates;
  @Inject RowIndex index;

  private final OrganizationId organization = new OrganizationId("o-" + UUID.randomUUID());
  private final BatchId batch = BatchId.at(Instant.parse("2026-01-01T00:00:00Z"));

  @Test
  void whatALargeSheetSaysIsFoundInItsNextRows() throws SQLException {
    // Given
    assertThat(addNew(batch, block(2, MANY, number -> number))).isEmpty();
    assertThat(count("row_key_page")).isPositive();
    assertThat(count("row_key")).isZero();
    // When
    Map<Integer, Duplicate> found = add(batch, block(MANY + 2, 3, number -> number - MANY));
    // Then
    assertThat(found)
        .containsOnlyKeys(MANY + 2, MANY + 3, MANY + 4)
        .containsEntry(MANY + 2, sameSheet(2))
        .containsEntry(MANY + 4, sameSheet(4));
  }

  @Test
  void theNextLargeBlockIsComparedWithIt() throws SQLException {
    // Given
    addNew(batch, block(2, MANY, number -> number));
    // When: every other row says what one of the first block says
    Map<Integer, Duplicate> found =
        addNew(
            batch,
            block(MANY + 2, MANY, number -> number % 2 == 0 ? number - MANY : number + MANY));
    // Then
    assertThat(found).hasSize(MANY / 2).containsEntry(2 * MANY, sameSheet(MANY));
  }

  @Test
  void aRowThatWasChangedIsNoLongerRepeated() throws SQLException {
    // Given
    addNew(batch, block(2, MANY, number -> number));
    // When
    QuarkusTransaction.requiringNew()
        .call(
            () -> {
              duplicates.remove(organization, batch, List.of(row(2, 2)));
              return duplicates.findAndAdd(batch, block(2, 1, _ -> 1_000_000));
            });
    // Then
    Map<Integer, Duplicate> found =
        add(batch, block(MANY + 2, 3, number -> number == MANY + 4 ? 1_000_000 : number - MANY));
    assertThat(found).containsOnlyKeys(MANY + 3, MANY + 4).containsEntry(MANY + 4, sameSheet(2));
  }

  @Test
  void onlyWhatWasIssuedIsRepeatedByAnotherBatch() throws SQLException {
    // Given
    addNew(batch, block(2, MANY, number -> number));
    change(
        "insert into row_credential (batch_id, number, issued_at, email_delivery, sms_delivery, credential_id, link_token)"
            + " values ('%s', 3, now(), 'SENT', 'SENT', 'c', 't')");
    BatchId later = new BatchId(UUID.randomUUID());
    // When
    Map<Integer, Duplicate> found = add(later, block(2, 3, number -> number));
    // Then
    assertThat(found)
        .containsOnly(Map.entry(3, new Duplicate(Duplicate.Kind.ISSUED, new RowId(batch, 3))));
  }

  @Test
  void anotherOrganizationsKeysAreNotMet() throws SQLException {
    // Given
    addNew(batch, block(2, MANY, number -> number));
    RowKeyBlock others = new RowKeyBlock(new OrganizationId("o-" + UUID.randomUUID()));
    others.add(row(2, 2));
    // Then
    assertThat(add(batch, others)).isEmpty();
  }

  @Test
  void oneRowFiftyThousandTimesOverIsNoMoreWork() throws SQLException {
    // Given
    assertThat(addNew(batch, block(2, MANY, _ -> 1))).hasSize(MANY - 1);
    // When
    Map<Integer, Duplicate> found = addNew(batch, block(MANY + 2, MANY, _ -> 1));
    // Then
    assertThat(found).hasSize(MANY).containsEntry(2 * MANY, sameSheet(2));
  }

  @Test
  void aSheetThatCameManyTimesIsComparedWithTheOldestFew() throws SQLException {
    // Given: uploaded 25 times, of which the first was issued
    change(
        "insert into row_credential (batch_id, number, issued_at, email_delivery, sms_delivery, credential_id, link_token)"
            + " values ('%s', 2, now(), 'SENT', 'SENT', 'c', 't')");
    RowKeyBlock sheet = block(2, MANY, number -> number);
    addNew(batch, sheet);
    for (int i = 1; i < 25; i++) {
      addNew(later(i), sheet);
    }
    RowKeyBlock again = block(2, 200, number -> number);
    int[] order = again.inOrder();
    // When
    Map<RowId, Long> hits =
        QuarkusTransaction.requiringNew()
            .call(
                () -> {
                  try (Connection connection = database.getConnection();
                      IndexWalk _ = IndexWalk.begin(connection)) {
                    return PackedKeys.hits(connection, again, order).stream()
                        .collect(groupingBy(Hit::of, counting()));
                  }
                });
    // Then
    assertThat(hits).hasSize(200 * Hit.MOST_EACH);
    assertThat(hits.keySet().stream().map(RowId::batch).distinct())
        .contains(batch)
        .doesNotContain(later(24));
    assertThat(add(later(25), again))
        .containsOnly(Map.entry(2, new Duplicate(Duplicate.Kind.ISSUED, new RowId(batch, 2))));
  }

  /** In the order of their times, as all ids of batches are. */
  private static BatchId later(int i) {
    return BatchId.at(Instant.parse("2100-01-01T00:00:00Z").plusSeconds(i));
  }

  @Test
  void rowsAreFoundByReferenceAndContact() throws SQLException {
    // Given
    addNew(batch, block(2, MANY, number -> number));
    change(
        "insert into sheet_row (batch_id, number, definition, reference, email, cells, claims, issue)"
            + " select '%s', n, 0, 'r-' || n, 'ada' || n || '@example.org', '[]', '{}', 'READY'"
            + " from generate_series(2, 10) n");
    // Then
    assertThat(index.batches(organization, "ADA7@example.org")).containsExactly(batch);
    assertThat(index.batches(organization, "r-7")).containsExactly(batch);
    assertThat(index.batches(organization, "r-11")).as("its row is gone").isEmpty();
    assertThat(index.batches(new OrganizationId("globex"), "r-7")).isEmpty();
    assertThat(rows("r-7", "r-9", "r-0"))
        .isEqualTo(
            Map.of("r-7", List.of(new RowId(batch, 7)), "r-9", List.of(new RowId(batch, 9))));
  }

  private Map<String, List<RowId>> rows(String... references) {
    return QuarkusTransaction.requiringNew()
        .call(() -> index.rows(organization, List.of(references)));
  }

  private Duplicate sameSheet(int number) {
    return new Duplicate(Duplicate.Kind.SAME_SHEET, new RowId(batch, number));
  }

  private Map<Integer, Duplicate> addNew(BatchId to, RowKeyBlock block) {
    return QuarkusTransaction.requiringNew().call(() -> duplicates.findAndAddNew(to, block));
  }

  private Map<Integer, Duplicate> add(BatchId to, RowKeyBlock block) {
    return QuarkusTransaction.requiringNew().call(() -> duplicates.findAndAdd(to, block));
  }

  private RowKeyBlock block(int first, int rows, IntUnaryOperator says) {
    RowKeyBlock block = new RowKeyBlock(organization);
    for (int number = first; number < first + rows; number++) {
      block.add(row(number, says.applyAsInt(number)));
    }
    return block;
  }

  private static RowIdentity row(int number, int says) {
    return new RowIdentity(
        number,
        "diploma",
        "r-" + says,
        "Ada",
        "A",
        "ada%d@example.org".formatted(says),
        null,
        "{\"degree\": \"BSc\"}");
  }

  private int count(String table) throws SQLException {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement();
        ResultSet result =
            statement.executeQuery(
                "select count(*) from %s where batch_id = '%s'".formatted(table, batch.value()))) {
      result.next();
      return result.getInt(1);
    }
  }

  private void change(String sql) throws SQLException {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      statement.executeUpdate(sql.formatted(batch.value()));
    }
  }
}
