package dev.credmill.bench;

import dev.credmill.bench.installation.Api;
import dev.credmill.bench.installation.DiplomaSheet;
import dev.credmill.bench.installation.Installation;
import dev.credmill.bench.installation.Service;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** From a file to READY, beside the bare library that reads the same file. */
final class Validating {
  private final Installation installation;
  private final Api api;
  private final Path folder;
  private final Report report;

  Validating(Installation installation, Path folder, Report report) {
    this.installation = installation;
    this.api = new Api(installation.url(Service.BATCH_API), "acme-issuer-key");
    this.folder = folder;
    this.report = report;
  }

  /** Rows that are not measured. */
  void warmUp(int rows) throws IOException {
    ValidationRun.of(api, new DiplomaSheet(rows, 1).csv(folder.resolve("warm-up.csv")));
  }

  void run(int rows, int workbookRows, int repeats) throws IOException {
    Report.say(
        "%-6s %9s %9s %10s %10s %7s", "file", "rows", "upload s", "rows/s", "bare/s", "ratio");
    Map<String, Double> before = installation.cpu();
    List<Double> ratios = new ArrayList<>();
    for (int i = 0; i < repeats; i++) {
      ratios.add(one("csv", new DiplomaSheet(rows, 100 + i).csv(folder.resolve("sheet.csv"))));
    }
    report.summary("csv", "ratio", ratios);
    report.cpu("csv", (long) rows * repeats, since(before));
    before = installation.cpu();
    ratios.clear();
    for (int i = 0; i < repeats; i++) {
      Path sheet = new DiplomaSheet(workbookRows, 200 + i).xlsx(folder.resolve("sheet.xlsx"));
      ratios.add(one("xlsx", sheet));
    }
    report.summary("xlsx", "ratio", ratios);
    report.cpu("xlsx", (long) workbookRows * repeats, since(before));
  }

  private Map<String, Double> since(Map<String, Double> before) {
    Map<String, Double> used = installation.cpu();
    used.replaceAll((name, now) -> now - before.get(name));
    return used;
  }

  private double one(String kind, Path sheet) throws IOException {
    double bare = BareReading.rowsPerSecond(sheet);
    ValidationRun run = ValidationRun.of(api, sheet);
    double ratio = run.rowsPerSecond() / bare;
    Report.say(
        "%-6s %,9d %9.1f %,10.0f %,10.0f %7.3f",
        kind, run.rows(), run.accepted(), run.rowsPerSecond(), bare, ratio);
    report
        .entry(kind)
        .put("rows", run.rows())
        .put("bytes", Files.size(sheet))
        .put("status", run.batch().path("status").asText())
        .put("upload_s", run.accepted())
        .put("validate_per_s", run.rowsPerSecond())
        .put("bare_per_s", bare)
        .put("ratio", ratio);
    Files.delete(sheet);
    return ratio;
  }
}
