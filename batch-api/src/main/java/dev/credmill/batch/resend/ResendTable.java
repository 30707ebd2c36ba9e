package dev.credmill.batch.resend;

import dev.credmill.batch.Batch;
import dev.credmill.batch.duplicate.RowIdentity;
import dev.credmill.batch.sheet.KeptCells;
import dev.credmill.batch.sheet.SheetColumns;
import dev.credmill.contracts.event.DeliveryStatus;
import dev.credmill.contracts.event.Medium;
import io.agroal.api.AgroalDataSource;
import io.quarkus.agroal.DataSource;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Messages that are to be sent once more. For a transaction of the caller's. */
@ApplicationScoped
class ResendTable {
  /** The issued row alone is held: what it says of its recipient changes here and nowhere else. */
  private static final String HOLD =
      "select from row_credential where batch_id = ? and number = ? for update";

  /** A statement of its own: one that has waited for a lock sees the other tables as before it. */
  private static final String ONE =
      """
      select c.%1$s_delivery, r.definition, r.reference, r.first_name, r.last_name, r.email, r.phone,
             r.claims, c.validity, r.cells
      from row_credential c join sheet_row r on r.batch_id = c.batch_id and r.number = c.number
      where c.batch_id = ? and c.number = ?
      """;

  private static final String NEXT =
      """
      select number, %1$s_delivery from row_credential
      where batch_id = ? and number > ? and %1$s_delivery = any(?::delivery_state[])
        and validity <> 'REVOKED'
      order by number limit ? for update
      """;
  private static final String PENDING =
      """
      update row_credential set %1$s_delivery = 'PENDING', %1$s_at = now(), %1$s_problem = null
      where batch_id = ? and number = any(?)
      """;
  private static final String GENERATION =
      """
      insert into resend as before (batch_id, number, medium, generation, requested_at, requested_by)
      select ?, number, ?, 2, now(), ? from unnest(?::int[]) as u (number)
      on conflict (batch_id, number, medium) do update
      set generation = before.generation + 1, requested_at = excluded.requested_at,
          requested_by = excluded.requested_by
      """;
  private static final String RESENT = "update batch set resent = true where id = ? and not resent";

  /** Somebody has to look whether Kafka loses the request. */
  private static final String NOT_SETTLED =
      "update relay_run set settled = false, asks = 0 where batch_id = ? and settled";

  private static final String CONTACT =
      "update sheet_row set %s = ?, cells = ? where batch_id = ? and number = ?";

  private final AgroalDataSource database;

  ResendTable(@DataSource("batch") AgroalDataSource database) {
    this.database = database;
  }

  /** A message as it stands. */
  record Standing(int number, DeliveryStatus status) {}

  /**
   * A message as it stands, and whom its row is of.
   *
   * @param cells those of the row that are kept
   */
  record One(Standing standing, RowIdentity identity, boolean isRevoked, String cells) {
    /** Where to it would go; null for nowhere. */
    String contact(Medium medium) {
      return switch (medium) {
        case EMAIL -> identity.email();
        case SMS -> identity.phone();
      };
    }
  }

  /** The message of one row, held; empty where the row is not issued. */
  Optional<One> lock(Batch batch, int number, Medium medium) throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement hold = connection.prepareStatement(HOLD);
        PreparedStatement select = connection.prepareStatement(of(ONE, medium))) {
      hold.setObject(1, batch.id);
      hold.setInt(2, number);
      hold.execute();
      select.setObject(1, batch.id);
      select.setInt(2, number);
      try (ResultSet row = select.executeQuery()) {
        if (!row.next()) {
          return Optional.empty();
        }
        return Optional.of(
            new One(
                new Standing(number, DeliveryStatus.valueOf(row.getString(1))),
                new RowIdentity(
                    number,
                    batch.definitionIds.get(row.getInt(2)),
                    row.getString(3),
                    row.getString(4),
                    row.getString(5),
                    row.getString(6),
                    row.getString(7),
                    row.getString(8)),
                "REVOKED".equals(row.getString(9)),
                row.getString(10)));
      }
    }
  }

  /** The first messages behind a number that are in one of some states, held. */
  List<Standing> lock(
      Batch batch, int after, Medium medium, Collection<DeliveryStatus> states, int limit)
      throws SQLException {
    List<Standing> found = new ArrayList<>();
    try (Connection connection = database.getConnection();
        PreparedStatement select = connection.prepareStatement(of(NEXT, medium))) {
      select.setObject(1, batch.id);
      select.setInt(2, after);
      select.setArray(
          3, connection.createArrayOf("text", states.stream().map(Enum::name).toArray()));
      select.setInt(4, limit);
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          found.add(new Standing(row.getInt(1), DeliveryStatus.valueOf(row.getString(2))));
        }
      }
    }
    return found;
  }

  /** They wait again, each a message of its own. */
  void sendAgain(Batch batch, Medium medium, List<Standing> messages, String by)
      throws SQLException {
    Object[] numbers = messages.stream().map(Standing::number).toArray();
    try (Connection connection = database.getConnection()) {
      try (PreparedStatement update = connection.prepareStatement(of(PENDING, medium))) {
        update.setObject(1, batch.id);
        update.setArray(2, connection.createArrayOf("int", numbers));
        update.executeUpdate();
      }
      try (PreparedStatement raise = connection.prepareStatement(GENERATION)) {
        raise.setObject(1, batch.id);
        raise.setString(2, medium.name());
        raise.setString(3, by);
        raise.setArray(4, connection.createArrayOf("int", numbers));
        raise.executeUpdate();
      }
      for (String sql : List.of(RESENT, NOT_SETTLED)) {
        try (PreparedStatement update = connection.prepareStatement(sql)) {
          update.setObject(1, batch.id);
          update.executeUpdate();
        }
      }
    }
  }

  /** Corrects the row and its cell, too: a replacement of its credential begins with that. */
  void contact(Batch batch, One one, Medium medium, String contact) throws SQLException {
    int cell = SheetColumns.contact(batch.meaning(), batch.mediaSet(), medium);
    String column =
        switch (medium) {
          case EMAIL -> "email";
          case SMS -> "phone";
        };
    try (Connection connection = database.getConnection();
        PreparedStatement update = connection.prepareStatement(CONTACT.formatted(column))) {
      update.setString(1, contact);
      update.setString(2, KeptCells.corrected(one.cells(), cell, contact));
      update.setObject(3, batch.id);
      update.setInt(4, one.standing().number());
      update.executeUpdate();
    }
  }

  private static String of(String sql, Medium medium) {
    return sql.formatted(medium.name().toLowerCase(Locale.ROOT));
  }
}
