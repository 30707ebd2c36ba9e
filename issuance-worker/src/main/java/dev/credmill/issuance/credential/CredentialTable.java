package dev.credmill.issuance.credential;

import dev.credmill.contracts.database.BinaryCopy;
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
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Stores credentials, whole chunks with one statement. */
@ApplicationScoped
public class CredentialTable {
  private static final String COPY =
      """
      copy credential (batch_number, row_number, format, copy, batch_definition, valid_until, issued_at,
                       signature, payload) from stdin (format binary)
      """;
  private static final int ENTRY = 1_200; // bytes, about
  private static final int FIRST_COPY = 0;

  /** Appendix A of PostgreSQL's manual. */
  private static final String UNIQUE_VIOLATION = "23505";

  private final AgroalDataSource database;

  CredentialTable(@DataSource("issuance") AgroalDataSource database) {
    this.database = database;
  }

  /** Which credential: a row's, in the format and copy that every row gets. */
  public record Key(long batchNumber, int rowNumber) {}

  /**
   * A credential to be stored, or a proof of one.
   *
   * @param validUntil null for never
   * @param payload empty for a proof, which is one of the record's
   */
  public record Entry(
      Key key,
      CredentialFormat format,
      int batchDefinition,
      Instant validUntil,
      byte[] payload,
      byte[] signature) {}

  /**
   * Stores what is not stored yet. The entries are in the order of their keys, so that two who
   * store the same rows never wait for each other in a circle.
   *
   * @return how many were not stored yet
   */
  public int insertWhereNone(List<Entry> entries, Instant issuedAt) {
    return copied(entries, issuedAt) ? entries.size() : inserted(entries, issuedAt);
  }

  /**
   * Stores all or nothing, for half of what an insert takes that looks at each; false where one of
   * them is stored already, which only a redelivered request is.
   */
  private boolean copied(List<Entry> entries, Instant issuedAt) {
    BinaryCopy lines = new BinaryCopy(9, entries.size() * ENTRY);
    for (Entry entry : entries) {
      lines
          .row()
          .int8(entry.key().batchNumber())
          .int4(entry.key().rowNumber())
          .int2(entry.format().code())
          .int2(FIRST_COPY)
          .int4(entry.batchDefinition())
          .time(entry.validUntil())
          .time(issuedAt)
          .bytea(entry.signature())
          .bytea(entry.payload());
    }
    try (Connection connection = database.getConnection()) {
      lines.send(connection, COPY);
      return true;
    } catch (SQLException e) {
      if (UNIQUE_VIOLATION.equals(e.getSQLState())) {
        return false;
      }
      throw new IllegalStateException("credentials were not stored", e);
    }
  }

  private int inserted(List<Entry> entries, Instant issuedAt) {
    int size = entries.size();
    Long[] batches = new Long[size];
    Integer[] rows = new Integer[size];
    Integer[] formats = new Integer[size];
    Integer[] definitions = new Integer[size];
    Long[] validUntil = new Long[size];
    byte[][] payloads = new byte[size][];
    byte[][] signatures = new byte[size][];
    for (int i = 0; i < size; i++) {
      Entry entry = entries.get(i);
      batches[i] = entry.key().batchNumber();
      rows[i] = entry.key().rowNumber();
      formats[i] = entry.format().code();
      definitions[i] = entry.batchDefinition();
      validUntil[i] = entry.validUntil() == null ? null : entry.validUntil().getEpochSecond();
      payloads[i] = entry.payload();
      signatures[i] = entry.signature();
    }
    try (Connection connection = database.getConnection();
        PreparedStatement statement =
            connection.prepareStatement(
                """
                insert into credential (
                  batch_number, row_number, format, copy, batch_definition, valid_until, issued_at, signature, payload)
                select batch_number, row_number, format, 0, batch_definition, to_timestamp(valid_until), ?, signature, payload
                from unnest(?::bigint[], ?::integer[], ?::integer[], ?::integer[], ?::bigint[], ?::bytea[], ?::bytea[])
                  as entry (batch_number, row_number, format, batch_definition, valid_until, signature, payload)
                on conflict (batch_number, row_number, format, copy) do nothing
                """)) {
      statement.setTimestamp(1, Timestamp.from(issuedAt));
      statement.setArray(2, connection.createArrayOf("bigint", batches));
      statement.setArray(3, connection.createArrayOf("integer", rows));
      statement.setArray(4, connection.createArrayOf("integer", formats));
      statement.setArray(5, connection.createArrayOf("integer", definitions));
      statement.setArray(6, connection.createArrayOf("bigint", validUntil));
      statement.setArray(7, connection.createArrayOf("bytea", signatures));
      statement.setArray(8, connection.createArrayOf("bytea", payloads));
      return statement.executeUpdate();
    } catch (SQLException e) {
      throw new IllegalStateException("credentials were not stored", e);
    }
  }

  /** When those of these rows that have a credential were issued. */
  public Map<Key, Instant> issuedAt(List<Key> keys) {
    if (keys.isEmpty()) {
      return Map.of();
    }
    try (Connection connection = database.getConnection();
        PreparedStatement statement =
            connection.prepareStatement(
                """
                select c.batch_number, c.row_number, c.issued_at
                from unnest(?::bigint[], ?::integer[]) as wanted (batch_number, row_number)
                join credential c using (batch_number, row_number)
                where c.format = ? and c.copy = 0
                """)) {
      Array batches =
          connection.createArrayOf("bigint", keys.stream().map(Key::batchNumber).toArray());
      Array rows = connection.createArrayOf("integer", keys.stream().map(Key::rowNumber).toArray());
      statement.setArray(1, batches);
      statement.setArray(2, rows);
      statement.setShort(3, (short) CredentialFormat.VC_JWT.code());
      try (ResultSet found = statement.executeQuery()) {
        Map<Key, Instant> issued = new HashMap<>();
        while (found.next()) {
          issued.put(new Key(found.getLong(1), found.getInt(2)), found.getTimestamp(3).toInstant());
        }
        return issued;
      }
    } catch (SQLException e) {
      throw new IllegalStateException("credentials were not read", e);
    }
  }
}
