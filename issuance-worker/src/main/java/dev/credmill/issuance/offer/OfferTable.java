package dev.credmill.issuance.offer;

import dev.credmill.contracts.id.BatchId;
import dev.credmill.contracts.id.OrganizationId;
import dev.credmill.contracts.id.RowId;
import io.agroal.api.AgroalDataSource;
import io.quarkus.agroal.DataSource;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The table {@code credential_offer}. Each change is guarded by the state that it leaves. Whoever
 * needs several changes together has a transaction around them.
 */
@ApplicationScoped
class OfferTable {
  private static final String COLUMNS =
      """
      number, digits_hash, organization, batch_id, row_number, credential_id, configurations, state,
      expires_at, wrong_digits, client_id, identified
      """;

  /**
   * Of a row that is in a wallet already, nobody need hear that it is offered again or was not
   * taken.
   */
  private static final String CLAIMED_BEFORE =
      """
      exists (
        select from credential_offer c
        where c.batch_id = o.batch_id and c.row_number = o.row_number and c.state = 'CLAIMED')
      """;

  private final AgroalDataSource database;

  OfferTable(@DataSource("issuance") AgroalDataSource database) {
    this.database = database;
  }

  /** What a row was offered and tried lately. */
  record Lately(int offers, int wrongDigits) {}

  /** An offer to be made. */
  record Entry(
      Secret reference,
      Secret code,
      byte[] digitsHash,
      OrganizationId organization,
      RowId row,
      String credentialId,
      List<String> configurations) {}

  /** Has the other makers of offers of that row wait until the transaction ends. */
  void lock(RowId row) {
    execute(
        "select pg_advisory_xact_lock(hashtextextended(?, 6))",
        statement -> statement.setString(1, "credential_offer/" + row));
  }

  Lately lately(RowId row, Instant since) {
    return one(
            """
            select count(*), coalesce(sum(wrong_digits), 0)
            from credential_offer
            where batch_id = ? and row_number = ? and created_at > ?
            """,
            statement -> {
              row(statement, 1, row);
              statement.setTimestamp(3, Timestamp.from(since));
            },
            result -> new Lately(result.getInt(1), result.getInt(2)))
        .orElseThrow();
  }

  void replaceOpen(RowId row, Instant now) {
    update(
        """
        update credential_offer set state = 'REPLACED', changed_at = ?, announced = true
        where batch_id = ? and row_number = ? and state = 'OPEN'
        """,
        statement -> {
          statement.setTimestamp(1, Timestamp.from(now));
          row(statement, 2, row);
        });
  }

  void insert(Entry entry, Instant now, Instant expiresAt) {
    update(
        """
        insert into credential_offer (
          reference_hash, code_hash, digits_hash, organization, batch_id, row_number, credential_id,
          configurations, state, created_at, changed_at, expires_at, announced)
        select o.*, %s
        from (values (?::bytea, ?::bytea, ?::bytea, ?, ?::uuid, ?::integer, ?, ?::text[], 'OPEN',
                      ?::timestamptz, ?::timestamptz, ?::timestamptz))
          as o (reference_hash, code_hash, digits_hash, organization, batch_id, row_number,
                credential_id, configurations, state, created_at, changed_at, expires_at)
        """
            .formatted(CLAIMED_BEFORE),
        statement -> {
          statement.setBytes(1, entry.reference().hash());
          statement.setBytes(2, entry.code().hash());
          statement.setBytes(3, entry.digitsHash());
          statement.setString(4, entry.organization().value());
          row(statement, 5, entry.row());
          statement.setString(7, entry.credentialId());
          statement.setArray(8, texts(statement, entry.configurations()));
          statement.setTimestamp(9, Timestamp.from(now));
          statement.setTimestamp(10, Timestamp.from(now));
          statement.setTimestamp(11, Timestamp.from(expiresAt));
        });
  }

  Optional<StoredOffer> byReference(OrganizationId organization, Secret reference) {
    return find("reference_hash = ?", organization, reference);
  }

