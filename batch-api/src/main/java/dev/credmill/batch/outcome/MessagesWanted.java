package dev.credmill.batch.outcome;

import dev.credmill.contracts.database.Planning;
import dev.credmill.contracts.event.DeliveryRequested;
import dev.credmill.contracts.event.Medium;
import dev.credmill.contracts.id.BatchId;
import dev.credmill.contracts.id.OrganizationId;
import dev.credmill.contracts.id.RowId;
import dev.credmill.contracts.registry.Organization;
import dev.credmill.contracts.registry.Registry;
import io.agroal.api.AgroalDataSource;
import io.quarkus.agroal.DataSource;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.postgresql.PGConnection;

/**
 * The messages that issued rows want and nobody has reported on yet. Read from the table, not from
 * what an update changed: a redelivered outcome must ask for them again, since the process may have
 * died between commit and publishing.
 */
@ApplicationScoped
public class MessagesWanted {
  private static final String WANTED =
      """
      select c.batch_id, c.number, b.organization, b.definition_ids[r.definition + 1], r.first_name, r.last_name,
             r.language, c.link_token,
             case when c.email_delivery = 'PENDING' then r.email end,
             case when c.sms_delivery = 'PENDING' then r.phone end,
             c.claim_token, c.claim_code,
             case when b.resent then coalesce((select generation from resend
               where batch_id = c.batch_id and number = c.number and medium = 'EMAIL'), 1) else 1 end,
             case when b.resent then coalesce((select generation from resend
               where batch_id = c.batch_id and number = c.number and medium = 'SMS'), 1) else 1 end
      from batch b
      join row_credential c on c.batch_id = b.id
      cross join lateral (
        select * from sheet_row where batch_id = c.batch_id and number = c.number offset 0) r
      where b.id = ? and b.media <> '{}' and %s
        and (c.email_delivery = 'PENDING' or c.sms_delivery = 'PENDING')
      order by c.number
      """;
  private static final String OF_ROWS = WANTED.formatted("c.number = any(?)");
  private static final String BEHIND = WANTED.formatted("c.number > ?") + " limit ?";
  private final AgroalDataSource database;
  private final Registry registry;

  MessagesWanted(@DataSource("batch") AgroalDataSource database, Registry registry) {
    this.database = database;
    this.registry = registry;
  }

  /**
   * What rows of one batch want.
   *
   * @param numbers of the rows
   */
  public List<DeliveryRequested> of(BatchId batch, int[] numbers) throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement select = connection.prepareStatement(OF_ROWS)) {
      select.setObject(1, batch.value());
      select.setArray(2, connection.unwrap(PGConnection.class).createArrayOf("int4", numbers));
      return read(select);
    }
  }

  /**
   * What the first rows behind a number want, of one batch.
   *
   * @param rows at most
   */
  List<DeliveryRequested> behind(BatchId batch, int number, int rows) throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement select = connection.prepareStatement(BEHIND)) {
      Planning.eachTime(select);
      select.setObject(1, batch.value());
      select.setInt(2, number);
      select.setInt(3, rows);
      return read(select);
    }
  }

  private List<DeliveryRequested> read(PreparedStatement select) throws SQLException {
    List<DeliveryRequested> wanted = new ArrayList<>();
    try (ResultSet result = select.executeQuery()) {
      while (result.next()) {
        add(wanted, result, Medium.EMAIL, result.getString(9), result.getInt(13));
        add(wanted, result, Medium.SMS, result.getString(10), result.getInt(14));
      }
    }
    return wanted;
  }

  private void add(
      List<DeliveryRequested> wanted, ResultSet row, Medium medium, String contact, int generation)
      throws SQLException {
    if (contact == null) {
      return;
    }
    OrganizationId organization = new OrganizationId(row.getString(3));
    String publicUrl = publicUrl(organization);
    String claimToken = row.getString(11);
    String claimCode = row.getString(12);
    // A code goes another way than its link: whoever reads one mailbox has only half of it.
    boolean codeOnly = claimCode != null && medium == Medium.SMS;
    String first = row.getString(5);
    String last = row.getString(6);
    wanted.add(
        new DeliveryRequested(
            new RowId(new BatchId(row.getObject(1, UUID.class)), row.getInt(2)),
            organization,
            row.getString(4),
            medium,
            DeliveryRequested.Purpose.ISSUED,
            generation,
            contact,
            last == null ? first : first + " " + last,
            row.getString(7),
            publicUrl + "/c/" + row.getString(8),
            claimToken == null || codeOnly ? null : publicUrl + "/claim/" + claimToken,
            codeOnly ? claimCode : null));
  }

  private String publicUrl(OrganizationId organization) {
    return registry.organization(organization).map(Organization::publicUrl).orElseThrow();
  }
}
