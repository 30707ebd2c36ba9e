package dev.credmill.bench.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import com.opencsv.CSVReader;
import com.opencsv.exceptions.CsvValidationException;
import dev.credmill.bench.installation.Api;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/** Whether API, SQL and report count the same. */
final class CountsAgree {
  private static final List<String> ISSUE_STATES =
      List.of("INVALID", "READY", "QUEUED", "ISSUED", "FAILED", "SKIPPED", "CANCELLED");

  private final Sql sql;
  private final String api;
  private final Uploads uploads;
  private final Findings findings;

  CountsAgree(Sql sql, String api, Uploads uploads, Findings findings) {
    this.sql = sql;
    this.api = api;
    this.uploads = uploads;
    this.findings = findings;
  }

  void check() throws SQLException, IOException, CsvValidationException {
    List<String> breaches = new ArrayList<>();
    for (Map.Entry<Sheet, String> upload : uploads.acknowledged().entrySet()) {
      String id = upload.getValue();
      Map<String, Integer> bySql = new TreeMap<>();
      Row.of(sql, id).forEach(row -> bySql.merge(row.issue(), 1, Integer::sum));
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
}
