package dev.credmill.bench;

import dev.credmill.bench.installation.Api;
import dev.credmill.bench.installation.DiplomaDefinition;
import dev.credmill.bench.installation.DiplomaSheet;
import dev.credmill.bench.installation.Installation;
import dev.credmill.bench.installation.Instance;
import dev.credmill.bench.installation.MailSink;
import dev.credmill.bench.installation.Service;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Messages to a mail server, from one notification-worker and from bare clients. */
final class Delivering {
  private final Installation installation;
  private final MailSink mail;
  private final Api api;
  private final String definition;
  private final Path folder;
  private final Report report;

  Delivering(Installation installation, MailSink mail, Path folder, Report report) {
    this.installation = installation;
    this.mail = mail;
    this.api = new Api(installation.url(Service.BATCH_API), "acme-issuer-key");
    this.definition = DiplomaDefinition.of(installation, List.of(DiplomaDefinition.VC_JWT));
    this.folder = folder;
    this.report = report;
  }

  void run(int rows, int repeats) throws Exception {
    both(rows, 600);
    List<Double> delivered = new ArrayList<>();
    List<Double> toVertx = new ArrayList<>();
    List<Double> toAngus = new ArrayList<>();
    List<Double> bothRates = new ArrayList<>();
    Report.say(
        "%9s %12s %12s %12s %14s",
        "messages", "delivered/s", "vert.x/s", "angus/s", "issued+sent/s");
    for (int i = 0; i < repeats; i++) {
      double vertx = BareMail.vertxPerSecond(mail.port(), rows);
      double angus = BareMail.angusPerSecond(mail.port(), rows);
      double alone = alone(rows, 700 + i);
      double both = both(rows, 800 + i);
      delivered.add(alone);
      toVertx.add(alone / vertx);
      toAngus.add(alone / angus);
      bothRates.add(both);
      Report.say("%,9d %,12.0f %,12.0f %,12.0f %,14.0f", rows, alone, vertx, angus, both);
      report
          .entry("delivering")
          .put("messages", rows)
          .put("deliver_per_s", alone)
          .put("vertx_per_s", vertx)
          .put("angus_per_s", angus)
          .put("issue_and_deliver_per_s", both);
    }
    report.summary("delivering", "deliver_per_s", delivered);
    report.summary("delivering", "ratio_vertx", toVertx);
    report.summary("delivering", "ratio_angus", toAngus);
    report.summary("delivering", "issue_and_deliver_per_s", bothRates);
  }

  /** All messages wait before the first goes out: the worker stands still while rows are issued. */
  private double alone(int rows, long seed) throws Exception {
    Path sheet = new DiplomaSheet(rows, seed).csv(folder.resolve("sheet.csv"));
    Instance worker = installation.instance(Service.NOTIFICATION_WORKER);
    worker.freeze();
    CompletableFuture<String> id = new CompletableFuture<>();
    CompletableFuture<IssueRun> issuing =
        CompletableFuture.supplyAsync(
            () -> IssueRun.of(api, definition, sheet, true, id::complete));
    api.awaitEnd(id.get(), status -> status.startsWith("COMPLETED"));
    long start = System.nanoTime();
    worker.thaw();
    issuing.get();
    double seconds = (System.nanoTime() - start) / 1e9;
    Files.delete(sheet);
    return rows / seconds;
  }

  private double both(int rows, long seed) throws Exception {
    Path sheet = new DiplomaSheet(rows, seed).csv(folder.resolve("sheet.csv"));
    IssueRun run = IssueRun.of(api, definition, sheet, true, _ -> {});
    Files.delete(sheet);
    return rows / run.sent();
  }
}
