package dev.credmill.notification.sms.limit;

import dev.credmill.contracts.id.OrganizationId;
import io.agroal.api.AgroalDataSource;
import io.quarkus.agroal.DataSource;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/** The table {@code sms_settings}. */
@ApplicationScoped
class SettingsTable {
  private static final String SELECT =
      """
      select allowed_countries, segments_per_day, segments_per_month
      from sms_settings where organization = ?
      """;
  private static final String UPSERT =
      """
      insert into sms_settings (
        organization, allowed_countries, segments_per_day, segments_per_month)
      values (?, ?, ?, ?)
      on conflict (organization) do update set allowed_countries = excluded.allowed_countries,
        segments_per_day = excluded.segments_per_day,
        segments_per_month = excluded.segments_per_month
      """;
  private final AgroalDataSource database;

  SettingsTable(@DataSource("notification") AgroalDataSource database) {
    this.database = database;
  }

  SmsSettings of(OrganizationId organization) {
    try (Connection connection = database.getConnection();
        PreparedStatement select = connection.prepareStatement(SELECT)) {
      select.setString(1, organization.value());
      try (ResultSet row = select.executeQuery()) {
        return row.next()
            ? new SmsSettings(
                countries(row.getArray(1)),
                row.getObject(2, Integer.class),
                row.getObject(3, Integer.class))
            : SmsSettings.NO_LIMITS;
      }
    } catch (SQLException e) {
      throw new IllegalStateException("settings for text messages could not be read", e);
    }
  }

  private static List<String> countries(Array array) throws SQLException {
    return array == null ? null : List.of((String[]) array.getArray());
  }

  void put(OrganizationId organization, SmsSettings settings) {
    try (Connection connection = database.getConnection();
        PreparedStatement upsert = connection.prepareStatement(UPSERT)) {
      upsert.setString(1, organization.value());
      upsert.setArray(
          2,
          settings.allowedCountries() == null
              ? null
              : connection.createArrayOf("text", settings.allowedCountries().toArray()));
      upsert.setObject(3, settings.segmentsPerDay());
      upsert.setObject(4, settings.segmentsPerMonth());
      upsert.executeUpdate();
    } catch (SQLException e) {
      throw new IllegalStateException("settings for text messages could not be kept", e);
    }
  }
}
