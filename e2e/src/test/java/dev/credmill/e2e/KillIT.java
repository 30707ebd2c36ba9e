package dev.credmill.e2e;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Base64;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** kill -9 of everything at once, again and again, in the middle of a batch. */
class KillIT {
  private static final Duration LONGEST = Duration.ofMinutes(5);
  private static final int ROWS = 12_000;
  private static final double[] KILL_AT = {0.20, 0.40, 0.60};
  private static final double LATEST_KILL = 0.80;

  @Test
  void aBatchThatIsKilledThreeTimesEndsWithExactlyOneCredentialPerRow() throws Exception {
    try (QuickstartProcess quickstart = QuickstartProcess.start("kill")) {
      // Given
      Issuer acme = new Issuer(quickstart.url(), "acme-issuer-key");
      String id = acme.issue("diploma", Sheets.diplomas("Kill", ROWS), "EMAIL");
      // When
      for (double share : KILL_AT) {
        int issued = awaitIssued(quickstart, id, (int) (ROWS * share));
        assertThat(issued)
            .as("killed in the middle")
            .isLessThanOrEqualTo((int) (ROWS * LATEST_KILL));
        quickstart.kill();
        quickstart.start();
      }
      JsonNode batch = acme.awaitSettled(id, "EMAIL", LONGEST);
      // Then
      assertThat(batch.path("counts").path("issued").asInt()).isEqualTo(ROWS);
      oneCredentialPerRow(quickstart, id);
      oneMessagePerRow(quickstart);
    }
  }

  /** Looks by itself and often, so that the kill comes at that moment and not at a poll's end. */
  private static int awaitIssued(QuickstartProcess quickstart, String id, int wanted)
      throws SQLException {
    try (Connection database = quickstart.database();
        PreparedStatement count =
            database.prepareStatement(
                """
                select count(*)
                from issuance.credential c
                join issuance.batch b on b.number = c.batch_number
                where b.batch_id = ? and c.format = 0
                """)) {
      count.setObject(1, UUID.fromString(id));
      int[] issued = new int[1];
      await("%d credentials".formatted(wanted))
          .atMost(LONGEST)
          .pollDelay(Duration.ZERO)
          .pollInterval(Duration.ofMillis(20))
          .until(
              () -> {
                try (ResultSet result = count.executeQuery()) {
                  result.next();
                  issued[0] = result.getInt(1);
                  return issued[0] >= wanted;
                }
              });
      return issued[0];
    }
  }

  private static void oneCredentialPerRow(QuickstartProcess quickstart, String id)
      throws SQLException {
    ForeignVerifier verifier = new ForeignVerifier();
    Set<Integer> numbers = new HashSet<>();
    Set<String> ids = new HashSet<>();
    Set<String> statusIndexes = new HashSet<>();
    try (Connection database = quickstart.database();
        PreparedStatement select =
            database.prepareStatement(
                """
                select r.number, r.issue::text, r.credential_id, k.jws_header, c.payload, c.signature
                from batch.row r
                join issuance.batch b on b.batch_id = r.batch_id
                join issuance.signing_key k on k.kid = b.kid
                join issuance.credential c on c.batch_number = b.number and c.row_number = r.number
                where r.batch_id = ? and c.format = 0
                """)) {
      select.setObject(1, UUID.fromString(id));
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          assertThat(numbers.add(row.getInt("number"))).as("one credential per row").isTrue();
          assertThat(row.getString("issue")).isEqualTo("ISSUED");
          JsonNode credential = verifier.verified(jws(row));
          assertThat(credential.path("id").asText()).isEqualTo(row.getString("credential_id"));
          assertThat(ids.add(credential.path("id").asText())).as("one id per row").isTrue();
          assertThat(statusIndexes.add(credential.path("credentialStatus").toString()))
              .as("one status entry per row")
              .isTrue();
        }
      }
    }
    assertThat(numbers).hasSize(ROWS).contains(2, ROWS + 1);
    assertThat(orphans(quickstart, id)).as("credentials that no row has").isZero();
  }

  private static int orphans(QuickstartProcess quickstart, String id) throws SQLException {
    try (Connection database = quickstart.database();
        PreparedStatement count =
            database.prepareStatement(
                """
                select count(*)
                from issuance.credential c
                join issuance.batch b on b.number = c.batch_number
                where b.batch_id = ?
                  and not exists (
                    select from batch.row r where r.batch_id = b.batch_id and r.number = c.row_number)
                """)) {
      count.setObject(1, UUID.fromString(id));
      try (ResultSet result = count.executeQuery()) {
        result.next();
        return result.getInt(1);
      }
    }
  }

  private static String jws(ResultSet row) throws SQLException {
    Base64.Encoder base64url = Base64.getUrlEncoder().withoutPadding();
    return base64url.encodeToString(row.getString("jws_header").getBytes(StandardCharsets.UTF_8))
        + '.'
        + base64url.encodeToString(row.getBytes("payload"))
        + '.'
        + base64url.encodeToString(row.getBytes("signature"));
  }

  /** Email cannot be exactly once: after a kill a message may have gone out twice, never more. */
  private static void oneMessagePerRow(QuickstartProcess quickstart) {
    Map<String, Long> copies =
        new Inbox(quickstart.imapPort())
            .messageIds().stream().collect(groupingBy(messageId -> messageId, counting()));
    assertThat(copies).hasSize(ROWS);
    assertThat(copies.values()).allSatisfy(count -> assertThat(count).isLessThanOrEqualTo(2));
  }
}
