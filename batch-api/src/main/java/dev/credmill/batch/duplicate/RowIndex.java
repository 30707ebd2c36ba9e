package dev.credmill.batch.duplicate;

import dev.credmill.contracts.id.BatchId;
import dev.credmill.contracts.id.OrganizationId;
import dev.credmill.contracts.id.RowId;
import io.agroal.api.AgroalDataSource;
import io.quarkus.agroal.DataSource;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Finds rows by what exactly stands in them, however many there are. Hashes may meet by chance, and
 * keys may be of what a row said before, so the row itself has the last word.
 */
@ApplicationScoped
public class RowIndex {
  static final String BATCHES =
      """
      select distinct r.batch_id
      from unnest(?::uuid[], ?::int[]) as u (batch_id, number)
      join sheet_row r on r.batch_id = u.batch_id and r.number = u.number
      where r.reference = ? or lower(r.email) = lower(?) or r.phone = ?
        or concat_ws(' ', r.first_name, r.last_name) = ?
      limit 1000
      """;

  static final String REFERENCES =
      """
      select r.reference, r.batch_id, r.number
      from unnest(?::uuid[], ?::int[], ?::text[]) as u (batch_id, number, reference)
      join sheet_row r on r.batch_id = u.batch_id and r.number = u.number and r.reference = u.reference
      """;

  private static final int MOST = 10_000;

  private final AgroalDataSource database;

  RowIndex(@DataSource("batch") AgroalDataSource database) {
    this.database = database;
  }

  /**
   * The batches with a row of this reference, email address, phone number or, where a row has
   * neither address nor number, full name; a thousand at most.
   */
  public List<BatchId> batches(OrganizationId organization, String text) {
    RowKeys keys = new RowKeys(organization);
    String phone = text.replaceAll("[\\s()./-]", "");
    long[] hashes = {
      keys.reference(text), keys.email(text), keys.phone(phone), keys.name(text, null)
    };
    return QuarkusTransaction.requiringNew().call(() -> batches(organization, hashes, text, phone));
  }

  private List<BatchId> batches(
      OrganizationId organization, long[] hashes, String text, String phone) throws SQLException {
    try (Connection connection = database.getConnection();
        IndexWalk _ = IndexWalk.begin(connection)) {
      // The pages first: a row that is changed meanwhile goes from there into the index.
      List<Hit> hits = new ArrayList<>(PackedKeys.withHash(connection, organization, hashes, MOST));
      hits.addAll(RowKeyTable.withHash(connection, hashes, MOST));
      List<BatchId> found = new ArrayList<>();
      try (PreparedStatement find = connection.prepareStatement(BATCHES)) {
        rows(connection, find, hits);
        find.setString(3, text);
        find.setString(4, text);
        find.setString(5, phone);
        find.setString(6, text);
        try (ResultSet row = find.executeQuery()) {
          while (row.next()) {
            found.add(new BatchId(row.getObject(1, UUID.class)));
          }
        }
      }
      return found;
    }
  }

  /** The rows with these references; a few for each, the transaction at hand sees them. */
  public Map<String, List<RowId>> rows(OrganizationId organization, List<String> references)
      throws SQLException {
    RowKeys keys = new RowKeys(organization);
    Map<Long, String> byHash = new HashMap<>();
    references.forEach(reference -> byHash.put(keys.reference(reference), reference));
    long[] hashes = byHash.keySet().stream().mapToLong(Long::longValue).toArray();
    try (Connection connection = database.getConnection();
        IndexWalk _ = IndexWalk.begin(connection)) {
      List<Hit> hits =
          new ArrayList<>(PackedKeys.withHash(connection, organization, hashes, Hit.MOST_EACH));
      hits.addAll(RowKeyTable.withReferences(connection, hashes));
      Map<String, List<RowId>> found = new HashMap<>();
      try (PreparedStatement select = connection.prepareStatement(REFERENCES)) {
        rows(connection, select, hits);
        select.setArray(
            3,
            connection.createArrayOf(
                "text", hits.stream().map(hit -> byHash.get(hit.key().hash())).toArray()));
        try (ResultSet row = select.executeQuery()) {
          while (row.next()) {
            found
                .computeIfAbsent(row.getString(1), _ -> new ArrayList<>())
                .add(new RowId(new BatchId(row.getObject(2, UUID.class)), row.getInt(3)));
          }
        }
      }
      return found;
    }
  }

  private static void rows(Connection connection, PreparedStatement statement, List<Hit> hits)
      throws SQLException {
    statement.setArray(
        1,
        connection.createArrayOf(
            "uuid", hits.stream().map(hit -> hit.of().batch().value()).toArray()));
    statement.setArray(
        2, connection.createArrayOf("int4", hits.stream().map(hit -> hit.of().number()).toArray()));
  }
}
