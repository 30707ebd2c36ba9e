package dev.credmill.bench.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.opencsv.CSVReader;
import com.opencsv.exceptions.CsvValidationException;
import dev.credmill.bench.installation.Api;
import dev.credmill.bench.installation.MailSink;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

/**
 * What must hold after a storm, by SQL, by the mail server and by a verifier of its own; the
 * product's counts are compared with these, never believed.
 */
final class Invariants {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final List<String> ISSUE_STATES =
      List.of("INVALID", "READY", "QUEUED", "ISSUED", "FAILED", "SKIPPED", "CANCELLED");

  private final Sql sql;
  private final MailSink mail;
  private final String api;
  private final Verifier verifier;
  private final Uploads uploads;
  private final Findings findings;

  Invariants(
      Sql sql, MailSink mail, String api, Verifier verifier, Uploads uploads, Findings findings) {
    this.sql = sql;
    this.mail = mail;
    this.api = api;
    this.verifier = verifier;
    this.uploads = uploads;
    this.findings = findings;
  }

  private record Row(int number, String issue, String email, String problem) {}

  private List<Row> rows(String batch) throws SQLException {
    return sql.list(
        """
        select number, issue::text, email_delivery::text, problem from batch.row
        where batch_id = ? order by number
        """,
        row -> new Row(row.getInt(1), row.getString(2), row.getString(3), row.getString(4)),
        UUID.fromString(batch));
  }

  /**
   * Looks at everything.
   *
   * @param strikes that can make a message go out twice
   * @param concurrency messages under way at once
   */
  void check(int strikes, int concurrency) throws Exception {
    nothingAcknowledgedIsLost();
    oneCredentialForEachRow();
    countsAgree();
    signaturesVerify();
    messagesCame(strikes, concurrency);
    findings.add(
        "no state went backwards, nothing stored was changed",
        "%,d steps seen by triggers".formatted(sql.count("select count(*) from chaos.step")),
        sql.lines(Audit.BACKWARDS));
  }

  private void nothingAcknowledgedIsLost() throws SQLException {
    List<String> breaches = new ArrayList<>(uploads.refused());
    for (Map.Entry<Sheet, String> upload : uploads.acknowledged().entrySet()) {
      long rows =
          sql.count(
              "select count(*) from batch.row where batch_id = ?",
              UUID.fromString(upload.getValue()));
      boolean partly =
          sql.count(
                  "select count(*) from batch.batch where id = ? and phase = 'VALIDATING' and cancelled_at is not null",
                  UUID.fromString(upload.getValue()))
              > 0;
      if (rows != upload.getKey().rows() && !partly) {
        breaches.add(
            "%s has %d rows of %d".formatted(upload.getValue(), rows, upload.getKey().rows()));
      }
    }
    long batches = sql.count("select count(*) from batch.batch");
    if (batches != uploads.sheets().size()) {
      breaches.add("%d sheets became %d batches".formatted(uploads.sheets().size(), batches));
    }
    findings.add(
        "nothing acknowledged is lost, nothing uploaded twice",
        "%d sheets, %d calls repeated".formatted(uploads.sheets().size(), uploads.repeated()),
        breaches);
  }

