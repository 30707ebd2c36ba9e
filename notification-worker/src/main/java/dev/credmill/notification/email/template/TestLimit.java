package dev.credmill.notification.email.template;

import dev.credmill.contracts.id.OrganizationId;
import dev.credmill.contracts.problem.ProblemType;
import io.agroal.api.AgroalDataSource;
import io.quarkus.agroal.DataSource;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * The table {@code message_template_test}: tests go to any address, so there are few of them,
 * however many instances send.
 */
@ApplicationScoped
class TestLimit {
  static final int MOST = 10;
  private static final String COUNT =
      """
      insert into message_template_test as test (organization, hour, sent)
      values (?, ?::timestamptz, 1)
      on conflict (organization) do update set
        sent = case when test.hour < excluded.hour then 1 else test.sent + 1 end,
        hour = greatest(test.hour, excluded.hour)
      where test.hour < excluded.hour or test.sent < ?
      """;
  private final AgroalDataSource database;
  private final Clock clock;

  TestLimit(@DataSource("notification") AgroalDataSource database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  /**
   * Counts one more.
   *
   * @throws dev.credmill.contracts.problem.ProblemException when there were enough in this hour
   */
  void count(OrganizationId organization) {
    Instant hour = clock.instant().truncatedTo(ChronoUnit.HOURS);
    try (Connection connection = database.getConnection();
        PreparedStatement count = connection.prepareStatement(COUNT)) {
      count.setString(1, organization.value());
      count.setString(2, hour.toString());
      count.setInt(3, MOST);
      if (count.executeUpdate() == 1) {
        return;
      }
    } catch (SQLException e) {
      throw new IllegalStateException("tests of message templates could not be counted", e);
    }
    throw ProblemType.TOO_MANY_REQUESTS.because(
        "An organization sends %d tests an hour; the next one can go out at %s"
            .formatted(MOST, hour.plus(1, ChronoUnit.HOURS)));
  }
}
