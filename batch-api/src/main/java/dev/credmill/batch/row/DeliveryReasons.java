package dev.credmill.batch.row;

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
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * Why messages of a batch did not arrive. What servers say differs from row to row by names of
 * queues and hosts, so it is grouped by the status code in it (RFC 3463), or by the reply code.
 */
@ApplicationScoped
public class DeliveryReasons {
  private static final String SELECT =
      """
      select medium, status, reason, min(detail), count(*), min(number)
      from (
        select c.number, m.medium, m.status, coalesce(m.problem::jsonb ->> 'detail', '') as detail
        from row_credential c
        cross join lateral (values
          ('EMAIL', c.email_delivery, c.email_problem), ('SMS', c.sms_delivery, c.sms_problem))
          as m (medium, status, problem)
        where c.batch_id = ? and m.status in ('FAILED', 'BOUNCED', 'SUPPRESSED')) as undelivered
      cross join lateral (
        select coalesce(substring(detail from '\\m[245]\\.\\d{1,3}\\.\\d{1,3}\\M'),
                        substring(detail from '\\m[45]\\d\\d\\M'), detail)) as grouped (reason)
      group by medium, status, reason
      order by count(*) desc, min(number)
      limit 100
      """;

  private final AgroalDataSource database;

  DeliveryReasons(@DataSource("batch") AgroalDataSource database) {
    this.database = database;
  }

  /** One reason, and how many messages it kept from arriving. */
  @Schema(name = "DeliveryReason")
  public record Reason(
      Medium medium,
      @Schema(description = "FAILED, BOUNCED or SUPPRESSED") DeliveryStatus status,
      @Schema(description = "A code, or words where there is none", examples = "5.1.1")
          String reason,
      @Schema(
              description = "What was said of one of them",
              examples = "550 5.1.1 <(address)>: User unknown")
          String example,
      int rows,
      @Schema(description = "The first of them", examples = "3") int firstRow) {}

  /** The hundred most frequent ones. */
  public List<Reason> of(BatchId batch) {
    try (Connection connection = database.getConnection();
        PreparedStatement select = connection.prepareStatement(SELECT)) {
      select.setObject(1, batch.value());
      List<Reason> reasons = new ArrayList<>();
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          reasons.add(
              new Reason(
                  Medium.valueOf(row.getString(1)),
                  DeliveryStatus.valueOf(row.getString(2)),
                  row.getString(3),
                  row.getString(4),
                  row.getInt(5),
                  row.getInt(6)));
        }
      }
      return reasons;
    } catch (SQLException e) {
      throw new IllegalStateException("the reasons could not be read", e);
    }
  }
}
