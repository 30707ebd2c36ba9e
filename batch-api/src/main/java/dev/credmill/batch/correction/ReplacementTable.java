package dev.credmill.batch.correction;

import dev.credmill.contracts.id.BatchId;
import io.agroal.api.AgroalDataSource;
import io.quarkus.agroal.DataSource;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;

/** Which batch takes the place of which credentials: one of each at most. */
@ApplicationScoped
class ReplacementTable {
  /** A row that was taken out of its batch, or cancelled with it, gives its place back. */
  private static final String TAKE =
      """
      insert into replacement (of_batch, number, batch_id)
      select ?, number, ? from unnest(?::int[]) as u (number) order by number
      on conflict (of_batch, number) do update set batch_id = excluded.batch_id
      where exists (
        select from sheet_row r
        where r.batch_id = replacement.batch_id and r.number = replacement.number
          and r.issue = 'CANCELLED')
      returning number
      """;

  private static final String TAKEN_BY =
      "select batch_id from replacement where of_batch = ? and number = ?";

  private final AgroalDataSource database;

  ReplacementTable(@DataSource("batch") AgroalDataSource database) {
    this.database = database;
  }

  /** A row whose place another batch has taken before. */
  record Taken(int number, BatchId by) {}

  /** Takes the places of these rows; the first that another has, where that is so. */
  Optional<Taken> take(BatchId of, Collection<Integer> numbers, BatchId by) throws SQLException {
    TreeSet<Integer> left = new TreeSet<>(numbers);
    try (Connection connection = database.getConnection()) {
      try (PreparedStatement take = connection.prepareStatement(TAKE)) {
        take.setObject(1, of.value());
        take.setObject(2, by.value());
        take.setArray(3, connection.createArrayOf("int", List.copyOf(left).toArray()));
        try (ResultSet row = take.executeQuery()) {
          while (row.next()) {
            left.remove(row.getInt(1));
          }
        }
      }
      return left.isEmpty()
          ? Optional.empty()
          : Optional.of(new Taken(left.first(), takenBy(connection, of, left.first())));
    }
  }

  private static BatchId takenBy(Connection connection, BatchId of, int number)
      throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(TAKEN_BY)) {
      select.setObject(1, of.value());
      select.setInt(2, number);
      try (ResultSet row = select.executeQuery()) {
        row.next();
        return new BatchId(row.getObject(1, UUID.class));
      }
    }
  }
}
