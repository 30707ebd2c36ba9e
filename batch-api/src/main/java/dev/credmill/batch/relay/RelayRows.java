package dev.credmill.batch.relay;

import dev.credmill.batch.Batch;
import dev.credmill.contracts.event.CredentialRequested;
import dev.credmill.contracts.id.BatchId;
import dev.credmill.contracts.id.OrganizationId;
import dev.credmill.contracts.id.RowId;
import dev.credmill.contracts.registry.CredentialDefinition;
import io.agroal.api.AgroalDataSource;
import io.quarkus.agroal.DataSource;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/** The rows of a run that go out next, as the events that ask for their credentials. */
@ApplicationScoped
public class RelayRows {
  private static final String NEXT =
      """
      select number, expiration, claims, definition from sheet_row r
      where batch_id = ? and number > ? and number <= ? and run = ? and issue = 'READY' %s
      order by number limit ?
      """;
  private static final String NOT_RESERVED = NEXT.formatted("");
  private static final String UNANSWERED =
      NEXT.formatted(
          "and not exists (select from row_credential c where c.batch_id = r.batch_id and c.number = r.number offset 0)");
  private static final int FETCH = 100;
  private static final int WIDER = 4;
  private static final long MOST_CHARACTERS = 4L << 20;
  private static final LocalTime END_OF_DAY = LocalTime.of(23, 59, 59);

  private final AgroalDataSource database;

  RelayRows(@DataSource("batch") AgroalDataSource database) {
    this.database = database;
  }

  /**
   * Rows that go out together.
   *
   * @param more whether the run may have further rows behind them
   */
  record Chunk(List<CredentialRequested> events, boolean more) {
    static final Chunk NONE = new Chunk(List.of(), true);

    int lastNumber() {
      return events.getLast().row().number();
    }
  }

  /** Rows of a chunk to be; large ones end it early, so that memory is bounded. */
  private static final class Gathered {
    private final int most;
    private final List<CredentialRequested> events;
    private long characters;

    Gathered(int most) {
      this.most = most;
      this.events = new ArrayList<>(most);
    }

    int room() {
      return characters > MOST_CHARACTERS ? 0 : most - events.size();
    }

    void add(CredentialRequested event) {
      events.add(event);
      characters += event.claims().length();
    }

    Chunk chunk() {
      return new Chunk(events, room() == 0);
    }
  }

  /** Rows behind a number that nobody has reserved yet. */
  Chunk next(Batch batch, List<CredentialDefinition> definitions, int run, int after, int most)
      throws SQLException {
    return gather(NOT_RESERVED, batch, definitions, run, after, batch.lastNumber, most);
  }

  /** Rows with numbers in (after, upTo] that are reserved and have no answer. */
  Chunk unanswered(
      Batch batch, List<CredentialDefinition> definitions, int run, int after, int upTo, int most)
      throws SQLException {
    return gather(UNANSWERED, batch, definitions, run, after, upTo, most);
  }

  /**
   * The first rows in (after, upTo], looked for in a stretch of that many numbers, then in wider
   * ones: told of no near end, PostgreSQL may read all rest of the batch to find the next thousand.
   */
  private Chunk gather(
      String sql,
      Batch batch,
      List<CredentialDefinition> definitions,
      int run,
      int after,
      int upTo,
      int most)
      throws SQLException {
    Gathered gathered = new Gathered(most);
    int from = after;
    for (long stretch = most; gathered.room() > 0 && from < upTo; stretch *= WIDER) {
      int to = (int) Math.min(from + stretch, upTo);
      read(sql, batch, definitions, run, from, to, gathered);
      from = to;
    }
    return gathered.chunk();
  }

  /** In number order. Needs a transaction: rows are fetched piece by piece. */
  private void read(
      String sql,
      Batch batch,
      List<CredentialDefinition> definitions,
      int run,
      int after,
      int upTo,
      Gathered gathered)
      throws SQLException {
    BatchId id = batch.batchId();
    OrganizationId organization = batch.organizationId();
    try (Connection connection = database.getConnection();
        PreparedStatement select = connection.prepareStatement(sql)) {
      select.setObject(1, id.value());
      select.setInt(2, after);
      select.setInt(3, upTo);
      select.setInt(4, run);
      select.setInt(5, gathered.room());
      select.setFetchSize(FETCH);
      try (ResultSet result = select.executeQuery()) {
        while (gathered.room() > 0 && result.next()) {
          CredentialDefinition definition = definitions.get(result.getInt(4));
          gathered.add(
              new CredentialRequested(
                  new RowId(id, result.getInt(1)),
                  run,
                  organization,
                  definition.id(),
                  template(batch, definition),
                  batch.lastNumber - 1,
                  batch.validFrom,
                  validUntil(batch.validFrom, result.getString(2), definition.validity()),
                  result.getString(3),
                  batch.claimAccess()));
        }
      }
    }
  }

  private static String template(Batch batch, CredentialDefinition definition) {
    return batch.certificateTemplateId != null
        ? batch.certificateTemplateId
        : definition.certificateTemplateId();
  }

  /** A date ends with its day; a period counts from validFrom; neither means the definition's. */
  public static Instant validUntil(Instant validFrom, String expiration, String validity) {
    String end = expiration == null ? validity : expiration;
    if (end == null) {
      return null;
    }
    if (end.startsWith("P")) {
      return validFrom.atOffset(ZoneOffset.UTC).plus(Period.parse(end)).toInstant();
    }
    return LocalDate.parse(end).atTime(END_OF_DAY).toInstant(ZoneOffset.UTC);
  }
}
