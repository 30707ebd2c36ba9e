package dev.credmill.batch.report;

import dev.credmill.contracts.id.OrganizationId;
import io.agroal.api.AgroalDataSource;
import io.quarkus.agroal.DataSource;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.List;

/** The table {@code delivery_report_settings}. */
@ApplicationScoped
class ReportSettingsTable {
  private final AgroalDataSource database;
  private final Clock clock;

  ReportSettingsTable(@DataSource("batch") AgroalDataSource database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  /** Without recipients where there are no settings. */
  ReportSettings of(OrganizationId organization) {
    try (Connection connection = database.getConnection();
        PreparedStatement select =
            connection.prepareStatement(
                "select recipients from delivery_report_settings where organization = ?")) {
      select.setString(1, organization.value());
      try (ResultSet row = select.executeQuery()) {
        return new ReportSettings(
            row.next() ? List.of((String[]) row.getArray(1).getArray()) : List.of());
      }
    } catch (SQLException e) {
      throw new IllegalStateException("the settings could not be read", e);
    }
  }

  /** Batches that were settled before there was anybody to tell are not reported on. */
  void put(OrganizationId organization, ReportSettings settings) {
    try (Connection connection = database.getConnection();
        PreparedStatement insert =
            connection.prepareStatement(
                """
                insert into delivery_report_settings as s (organization, recipients, since)
                values (?, ?, ?)
                on conflict (organization) do update
                set recipients = excluded.recipients,
                    since = case when s.recipients = '{}' then excluded.since else s.since end
                """)) {
      insert.setString(1, organization.value());
      insert.setArray(2, connection.createArrayOf("text", settings.recipients().toArray()));
      insert.setTimestamp(3, Timestamp.from(clock.instant()));
      insert.executeUpdate();
    } catch (SQLException e) {
      throw new IllegalStateException("the settings could not be kept", e);
    }
  }
}
