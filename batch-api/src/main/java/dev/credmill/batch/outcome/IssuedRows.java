package dev.credmill.batch.outcome;

import dev.credmill.batch.status.Counter;
import dev.credmill.batch.status.Counts;
import dev.credmill.contracts.database.BinaryCopy;
import dev.credmill.contracts.event.CredentialOutcome.Issued;
import dev.credmill.contracts.event.DeliveryStatus;
import dev.credmill.contracts.event.Medium;
import dev.credmill.contracts.id.BatchId;
import io.agroal.api.AgroalDataSource;
import io.quarkus.agroal.DataSource;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.postgresql.PGConnection;

/**
 * Writes down which rows are issued, a list at a time. A repeated or late answer is left out; two
 * that come at the same time meet at the primary key, and whoever is second fails and, asked once
 * more, leaves it out. Another unique index, which the look before does not know, would have it
 * fail for ever.
 */
@ApplicationScoped
class IssuedRows {
  /**
   * Each row is looked up by its key, whatever the planner knows of a batch that was stored a
   * moment ago: "offset 0" keeps it from turning the look-up into a join with all of the batch.
   */
  private static final String NOT_ISSUED_YET =
      """
      select u.place::int, b.email, b.sms, b.replaces
      from unnest(?::int[], ?::int[]) with ordinality as u (number, run, place)
      cross join (
        select id, ? = any(media) as email, ? = any(media) as sms, replaces is not null as replaces
        from batch where id = ?) b
      where exists (
          select from sheet_row r
          where r.batch_id = b.id and r.number = u.number and r.run = u.run and r.issue = 'READY'
          offset 0)
        and not exists (
          select from row_credential c where c.batch_id = b.id and c.number = u.number offset 0)
      order by u.place
      """;

  /** Writes less WAL than an insert that looks at each row, and takes less time. */
  private static final String COPY =
      """
      copy row_credential (batch_id, number, issued_at, email_delivery, sms_delivery, credential_id, link_token%s)
      from stdin (format binary)
      """;

  private static final String WITHOUT_CLAIM = COPY.formatted("");
  private static final String WITH_CLAIM = COPY.formatted(", claim_token, claim_code");

  private static final int ENTRY = 200; // bytes, about

  private final AgroalDataSource database;

  IssuedRows(@DataSource("batch") AgroalDataSource database) {
    this.database = database;
  }

  /**
   * Numbers of rows that are issued now.
   *
   * @param replacing those that take the place of credentials issued before; none in most batches
   */
  record Added(List<Integer> all, List<Integer> replacing) {}

  /**
   * Writes down that rows of one batch are issued.
   *
   * @param outcomes in the order of their rows, so that two who write the same never wait for each
   *     other in a circle
   * @return which rows that are; a repeated answer is none
   * @throws SQLException when somebody else has written one of them meanwhile, among other reasons;
   *     nothing of the transaction stands then
   */
  Added add(BatchId batch, List<Issued> outcomes, Counts.Changes changes) throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement select = connection.prepareStatement(NOT_ISSUED_YET)) {
      // Arrays of primitives go over in binary; boxed ones as text, for ten times the time.
      PGConnection arrays = connection.unwrap(PGConnection.class);
      int[] numbers = outcomes.stream().mapToInt(o -> o.row().number()).toArray();
      select.setArray(1, arrays.createArrayOf("int4", numbers));
      select.setArray(
          2, arrays.createArrayOf("int4", outcomes.stream().mapToInt(Issued::run).toArray()));
      select.setString(3, Medium.EMAIL.name());
      select.setString(4, Medium.SMS.name());
      select.setObject(5, batch.value());
      try (ResultSet found = select.executeQuery()) {
        return copy(connection, batch, outcomes, found, changes);
      }
    }
  }

  private static Added copy(
      Connection connection,
      BatchId batch,
      List<Issued> outcomes,
      ResultSet found,
      Counts.Changes changes)
      throws SQLException {
    // Only recipients who get a message are told of a claim; the others' rows stay as narrow.
    boolean claims = outcomes.stream().anyMatch(outcome -> outcome.claimToken() != null);
    BinaryCopy entries = new BinaryCopy(claims ? 9 : 7, outcomes.size() * ENTRY);
    DeliveryStatus email = DeliveryStatus.NOT_REQUESTED;
    DeliveryStatus sms = DeliveryStatus.NOT_REQUESTED;
    List<Integer> added = new ArrayList<>(outcomes.size());
    List<Integer> replacing = new ArrayList<>();
    int last = 0;
    while (found.next()) {
      Issued outcome = outcomes.get(found.getInt(1) - 1);
      int number = outcome.row().number();
      if (number == last) {
        continue; // came twice in this list
      }
      last = number;
      email = wanted(found.getBoolean(2)); // of the batch, so the same for every row
      sms = wanted(found.getBoolean(3));
      entries
          .row()
          .uuid(batch.value())
          .int4(number)
          .time(outcome.issuedAt())
          .text(email.name())
          .text(sms.name())
          .text(outcome.credentialId())
          .text(outcome.linkToken());
      if (claims) {
        entries.text(outcome.claimToken()).text(outcome.claimCode());
      }
      if (found.getBoolean(4)) {
        replacing.add(number);
      }
      added.add(number);
    }
    entries.send(connection, claims ? WITH_CLAIM : WITHOUT_CLAIM);
    changes.add(batch, Counter.ISSUED, added.size());
    count(changes, batch, Medium.EMAIL, email, added.size());
    count(changes, batch, Medium.SMS, sms, added.size());
    return new Added(added, replacing);
  }

  private static DeliveryStatus wanted(boolean medium) {
    return medium ? DeliveryStatus.PENDING : DeliveryStatus.NOT_REQUESTED;
  }

  private static void count(
      Counts.Changes changes, BatchId batch, Medium medium, DeliveryStatus status, int rows) {
    Counter.of(medium, status).ifPresent(counter -> changes.add(batch, counter, rows));
  }
}
