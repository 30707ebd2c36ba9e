package dev.credmill.batch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.credmill.backing.BackingTestResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;

/** An installation of before is taken over as it stands. */
@QuarkusTest
@WithTestResource(BackingTestResource.class)
class MigrationIT {
  private static final String SCHEMA = "migration";

  @ConfigProperty(name = "quarkus.datasource.batch.jdbc.url")
  String url;

  @Test
  void issuedRowsOfBeforeKeepAllThatIsKnownOfThem() throws SQLException {
    // Given
    migrate("2");
    try (Connection connection = connection();
        Statement statement = connection.createStatement()) {
      statement.execute(
          """
          insert into row (batch_id, number, definition, first_name, cells, issue, run, credential_id,
            link_token, issued_at, email_delivery, validity, problem)
          values
            ('00000000-0000-0000-0000-000000000001', 2, 0, 'A', '[]', 'ISSUED', 1, 'urn:2', 't2', '2026-01-02Z', 'SENT', 'REVOKED', null),
            ('00000000-0000-0000-0000-000000000001', 3, 0, 'B', '[]', 'ISSUED', 2, 'urn:3', 't3', '2026-01-03Z', 'FAILED', 'ACTIVE', '{"title":"mail"}'),
            ('00000000-0000-0000-0000-000000000001', 4, 0, 'C', '[]', 'FAILED', 1, null, null, null, 'NOT_REQUESTED', null, '{"title":"row"}'),
            ('00000000-0000-0000-0000-000000000001', 5, 0, 'D', '[]', 'READY', 1, null, null, null, 'NOT_REQUESTED', null, null)
          """);
    }
    // When
    migrate("3");
    // Then
    assertThat(
            lines(
                """
                select concat_ws(' ', number, issue, run, credential_id, link_token, issued_at::date,
                  email_delivery, sms_delivery, claim, validity, problem)
                from row order by number
                """))
        .containsExactly(
            "2 ISSUED 1 urn:2 t2 2026-01-02 SENT NOT_REQUESTED NONE REVOKED",
            "3 ISSUED 2 urn:3 t3 2026-01-03 FAILED NOT_REQUESTED NONE ACTIVE {\"title\":\"mail\"}",
            "4 FAILED 1 NOT_REQUESTED NOT_REQUESTED NONE {\"title\":\"row\"}",
            "5 READY 1 NOT_REQUESTED NOT_REQUESTED NONE");
    assertThat(lines("select number || ' ' || issue from sheet_row order by number"))
        .containsExactly("2 READY", "3 READY", "4 FAILED", "5 READY");
  }

  private void migrate(String version) {
    Flyway.configure()
        .dataSource(url, "postgres", "")
        .schemas(SCHEMA)
        .locations("db/batch")
        .target(version)
        .load()
        .migrate();
  }

  private Connection connection() throws SQLException {
    Connection connection = DriverManager.getConnection(url, "postgres", "");
    connection.setSchema(SCHEMA);
    return connection;
  }

  private List<String> lines(String sql) throws SQLException {
    try (Connection connection = connection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      List<String> lines = new ArrayList<>();
      while (row.next()) {
        lines.add(row.getString(1));
      }
      return lines;
    }
  }
}
