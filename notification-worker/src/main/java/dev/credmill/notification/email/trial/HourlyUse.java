package dev.credmill.notification.email.trial;

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
 * The table {@code hourly_use}: what reaches others is done a few times in an hour, however many
 * instances there are.
 */
@ApplicationScoped
public class HourlyUse {
  private static final String COUNT =
      """
      insert into hourly_use as used (organization, what, hour, times)
      values (?, ?, ?::timestamptz, 1)
      on conflict (organization, what) do update set
        times = case when used.hour < excluded.hour then 1 else used.times + 1 end,
        hour = greatest(used.hour, excluded.hour)
      where used.hour < excluded.hour or used.times < ?
      """;
  private final AgroalDataSource database;
  private final Clock clock;

  HourlyUse(@DataSource("notification") AgroalDataSource database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  /** What is counted. */
  public enum What {
    /** A message to an address that somebody has named. */
    TEST(10, "An organization sends %d tests an hour; the next one can go out at %s"),
    /**
     * A server that somebody has named, tried or not: no passwords shall be tried out from here.
     */
    LOGIN(30, "An organization names servers %d times an hour; the next time is at %s");

    private final int most;
    private final String advice;

    What(int most, String advice) {
      this.most = most;
      this.advice = advice;
    }
  }

  /**
   * Counts one more.
   *
   * @throws dev.credmill.contracts.problem.ProblemException when there were enough in this hour
   */
  public void count(OrganizationId organization, What what) {
    Instant hour = clock.instant().truncatedTo(ChronoUnit.HOURS);
    try (Connection connection = database.getConnection();
        PreparedStatement count = connection.prepareStatement(COUNT)) {
      count.setString(1, organization.value());
      count.setString(2, what.name());
      count.setString(3, hour.toString());
      count.setInt(4, what.most);
      if (count.executeUpdate() == 1) {
        return;
      }
    } catch (SQLException e) {
      throw new IllegalStateException("what was used in an hour could not be counted", e);
    }
    throw ProblemType.TOO_MANY_REQUESTS.because(
        what.advice.formatted(what.most, hour.plus(1, ChronoUnit.HOURS)));
  }
}
