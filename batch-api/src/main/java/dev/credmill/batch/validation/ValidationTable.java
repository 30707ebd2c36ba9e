package dev.credmill.batch.validation;

import dev.credmill.batch.BatchConfig;
import dev.credmill.contracts.id.BatchId;
import io.agroal.api.AgroalDataSource;
import io.quarkus.agroal.DataSource;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Who validates which batch, and how far it is: the table {@code batch} seen as a queue. */
@ApplicationScoped
class ValidationTable {
  private static final String CLAIM =
      """
      update batch set lease_owner = ?, lease_until = now() + ? * interval '1 millisecond'
      where id = (
        select id from batch
        where phase = 'VALIDATING' and cancelled_at is null
          and (lease_until is null or lease_until < now())
          and file_size between ? and ?
        order by array_position(?, organization) nulls first, created_at
        limit 1 for update skip locked)
      returning id
      """;
  private static final String ADVANCE =
      """
      update batch
      set rows_read = rows_read + ?, share_read = ?, last_number = ?, definition_ids = ?,
          lease_until = now() + ? * interval '1 millisecond'
      where id = ? and lease_owner = ? and last_number = ?
        and phase = 'VALIDATING' and cancelled_at is null
      """;

  /** Never beyond what is stored, and never takes back what the lease was given meanwhile. */
  private static final String KEYED =
      """
      update batch
      set keyed_number = ?,
          lease_until = greatest(lease_until, clock_timestamp() + ? * interval '1 millisecond')
      where id = ? and lease_owner = ? and keyed_number = ? and last_number >= ?
        and phase = 'VALIDATING' and cancelled_at is null
      """;

  private static final String RENEW =
      """
      update batch set lease_until = now() + ? * interval '1 millisecond'
      where id = ? and lease_owner = ? and phase = 'VALIDATING' and cancelled_at is null
      """;
  private static final String RELEASE =
      "update batch set lease_owner = null, lease_until = null where id = ? and lease_owner = ?";
  private static final String END =
      """
      update batch
      set phase = cast(? as phase), problem = cast(? as jsonb), validated_at = now(),
          lease_owner = null, lease_until = null
      where id = ? and lease_owner = ? and phase = 'VALIDATING' and cancelled_at is null
      """;
  private static final List<String> FORGET =
      List.of(
          "delete from sheet_row where batch_id = ?",
          "delete from row_error where batch_id = ?",
          "delete from row_duplicate where batch_id = ?",
          // Hardly a rejected file has keys already, and no index leads to those of a batch.
          """
          delete from row_key k using batch b
          where b.id = ? and b.keyed_number > 1 and k.batch_id = b.id
          """,
          """
          delete from row_key_page p using batch b
          where b.id = ? and b.keyed_number > 1 and p.organization = b.organization
            and p.batch_id = b.id
          """,
          """
          delete from row_key_filter f using batch b
          where b.id = ? and b.keyed_number > 1 and f.organization = b.organization
            and f.batch_id = b.id
          """,
          "delete from batch_count where batch_id = ?");

  private final AgroalDataSource database;
  private final long leaseMillis;

  ValidationTable(@DataSource("batch") AgroalDataSource database, BatchConfig config) {
    this.database = database;
    this.leaseMillis = config.lease().toMillis();
  }

  /**
   * Takes the next file of that size that nobody validates.
   *
   * @param served the organizations served before, the longest ago first: others come before them
   */
  Optional<BatchId> claim(UUID owner, long smallest, long largest, List<String> served)
      throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement claim = connection.prepareStatement(CLAIM)) {
      claim.setObject(1, owner);
      claim.setLong(2, leaseMillis);
      claim.setLong(3, smallest);
      claim.setLong(4, largest);
      claim.setArray(5, connection.createArrayOf("text", served.toArray()));
      try (ResultSet result = claim.executeQuery()) {
        return result.next()
            ? Optional.of(new BatchId(result.getObject(1, UUID.class)))
            : Optional.empty();
      }
    }
  }

  /**
   * Where the cursor of a validation moves.
   *
   * @param from the number of the last row stored before
   * @param to the number of the last row stored with this
   * @param share how much of the file is read, 0 to 1
   */
  record Step(int from, int to, int rows, double share, List<String> definitionIds) {}

  /**
   * Moves the cursor and renews the lease; false when the batch is no longer this owner's, or when
   * a step before this one is missing.
   */
  boolean advance(BatchId batch, UUID owner, Step step) throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement advance = connection.prepareStatement(ADVANCE)) {
      advance.setInt(1, step.rows());
      advance.setDouble(2, step.share());
      advance.setInt(3, step.to());
      advance.setArray(4, connection.createArrayOf("text", step.definitionIds().toArray()));
      advance.setLong(5, leaseMillis);
      advance.setObject(6, batch.value());
      advance.setObject(7, owner);
      advance.setInt(8, step.from());
      return advance.executeUpdate() == 1;
    }
  }

  /** Moves the cursor of the keys; false when the batch is no longer this owner's. */
  boolean keyed(BatchId batch, UUID owner, int from, int to) throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement keyed = connection.prepareStatement(KEYED)) {
      keyed.setInt(1, to);
      keyed.setLong(2, leaseMillis);
      keyed.setObject(3, batch.value());
      keyed.setObject(4, owner);
      keyed.setInt(5, from);
      keyed.setInt(6, to);
      return keyed.executeUpdate() == 1;
    }
  }

  /** Keeps the lease while there is nothing to store; false when it is lost. */
  boolean renew(BatchId batch, UUID owner) throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement renew = connection.prepareStatement(RENEW)) {
      renew.setLong(1, leaseMillis);
      renew.setObject(2, batch.value());
      renew.setObject(3, owner);
      return renew.executeUpdate() == 1;
    }
  }

  void release(BatchId batch, UUID owner) throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement release = connection.prepareStatement(RELEASE)) {
      release.setObject(1, batch.value());
      release.setObject(2, owner);
      release.executeUpdate();
    }
  }

  boolean validated(BatchId batch, UUID owner) throws SQLException {
    return end(batch, owner, "VALIDATED", null);
  }

  /** Refuses the file as a whole: none of its rows stays. */
  boolean rejected(BatchId batch, UUID owner, String problem) throws SQLException {
    if (!end(batch, owner, "REJECTED", problem)) {
      return false;
    }
    try (Connection connection = database.getConnection()) {
      for (String sql : FORGET) {
        try (PreparedStatement forget = connection.prepareStatement(sql)) {
          forget.setObject(1, batch.value());
          forget.executeUpdate();
        }
      }
    }
    return true;
  }

  private boolean end(BatchId batch, UUID owner, String phase, String problem) throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement end = connection.prepareStatement(END)) {
      end.setString(1, phase);
      end.setString(2, problem);
      end.setObject(3, batch.value());
      end.setObject(4, owner);
      return end.executeUpdate() == 1;
    }
  }
}
