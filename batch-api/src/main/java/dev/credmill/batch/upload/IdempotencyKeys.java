package dev.credmill.batch.upload;

import dev.credmill.contracts.access.Caller;
import dev.credmill.contracts.id.BatchId;
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
import java.util.Arrays;
import java.util.UUID;

/**
 * The table {@code idempotency_key}: which batch a key stands for. A second request with the key
 * waits for the first one's transaction, as the unique key makes it.
 */
@ApplicationScoped
class IdempotencyKeys {
  private final AgroalDataSource database;
  private final Clock clock;

  IdempotencyKeys(@DataSource("batch") AgroalDataSource database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  /** The batch that the key stands for: this one, or the one of an earlier equal request. */
  BatchId claim(Caller caller, String key, byte[] fingerprint, BatchId batch) throws SQLException {
    try (Connection connection = database.getConnection()) {
      if (insert(connection, caller, key, fingerprint, batch)) {
        return batch;
      }
      return earlier(connection, caller, key, fingerprint);
    }
  }

  private boolean insert(
      Connection connection, Caller caller, String key, byte[] fingerprint, BatchId batch)
      throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            """
            insert into idempotency_key (organization, created_by, key, fingerprint, batch_id, created_at)
            values (?, ?, ?, ?, ?, ?)
            on conflict (organization, created_by, key) do nothing
            """)) {
      insert.setString(1, caller.organization().value());
      insert.setString(2, caller.keyId());
      insert.setString(3, key);
      insert.setBytes(4, fingerprint);
      insert.setObject(5, batch.value());
      insert.setTimestamp(6, Timestamp.from(clock.instant()));
      return insert.executeUpdate() == 1;
    }
  }

  private static BatchId earlier(
      Connection connection, Caller caller, String key, byte[] fingerprint) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            """
            select fingerprint, batch_id from idempotency_key
            where organization = ? and created_by = ? and key = ?
            """)) {
      select.setString(1, caller.organization().value());
      select.setString(2, caller.keyId());
      select.setString(3, key);
      try (ResultSet result = select.executeQuery()) {
        result.next();
        if (!Arrays.equals(result.getBytes(1), fingerprint)) {
          throw ProblemType.IDEMPOTENCY_KEY_REUSED.because(
              "The key belongs to batch %s, which has another file or other parts; take a new key for a new request"
                  .formatted(result.getObject(2, UUID.class)));
        }
        return new BatchId(result.getObject(2, UUID.class));
      }
    }
  }
}