  Optional<StoredOffer> byToken(OrganizationId organization, Secret token) {
    return find("token_hash = ?", organization, token);
  }

  /** The offer of that code, held until the transaction ends. */
  Optional<StoredOffer> lockByCode(OrganizationId organization, Secret code) {
    return find("code_hash = ?", organization, code, "for update");
  }

  private Optional<StoredOffer> find(String condition, OrganizationId organization, Secret secret) {
    return find(condition, organization, secret, "");
  }

  private Optional<StoredOffer> find(
      String condition, OrganizationId organization, Secret secret, String lock) {
    return one(
        "select %s from credential_offer where %s and organization = ? %s"
            .formatted(COLUMNS, condition, lock),
        statement -> {
          statement.setBytes(1, secret.hash());
          statement.setString(2, organization.value());
        },
        OfferTable::read);
  }

  /** The code is used up, the token holds from now on. */
  void redeem(
      StoredOffer offer,
      Secret token,
      List<String> configurations,
      String clientId,
      boolean identified,
      Instant now,
      Instant tokenExpiresAt) {
    update(
        """
        update credential_offer
        set state = 'REDEEMED', token_hash = ?, configurations = ?, client_id = ?, identified = ?,
            changed_at = ?, expires_at = ?
        where number = ? and state = 'OPEN'
        """,
        statement -> {
          statement.setBytes(1, token.hash());
          statement.setArray(2, texts(statement, configurations));
          statement.setString(3, clientId);
          statement.setBoolean(4, identified);
          statement.setTimestamp(5, Timestamp.from(now));
          statement.setTimestamp(6, Timestamp.from(tokenExpiresAt));
          statement.setLong(7, offer.number());
        });
  }

  /** Counts a wrong try; the offer is over once there were too many. */
  void countWrongDigits(StoredOffer offer, int most, Instant now) {
    update(
        """
        update credential_offer o
        set wrong_digits = wrong_digits + 1,
            state = case when wrong_digits + 1 >= ? then 'LAPSED' else state end,
            announced = case when wrong_digits + 1 >= ? then %s else announced end,
            changed_at = ?
        where number = ? and state = 'OPEN'
        """
            .formatted(CLAIMED_BEFORE),
        statement -> {
          statement.setInt(1, most);
          statement.setInt(2, most);
          statement.setTimestamp(3, Timestamp.from(now));
          statement.setLong(4, offer.number());
        });
  }

  /** What was given for a code ends with the second try to use it: one of the two was a thief. */
  void endToken(StoredOffer offer, Instant now) {
    update(
        """
        update credential_offer set expires_at = least(expires_at, ?)
        where number = ? and state in ('REDEEMED', 'CLAIMED')
        """,
        statement -> {
          statement.setTimestamp(1, Timestamp.from(now));
          statement.setLong(2, offer.number());
        });
  }

  void claimed(StoredOffer offer, Instant now) {
    update(
        """
        update credential_offer set state = 'CLAIMED', changed_at = ?, announced = false
        where number = ? and state in ('REDEEMED', 'FAILED', 'CLAIMED')
        """,
        statement -> {
          statement.setTimestamp(1, Timestamp.from(now));
          statement.setLong(2, offer.number());
        });
  }

  /** The wallet kept nothing of what it got. */
  void failed(StoredOffer offer, Instant now) {
    update(
        """
        update credential_offer o
        set state = 'FAILED', changed_at = ?,
            announced = exists (
              select from credential_offer c
              where c.batch_id = o.batch_id and c.row_number = o.row_number and c.state = 'CLAIMED'
                and c.number <> o.number)
        where number = ? and state = 'CLAIMED'
        """,
        statement -> {
          statement.setTimestamp(1, Timestamp.from(now));
          statement.setLong(2, offer.number());
        });
  }

