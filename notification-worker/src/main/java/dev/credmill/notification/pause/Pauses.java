package dev.credmill.notification.pause;

import dev.credmill.contracts.delivery.SendingPause;
import dev.credmill.contracts.event.Medium;
import dev.credmill.contracts.id.OrganizationId;
import dev.credmill.notification.NotificationConfig;
import io.agroal.api.AgroalDataSource;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.agroal.DataSource;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.jboss.logging.Logger;

/**
 * The table {@code sending_pause}. A list of addresses of which many do not exist ruins the name of
 * the mail server for everybody; so the organization's messages wait until somebody has looked.
 */
@ApplicationScoped
public class Pauses {
  private static final Logger LOG = Logger.getLogger(Pauses.class);

  private static final Comparator<OrganizationId> BY_VALUE =
      Comparator.comparing(OrganizationId::value);

  /**
   * One that was refused counts where its address was at fault, for which it was put into the
   * suppression list.
   */
  private static final String PAUSE =
      """
      insert into sending_pause as p (organization, medium, paused_at, undelivered)
      select ?, ?, ?, count(*)
      from (
        select status, contact from delivery
        where organization = ? and medium = ? and settled_at is not null and status <> 'SUPPRESSED'
          and settled_at > coalesce((
            select counted_from from sending_pause where organization = ? and medium = ?), '-infinity')
        order by settled_at desc limit ?) latest
      where latest.status = 'BOUNCED'
        or (latest.status = 'FAILED' and exists (
          select from suppression
          where organization = ? and medium = ? and contact = lower(latest.contact)
            and reason = 'BOUNCE'))
      having count(*) > ?
      on conflict (organization, medium) do update
      set paused_at = excluded.paused_at, undelivered = excluded.undelivered
      where p.paused_at is null
      """;

  private static final String LIST =
      """
      select medium, paused_at, undelivered from sending_pause
      where organization = ? and paused_at is not null order by medium
      """;

  private static final String END =
      """
      update sending_pause set paused_at = null, counted_from = ?
      where organization = ? and medium = ? and paused_at is not null
      """;

  private final AgroalDataSource database;
  private final NotificationConfig.Pause config;
  private final MeterRegistry meters;
  private final Clock clock;

  Pauses(
      @DataSource("notification") AgroalDataSource database,
      NotificationConfig config,
      MeterRegistry meters,
      Clock clock) {
    this.database = database;
    this.config = config.pause();
    this.meters = meters;
    this.clock = clock;
  }

  /** To be called when messages of these organizations came back or were refused. */
  public void look(Medium medium, Collection<OrganizationId> organizations) throws SQLException {
    if (organizations.isEmpty() || !config.enabled()) {
      return;
    }
    try (Connection connection = database.getConnection();
        PreparedStatement pause = connection.prepareStatement(PAUSE)) {
      // In one order, so that two never wait for each other in a ring.
      for (OrganizationId organization : organizations.stream().sorted(BY_VALUE).toList()) {
        int i = 1;
        pause.setString(i++, organization.value());
        pause.setString(i++, medium.name());
        pause.setTimestamp(i++, Timestamp.from(clock.instant()));
        for (int times = 0; times < 2; times++) {
          pause.setString(i++, organization.value());
          pause.setString(i++, medium.name());
        }
        pause.setInt(i++, config.latest());
        pause.setString(i++, organization.value());
        pause.setString(i++, medium.name());
        pause.setInt(i, config.latest() * config.percent() / 100);
        if (pause.executeUpdate() > 0) {
          tell(organization, medium);
        }
      }
    }
  }

  private void tell(OrganizationId organization, Medium medium) {
    LOG.warnf(
        "too many %s messages of organization %s come back: the others wait until an admin has them go on",
        medium, organization);
    meters
        .counter("credmill.delivery.paused", "medium", medium.name().toLowerCase(Locale.ROOT))
        .increment();
  }

  List<SendingPause> of(OrganizationId organization) {
    try (Connection connection = database.getConnection();
        PreparedStatement select = connection.prepareStatement(LIST)) {
      select.setString(1, organization.value());
      List<SendingPause> pauses = new ArrayList<>();
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          pauses.add(
              pause(
                  Medium.valueOf(row.getString(1)),
                  row.getTimestamp(2).toInstant(),
                  row.getInt(3)));
        }
      }
      return pauses;
    } catch (SQLException e) {
      throw new IllegalStateException("the pauses could not be read", e);
    }
  }

  private SendingPause pause(Medium medium, Instant since, int undelivered) {
    return new SendingPause(
        medium,
        since,
        undelivered,
        "%d of the latest %,d messages did not arrive, so the others wait. See GET /v1/batches/{id}/delivery-report for why, and correct the contacts; then an admin has the rest go on: DELETE /v1/sending-pauses/%s"
            .formatted(undelivered, config.latest(), medium));
  }

  /** Messages go on, and what came back before counts no longer. Says whether they had waited. */
  boolean end(OrganizationId organization, Medium medium) {
    try (Connection connection = database.getConnection();
        PreparedStatement update = connection.prepareStatement(END)) {
      update.setTimestamp(1, Timestamp.from(clock.instant()));
      update.setString(2, organization.value());
      update.setString(3, medium.name());
      return update.executeUpdate() > 0;
    } catch (SQLException e) {
      throw new IllegalStateException("the pause could not be ended", e);
    }
  }
}
