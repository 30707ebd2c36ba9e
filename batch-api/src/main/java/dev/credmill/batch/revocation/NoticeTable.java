package dev.credmill.batch.revocation;

import dev.credmill.contracts.event.CredentialChanged.ValidityChanged;
import dev.credmill.contracts.event.DeliveryOutcome;
import dev.credmill.contracts.event.DeliveryStatus;
import dev.credmill.contracts.event.Medium;
import dev.credmill.contracts.event.StatusAction;
import dev.credmill.contracts.id.BatchId;
import dev.credmill.contracts.id.OrganizationId;
import dev.credmill.contracts.id.RowId;
import io.agroal.api.AgroalDataSource;
import io.quarkus.agroal.DataSource;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.function.Function;

/** Who is to be told of a change of status, and what became of the messages. */
@ApplicationScoped
class NoticeTable {
  private static final String ANY =
      "select exists (select from status_change where number = any(?) and notify)";

  /** Only where the change has changed something: nobody is told what was so already. */
  private static final String WANTED =
      """
      select s.number, s.action, b.id, r.row_number, b.organization, b.definition_ids[p.definition + 1],
             p.first_name, p.last_name, p.language, c.link_token,
             case when 'EMAIL' = any(b.media) then p.email end,
             case when 'SMS' = any(b.media) then p.phone end
      from unnest(?::bigint[], ?::uuid[], ?::int[]) as u (change, batch_id, number)
      join status_change s on s.number = u.change and s.notify
      cross join lateral (
        select * from status_change_row
        where batch_id = u.batch_id and row_number = u.number and change = u.change
        offset 0) r
      join batch b on b.id = u.batch_id
      join sheet_row p on p.batch_id = u.batch_id and p.number = u.number
      join row_credential c on c.batch_id = u.batch_id and c.number = u.number
      where r.outcome = 'DONE'
      order by s.number, b.id, r.row_number
      """;

  private static final String OUTCOME =
      """
      update status_change_row r set %1$s_notice = ?::delivery_state
      from unnest(?::bigint[], ?::uuid[], ?::int[]) as u (change, batch_id, number)
      where r.batch_id = u.batch_id and r.row_number = u.number and r.change = u.change
        and r.outcome = 'DONE'
        and (r.%1$s_notice is null or r.%1$s_notice = any(?::delivery_state[]))
      """;

  private final AgroalDataSource database;

  NoticeTable(@DataSource("batch") AgroalDataSource database) {
    this.database = database;
  }

  /**
   * One who is to be told.
   *
   * @param email null where that is not a medium of the batch
   * @param phone likewise
   */
  record Wanted(
      long change,
      StatusAction action,
      RowId row,
      OrganizationId organization,
      String definitionId,
      String name,
      String language,
      String linkToken,
      String email,
      String phone) {}

  List<Wanted> wanted(List<ValidityChanged> answers) throws SQLException {
    List<Wanted> wanted = new ArrayList<>();
    try (Connection connection = database.getConnection()) {
      if (answers.isEmpty() || !any(connection, answers)) {
        return wanted;
      }
      try (PreparedStatement select = connection.prepareStatement(WANTED)) {
        select.setArray(1, array(connection, "bigint", answers, ValidityChanged::number));
        select.setArray(2, array(connection, "uuid", answers, a -> a.row().batch().value()));
        select.setArray(3, array(connection, "int", answers, a -> a.row().number()));
        try (ResultSet row = select.executeQuery()) {
          while (row.next()) {
            wanted.add(wanted(row));
          }
        }
      }
    }
    return wanted;
  }

  private static boolean any(Connection connection, List<ValidityChanged> answers)
      throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(ANY)) {
      Object[] changes = answers.stream().map(ValidityChanged::number).distinct().toArray();
      select.setArray(1, connection.createArrayOf("bigint", changes));
      try (ResultSet row = select.executeQuery()) {
        row.next();
        return row.getBoolean(1);
      }
    }
  }

  private static Wanted wanted(ResultSet row) throws SQLException {
    String first = row.getString(7);
    String last = row.getString(8);
    return new Wanted(
        row.getLong(1),
        StatusAction.valueOf(row.getString(2)),
        new RowId(new BatchId(row.getObject(3, UUID.class)), row.getInt(4)),
        new OrganizationId(row.getString(5)),
        row.getString(6),
        last == null ? first : first + " " + last,
        row.getString(9),
        row.getString(10),
        row.getString(11),
        row.getString(12));
  }

  /** States only go forward; a change that was not done has told nobody. */
  void delivered(Medium medium, DeliveryStatus status, List<DeliveryOutcome> outcomes)
      throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement update =
            connection.prepareStatement(
                OUTCOME.formatted(medium.name().toLowerCase(Locale.ROOT)))) {
      update.setString(1, status.name());
      update.setArray(2, array(connection, "bigint", outcomes, o -> (long) o.generation()));
      update.setArray(3, array(connection, "uuid", outcomes, o -> o.row().batch().value()));
      update.setArray(4, array(connection, "int", outcomes, o -> o.row().number()));
      update.setArray(
          5, connection.createArrayOf("text", status.from().stream().map(Enum::name).toArray()));
      update.executeUpdate();
    }
  }

  private static <E> Array array(
      Connection connection, String type, List<E> events, Function<E, Object> value)
      throws SQLException {
    return connection.createArrayOf(type, events.stream().map(value).toArray());
  }
}
