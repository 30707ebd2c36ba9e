package dev.credmill.bench;

import dev.credmill.bench.installation.Api;
import dev.credmill.bench.installation.DiplomaSheet;
import dev.credmill.bench.installation.Installation;
import dev.credmill.bench.installation.Service;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** From the upload's first byte to every row ISSUED, beside what the machine could do. */
final class Issuing {
  /** Below this share of what the processors can sign, the bare pipeline itself was held up. */
  private static final double LEAST_BARE = 0.18;

  private final Installation installation;
  private final Api api;
  private final String definition;
  private final Path folder;
  private final Report report;

  /**
   * @param definition of what the rows are
   */
  Issuing(Installation installation, String definition, Path folder, Report report) {
    this.definition = definition;
    this.installation = installation;
    this.api = new Api(installation.url(Service.BATCH_API), "acme-issuer-key");
    this.folder = folder;
    this.report = report;
  }

  /** Rows that are not measured. */
  void warmUp(int rows) throws Exception {
    Path sheet = new DiplomaSheet(rows, 2).csv(folder.resolve("warm-up.csv"));
    IssueRun.of(api, definition, sheet);
    RawSigning.perSecond();
    new BarePipeline(installation.database(), installation.kafka(), rows).run(sheet);
    Files.delete(sheet);
  }

  /** Signatures, bare pipeline and product in turns. */
  void run(int rows, int repeats) throws Exception {
    BarePipeline bare = new BarePipeline(installation.database(), installation.kafka(), rows);
    Report.say(
        "%9s %10s %10s %10s %10s %10s",
        "rows", "issued/s", "signed/s", "bare/s", "ratio_sign", "ratio_bare");
    Map<String, Double> used = new LinkedHashMap<>();
    List<Double> issued = new ArrayList<>();
    List<Double> signed = new ArrayList<>();
    List<Double> bareRates = new ArrayList<>();
    List<Double> toSigning = new ArrayList<>();
    List<Double> toBare = new ArrayList<>();
    long wal = 0;
    long events = 0;
    for (int i = 0; i < repeats; i++) {
      double signing = RawSigning.perSecond();
      Path sheet = new DiplomaSheet(rows, 300 + i).csv(folder.resolve("sheet.csv"));
      double pipeline = bare.run(sheet);
      bare.clear();
      Map<String, Double> before = installation.cpu();
      long walBefore = walBytes();
      long eventsBefore = installation.kafkaBytes();
      IssueRun run = IssueRun.of(api, definition, sheet);
      installation
          .cpu()
          .forEach((name, now) -> used.merge(name, now - before.get(name), Double::sum));
      wal += walBytes() - walBefore;
      events += installation.kafkaBytes() - eventsBefore;
      double rate = run.rowsPerSecond();
      issued.add(rate);
      signed.add(signing);
      bareRates.add(pipeline);
      toSigning.add(rate / signing);
      toBare.add(rate / pipeline);
      Report.say(
          "%,9d %,10.0f %,10.0f %,10.0f %10.3f %10.3f%s",
          run.rows(),
          rate,
          signing,
          pipeline,
          rate / signing,
          rate / pipeline,
          pipeline < LEAST_BARE * signing ? "  void: the bare pipeline was held up" : "");
      report
          .entry("issuing")
          .put("rows", run.rows())
          .put("issue_per_s", rate)
          .put("raw_sign_per_s", signing)
          .put("bare_pipeline_per_s", pipeline)
          .put("ratio_sign", rate / signing)
          .put("ratio_bare", rate / pipeline)
          .put("void", pipeline < LEAST_BARE * signing);
      Files.delete(sheet);
    }
    report.summary("issuing", "issue_per_s", issued);
    report.summary("issuing", "raw_sign_per_s", signed);
    report.summary("issuing", "bare_pipeline_per_s", bareRates);
    report.summary("issuing", "ratio_sign", toSigning);
    report.summary("issuing", "ratio_bare", toBare);
    long all = (long) rows * repeats;
    report.cpu("issuing", all, used);
    report.number("wal_bytes_per_row", (double) wal / all, "bytes");
    report.number("kafka_bytes_per_row", (double) events / all, "bytes");
    watched(rows);
  }

  /** A run of its own, since whoever looks takes processor time from the rows. */
  private void watched(int rows) throws Exception {
    Path sheet = new DiplomaSheet(rows, 400).csv(folder.resolve("sheet.csv"));
    Api pages = new Api(installation.url(Service.ISSUANCE_WORKER), "");
    CompletableFuture<Polling> status = new CompletableFuture<>();
    double[] page;
    try (Polling polling = Polling.of(pages, page())) {
      IssueRun run =
          IssueRun.of(
              api,
              definition,
              sheet,
              false,
              id -> status.complete(Polling.of(api, "/v1/batches/" + id)));
      report.number("issue_per_s_watched", run.rowsPerSecond(), "rows");
      page = polling.end();
    }
    latency("status", status.get().end());
    latency("page", page);
    Files.delete(sheet);
  }

  /** One size after the other: the time for a row must not grow with the sheet. */
  void sweep() throws Exception {
    Report.say("%9s %10s %10s", "rows", "issued/s", "us/row");
    int seed = 500;
    for (int rows : new int[] {10_000, 100_000, 1_000_000}) {
      // Small sheets end within moments; the middle of several tells more.
      List<Double> micros = new ArrayList<>();
      for (int i = 0; i < (rows < 1_000_000 ? 5 : 1); i++) {
        Path sheet = new DiplomaSheet(rows, seed++).csv(folder.resolve("sheet.csv"));
        micros.add(1e6 / IssueRun.of(api, definition, sheet).rowsPerSecond());
        Files.delete(sheet);
      }
      double median = Report.median(micros);
      Report.say("%,9d %,10.0f %10.1f", rows, 1e6 / median, median);
      report.entry("sweep").put("rows", rows).put("us_per_row", median);
    }
  }

  private void latency(String what, double[] values) {
    report.number(what + "_p50_ms", Report.quantile(values, 0.5), "ms");
    report.number(what + "_p99_ms", Report.quantile(values, 0.99), "ms");
  }

  /** The page of some certificate. */
  private String page() throws SQLException {
    return query("select '/c/' || link_token from batch.row_credential limit 1");
  }

  private long walBytes() throws SQLException {
    return Long.parseLong(query("select pg_current_wal_insert_lsn() - '0/0'"));
  }

  private String query(String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection(installation.database());
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      result.next();
      return result.getString(1);
    }
  }
}