  /** Ends what nobody claimed in time; says how many it were. */
  int lapse(Instant now) {
    return update(
        """
        update credential_offer o
        set state = 'LAPSED', changed_at = ?, announced = %s
        where number in (
          select number from credential_offer
          where state in ('OPEN', 'REDEEMED') and expires_at <= ?
          order by expires_at limit 1000 for update skip locked)
        """
            .formatted(CLAIMED_BEFORE),
        statement -> {
          statement.setTimestamp(1, Timestamp.from(now));
          statement.setTimestamp(2, Timestamp.from(now));
        });
  }

  /** Something that happened to an offer and that nobody has heard of. */
  record News(long number, RowId row, OfferState state, Instant at) {}

  /** The oldest news, held until the transaction ends. */
  List<News> lockUnannounced(int most) {
    return list(
        """
        select number, batch_id, row_number, state, changed_at
        from credential_offer
        where not announced
        order by changed_at limit ? for update skip locked
        """,
        statement -> statement.setInt(1, most),
        result ->
            new News(
                result.getLong(1),
                row(result),
                OfferState.valueOf(result.getString("state")),
                result.getTimestamp("changed_at").toInstant()));
  }

  void announced(List<News> news) {
    update(
        "update credential_offer set announced = true where number = any(?)",
        statement ->
            statement.setArray(
                1,
                statement
                    .getConnection()
                    .createArrayOf("bigint", news.stream().map(News::number).toArray())));
  }

  /** Forgets what came to nothing long ago. */
  int delete(Instant changedBefore) {
    return update(
        """
        delete from credential_offer
        where state in ('REPLACED', 'LAPSED', 'FAILED') and announced and changed_at < ?
        """,
        statement -> statement.setTimestamp(1, Timestamp.from(changedBefore)));
  }

  private static StoredOffer read(ResultSet result) throws SQLException {
    return new StoredOffer(
        result.getLong("number"),
        result.getBytes("digits_hash"),
        new OrganizationId(result.getString("organization")),
        row(result),
        result.getString("credential_id"),
        List.of((String[]) result.getArray("configurations").getArray()),
        OfferState.valueOf(result.getString("state")),
        result.getTimestamp("expires_at").toInstant(),
        result.getInt("wrong_digits"),
        result.getString("client_id"),
        result.getBoolean("identified"));
  }

  private static RowId row(ResultSet result) throws SQLException {
    return new RowId(
        new BatchId(result.getObject("batch_id", UUID.class)), result.getInt("row_number"));
  }

  private static void row(PreparedStatement statement, int first, RowId row) throws SQLException {
    statement.setObject(first, row.batch().value());
    statement.setInt(first + 1, row.number());
  }

  private static java.sql.Array texts(PreparedStatement statement, List<String> texts)
      throws SQLException {
    return statement.getConnection().createArrayOf("text", texts.toArray());
  }

  private interface Parameters {
    void of(PreparedStatement statement) throws SQLException;
  }

  private interface Reading<T> {
    T of(ResultSet row) throws SQLException;
  }

  private void execute(String sql, Parameters parameters) {
    try (Connection connection = database.getConnection();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      parameters.of(statement);
      statement.execute();
    } catch (SQLException e) {
      throw new IllegalStateException("an offer was not locked", e);
    }
  }

  private int update(String sql, Parameters parameters) {
    try (Connection connection = database.getConnection();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      parameters.of(statement);
      return statement.executeUpdate();
    } catch (SQLException e) {
      throw new IllegalStateException("an offer was not written", e);
    }
  }

  private <T> Optional<T> one(String sql, Parameters parameters, Reading<T> reading) {
    return list(sql, parameters, reading).stream().findFirst();
  }

  private <T> List<T> list(String sql, Parameters parameters, Reading<T> reading) {
    try (Connection connection = database.getConnection();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      parameters.of(statement);
      List<T> rows = new ArrayList<>();
      try (ResultSet result = statement.executeQuery()) {
        while (result.next()) {
          rows.add(reading.of(result));
        }
      }
      return rows;
    } catch (SQLException e) {
      throw new IllegalStateException("an offer was not read", e);
    }
  }
}