  private void oneCredentialForEachRow() throws SQLException {
    List<String> breaches = new ArrayList<>();
    int expected = 0;
    int cancelled = 0;
    for (Map.Entry<Sheet, String> upload : uploads.acknowledged().entrySet()) {
      Sheet sheet = upload.getKey();
      Map<Integer, Integer> credentials = credentials(upload.getValue());
      for (Row row : rows(upload.getValue())) {
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
    long all = sql.count("select count(*) from issuance.credential");
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
    if (!sheet.valid(row.number())) {
      return "INVALID";
    }
    return switch (sheet.fate()) {
      case ISSUED -> "ISSUED";
      case LEFT -> "READY";
      case CANCELLED -> row.issue().equals("CANCELLED") ? "CANCELLED" : "ISSUED";
    };
  }

  private Map<Integer, Integer> credentials(String batch) throws SQLException {
    Map<Integer, Integer> credentials = new HashMap<>();
    sql.list(
            """
            select c.row_number from issuance.credential c
            join issuance.batch b on b.number = c.batch_number where b.batch_id = ?
            """,
            row -> row.getInt(1),
            UUID.fromString(batch))
        .forEach(number -> credentials.merge(number, 1, Integer::sum));
    return credentials;
  }

  private void countsAgree() throws SQLException, IOException, CsvValidationException {
    List<String> breaches = new ArrayList<>();
    for (Map.Entry<Sheet, String> upload : uploads.acknowledged().entrySet()) {
      String id = upload.getValue();
      Map<String, Integer> bySql = new TreeMap<>();
      rows(id).forEach(row -> bySql.merge(row.issue(), 1, Integer::sum));
      Api caller = new Api(api, upload.getKey().owner().key);
      JsonNode batch = caller.batch(id);
      JsonNode counts = batch.path("counts");
      Map<String, Integer> byApi = new TreeMap<>();
      for (String state : ISSUE_STATES) {
        int count = counts.path(state.toLowerCase(Locale.ROOT)).asInt();
        if (count != 0) {
          byApi.put(state, count);
        }
      }
      Map<String, Integer> byReport = report(caller.get("/v1/batches/" + id + "/report.csv"));
      for (String state : List.of("sent", "failed", "pending", "sending")) {
        long messages =
            sql.count(
                "select count(*) from batch.row_credential where batch_id = ? and email_delivery::text = upper(?)",
                UUID.fromString(id),
                state);
        if (batch.path("delivery").path("EMAIL").path(state).asLong() != messages) {
          breaches.add("%s: %d messages %s, API %s".formatted(id, messages, state, batch));
        }
      }
      if (!bySql.equals(byApi) || !bySql.equals(byReport)) {
        breaches.add("%s: SQL %s, API %s, report %s".formatted(id, bySql, byApi, byReport));
      }
    }
    findings.add(
        "counts agree: API = SQL = report", uploads.sheets().size() + " batches", breaches);
  }

  private static Map<String, Integer> report(byte[] csv)
      throws IOException, CsvValidationException {
    try (CSVReader reader =
        new CSVReader(
            new InputStreamReader(new ByteArrayInputStream(csv), StandardCharsets.UTF_8))) {
      List<String> header = Arrays.asList(reader.readNext());
      int column = header.indexOf("Issue");
      Map<String, Integer> states = new TreeMap<>();
      for (String[] line = reader.readNext(); line != null; line = reader.readNext()) {
        states.merge(line[column], 1, Integer::sum);
      }
      return states;
    }
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
      JsonNode status = credential.path("credentialStatus");
      String index =
          status.path("statusListCredential").asText()
              + '#'
              + status.path("statusListIndex").asText();
      if (!indexes.add(index)) {
        shared.add(index);
      }
    }
    findings.add(
        "each says what its own row said, under the id that its row has",
        all.size() + " credentials",
        wrong);
    findings.add("status list indexes are unique", indexes.size() + " indexes", shared);
  }

  private void messagesCame(int strikes, int concurrency) throws SQLException {
    Map<String, MailSink.Received> byRecipient = new HashMap<>();
    List<String> breaches = new ArrayList<>();
    int extra = 0;
    for (Map.Entry<String, MailSink.Received> one : mail.received().entrySet()) {
      MailSink.Received received = one.getValue();
      extra += received.copies() - 1;
      if (received.copies() > 2) {
        breaches.add("%d copies of %s".formatted(received.copies(), one.getKey()));
      }
      if (byRecipient.put(received.recipient(), received) != null) {
        breaches.add("two Message-IDs for one recipient: " + one.getKey());
      }
    }
    int sent = 0;
    int failed = 0;
    for (Map.Entry<Sheet, String> upload : uploads.acknowledged().entrySet()) {
      for (Row row : rows(upload.getValue())) {
        MailSink.Received received = byRecipient.remove(upload.getKey().email(row.number()));
        boolean due = row.issue().equals("ISSUED");
        String fault =
            switch (row.email()) {
              case "SENT" -> due && received != null && received.answered() > 0 ? null : "SENT";
              case "FAILED" -> due && row.problem() != null ? null : "FAILED without a reason";
              case "NOT_REQUESTED" -> !due && received == null ? null : "NOT_REQUESTED";
              default -> row.email();
            };
        sent += row.email().equals("SENT") ? 1 : 0;
        failed += row.email().equals("FAILED") ? 1 : 0;
        if (fault != null) {
          breaches.add(
              "row %d of %s: %s, received %s"
                  .formatted(row.number(), upload.getValue(), fault, received));
        }
      }
    }
    byRecipient.values().forEach(received -> breaches.add("nobody asked for " + received));
    if (extra > strikes * concurrency) {
      breaches.add("%d extra copies".formatted(extra));
    }
    findings.add(
        "every message came, or is FAILED with a reason; at most two copies",
        "%,d sent, %d failed, %d extra copies".formatted(sent, failed, extra),
        breaches);
  }
}
