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
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;

/** An installation of before is taken over as it stands. */
@QuarkusTest
@WithTestResource(BackingTestResource.class)
class MigrationIT {
  private final String schema = "migration_" + UUID.randomUUID().toString().substring(0, 8);

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

  @Test
  void aProblemOfBeforeGoesToTheMessageThatHadItLast() throws SQLException {
    // Given
    migrate("17");
    try (Connection connection = connection();
        Statement statement = connection.createStatement()) {
      statement.execute(
          """
          insert into row_credential (batch_id, number, issued_at, credential_id, link_token,
            email_delivery, email_at, sms_delivery, sms_at, problem)
          values
            ('00000000-0000-0000-0000-000000000001', 2, now(), 'c', 't', 'SENT', '2026-01-01Z', 'NOT_REQUESTED', null, null),
            ('00000000-0000-0000-0000-000000000001', 3, now(), 'c', 't', 'FAILED', '2026-01-01Z', 'NOT_REQUESTED', null, 'a'),
            ('00000000-0000-0000-0000-000000000001', 4, now(), 'c', 't', 'NOT_REQUESTED', null, 'FAILED', '2026-01-01Z', 'b'),
            ('00000000-0000-0000-0000-000000000001', 5, now(), 'c', 't', 'SENT', '2026-01-02Z', 'FAILED', '2026-01-01Z', 'c'),
            ('00000000-0000-0000-0000-000000000001', 6, now(), 'c', 't', 'FAILED', '2026-01-01Z', 'BOUNCED', '2026-01-02Z', 'd'),
            ('00000000-0000-0000-0000-000000000001', 7, now(), 'c', 't', 'BOUNCED', '2026-01-02Z', 'FAILED', '2026-01-01Z', 'e'),
            ('00000000-0000-0000-0000-000000000001', 8, now(), 'c', 't', 'DELIVERED', '2026-01-01Z', 'SENT', '2026-01-02Z', 'f')
          """);
    }
    // When
    migrate("18");
    // Then
    assertThat(
            lines(
                "select concat_ws(' ', number, 'email:' || email_problem, 'sms:' || sms_problem) from row_credential order by number"))
        .containsExactly(
            "2", "3 email:a", "4 sms:b", "5 sms:c", "6 sms:d", "7 email:e", "8 email:f");
  }

  private void migrate(String version) {
    Flyway.configure()
        .dataSource(url, "postgres", "")
        .schemas(schema)
        .locations("db/batch")
        .target(version)
        .load()
        .migrate();
  }

  private Connection connection() throws SQLException {
    Connection connection = DriverManager.getConnection(url, "postgres", "");
    connection.setSchema(schema);
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
