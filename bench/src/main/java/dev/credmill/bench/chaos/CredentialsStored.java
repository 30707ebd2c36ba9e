package dev.credmill.bench.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** Whether each row that must have a credential has one, its own, and verifiable. */
final class CredentialsStored {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Sql sql;
  private final Verifier verifier;
  private final Uploads uploads;
  private final Findings findings;

  CredentialsStored(Sql sql, Verifier verifier, Uploads uploads, Findings findings) {
    this.sql = sql;
    this.verifier = verifier;
    this.uploads = uploads;
    this.findings = findings;
  }

  void check() throws SQLException, IOException {
    oneForEachRow();
    signaturesVerify();
  }

  private void oneForEachRow() throws SQLException {
    List<String> breaches = new ArrayList<>();
    int expected = 0;
    int cancelled = 0;
    for (Map.Entry<Sheet, String> upload : uploads.acknowledged().entrySet()) {
      Sheet sheet = upload.getKey();
      Map<Integer, Integer> credentials = credentials(upload.getValue());
      for (Row row : Row.of(sql, upload.getValue())) {
        int has = credentials.getOrDefault(row.number(), 0);
        String must = must(sheet, row);
        int wanted = must.equals("ISSUED") ? 1 : 0;
        expected += wanted;
        cancelled += must.equals("CANCELLED") ? 1 : 0;
        if (has != wanted || !row.issue().equals(must)) {
          breaches.add(
              "row %d of %s (%s) is %s and has %d credentials"
                  .formatted(row.number(), upload.getValue(), sheet.fate(), row.issue(), has));
        }
        credentials.remove(row.number());
      }
      credentials
          .keySet()
          .forEach(number -> breaches.add("a credential of no row: " + upload + " " + number));
    }
    for (String batch : uploads.cancelled()) {
      if (sql.count(
              "select count(*) from batch.batch where id = ? and cancelled_at is not null",
              UUID.fromString(batch))
          != 1) {
        breaches.add(batch + " was cancelled, with an answer, and is not");
      }
    }
    long all = sql.count("select count(*) from issuance.credential where format = 0");
    if (all != expected) {
      breaches.add("%d credentials where %d are due".formatted(all, expected));
    }
    findings.add(
        "one credential for each valid row, none for rows never started or cancelled",
        "%,d credentials, %d batches and %,d rows cancelled"
            .formatted(all, uploads.cancelled().size(), cancelled),
        breaches);
  }

  /** Of a cancelled batch each row may have been either out already or not. */
  private static String must(Sheet sheet, Row row) {
    if (!sheet.validAtLast(row.number())) {
      return "INVALID";
    }
    return switch (sheet.fate()) {
      case ISSUED, PAUSED, CORRECTED -> "ISSUED";
      case LEFT -> "READY";
      case CANCELLED -> row.issue().equals("CANCELLED") ? "CANCELLED" : "ISSUED";
    };
  }

  private Map<Integer, Integer> credentials(String batch) throws SQLException {
    Map<Integer, Integer> credentials = new HashMap<>();
    sql.list(
            """
            select c.row_number from issuance.credential c
            join issuance.batch b on b.number = c.batch_number where b.batch_id = ? and c.format = 0
            """,
            row -> row.getInt(1),
            UUID.fromString(batch))
        .forEach(number -> credentials.merge(number, 1, Integer::sum));
    return credentials;
  }

  private record Stored(
      UUID batch, int number, byte[] header, byte[] payload, byte[] signature, String id) {}

  private void signaturesVerify() throws SQLException, IOException {
    Map<UUID, Sheet> sheets = new HashMap<>();
    uploads.acknowledged().forEach((sheet, id) -> sheets.put(UUID.fromString(id), sheet));
    List<Stored> all =
        sql.list(
            """
            select b.batch_id, c.row_number, k.jws_header, c.payload, c.signature, r.credential_id
            from issuance.credential c
            join issuance.batch b on b.number = c.batch_number
            join issuance.signing_key k on k.kid = b.kid
            left join batch.row r on r.batch_id = b.batch_id and r.number = c.row_number
            where c.format = 0
            """,
            row ->
                new Stored(
                    row.getObject(1, UUID.class),
                    row.getInt(2),
                    row.getString(3).getBytes(StandardCharsets.UTF_8),
                    row.getBytes(4),
                    row.getBytes(5),
                    row.getString(6)));
    List<String> breaches = Collections.synchronizedList(new ArrayList<>());
    all.parallelStream()
        .filter(one -> !verifier.verifies(one.header(), one.payload(), one.signature()))
        .forEach(one -> breaches.add("row %d of %s".formatted(one.number(), one.batch())));
    findings.add(
        "every credential verifies with the published key", all.size() + " credentials", breaches);

    List<String> wrong = new ArrayList<>();
    List<String> shared = new ArrayList<>();
    Set<String> indexes = new HashSet<>();
    Set<String> ids = new HashSet<>();
    for (Stored one : all) {
      JsonNode credential = JSON.readTree(one.payload());
      Sheet sheet = sheets.get(one.batch());
      String name = credential.path("credentialSubject").path("fullName").asText();
      if (sheet == null
          || !name.equals(sheet.name(one.number()))
          || !credential.path("id").asText().equals(one.id())
          || !ids.add(one.id())) {
        wrong.add("row %d of %s says %s".formatted(one.number(), one.batch(), name));
      }
      JsonNode statuses = credential.path("credentialStatus");
      for (JsonNode status : statuses.isArray() ? statuses : List.of(statuses)) {
        String index =
            status.path("statusListCredential").asText()
                + '#'
                + status.path("statusListIndex").asText();
        if (!indexes.add(index)) {
          shared.add(index);
        }
      }
    }
    findings.add(
        "each says what its own row said, under the id that its row has",
        all.size() + " credentials",
        wrong);
    findings.add("status list indexes are unique", indexes.size() + " indexes", shared);
  }
}
