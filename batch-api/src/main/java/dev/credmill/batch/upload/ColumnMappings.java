package dev.credmill.batch.upload;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
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
import java.util.LinkedHashMap;
import java.util.Map;

/** The table {@code column_mapping}: what an organization's headings meant the last time. */
@ApplicationScoped
class ColumnMappings {
  private static final String SEVERAL = "";

  /** Not the API's, which leaves out nulls: they are the columns to be left alone. */
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final AgroalDataSource database;
  private final Clock clock;

  ColumnMappings(@DataSource("batch") AgroalDataSource database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  /**
   * Keeps the mapping of an accepted upload.
   *
   * @param definitionId null for sheets with a column ID
   */
  void remember(OrganizationId organization, String definitionId, Map<String, String> mapping)
      throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement upsert =
            connection.prepareStatement(
                """
                insert into column_mapping (organization, definition_id, mapping, used_at)
                values (?, ?, cast(? as jsonb), ?)
                on conflict (organization, definition_id)
                do update set mapping = excluded.mapping, used_at = excluded.used_at
                """)) {
      upsert.setString(1, organization.value());
      upsert.setString(2, definitionId == null ? SEVERAL : definitionId);
      upsert.setString(3, JSON.writeValueAsString(mapping));
      upsert.setTimestamp(4, Timestamp.from(clock.instant()));
      upsert.executeUpdate();
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The mapping used last; empty where there was none. */
  Map<String, String> last(OrganizationId organization, String definitionId) {
    try (Connection connection = database.getConnection();
        PreparedStatement select =
            connection.prepareStatement(
                "select mapping from column_mapping where organization = ? and definition_id = ?")) {
      select.setString(1, organization.value());
      select.setString(2, definitionId == null ? SEVERAL : definitionId);
      try (ResultSet row = select.executeQuery()) {
        return row.next()
            ? JSON.readValue(
                row.getString(1), new TypeReference<LinkedHashMap<String, String>>() {})
            : Map.of();
      }
    } catch (SQLException | JsonProcessingException e) {
      throw new IllegalStateException("the last mapping could not be read", e);
    }
  }
}
