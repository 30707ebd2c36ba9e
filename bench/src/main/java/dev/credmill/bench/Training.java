package dev.credmill.bench;

import dev.credmill.bench.installation.AotCache;
import dev.credmill.bench.installation.Api;
import dev.credmill.bench.installation.DiplomaDefinition;
import dev.credmill.bench.installation.DiplomaSheet;
import dev.credmill.bench.installation.Installation;
import dev.credmill.bench.installation.MailSink;
import dev.credmill.bench.installation.Ranges;
import dev.credmill.bench.installation.Service;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code bin/aot-cache}: a training run of the packaged services. */
@Command(
    name = "bin/aot-cache",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    usageHelpWidth = 110,
    description = {
      "Makes an AOT cache for each service (JEP 483, 514, 515): starts the packaged services with a real",
      "PostgreSQL and a real Kafka broker, issues a generated sheet, and a tenth as many rows once more",
      "with emails, checks a workbook of a tenth, shows pages, and stops in good order. Leaves",
      "target/quarkus-app/app.aot in the folder of each service, to be named with -XX:AOTCache when it is",
      "started. A cache holds for the JDK and the jars that it was made with; others ignore it. One that",
      "was made with few rows has seen little.",
      ""
    })
final class Training implements Callable<Integer> {
  private static final int HEAP = 256; // MiB
  private static final int LOOKS = 500;
  static final int ROWS = 50_000;

  @Option(
      names = "--rows",
      defaultValue = "" + ROWS,
      description = "rows that are issued (default ${DEFAULT-VALUE})")
  private int rows;

  @Spec private CommandSpec spec;

  Training() {}

  public static void main(String[] arguments) {
    System.exit(new CommandLine(new Training()).execute(arguments));
  }

  @Override
  public Integer call() throws IOException {
    Ranges.check(spec, "--rows", rows, 1_000_000);
    make(Path.of(System.getProperty("bench.root", ".")), rows);
    return 0;
  }

  /** Leaves a cache beside each of the packaged services. */
  static void make(Path root, int rows) throws IOException {
    Path folder = Installation.newFolder(root, "training");
    try (MailSink mail = MailSink.start();
        Installation installation =
            Installation.start(
                root,
                folder,
                HEAP,
                AotCache.MADE,
                EnumSet.allOf(Service.class),
                "-Dnotification.email.host=127.0.0.1",
                "-Dnotification.email.port=" + mail.port())) {
      train(installation, folder, rows);
      // Written as they end; a training that fails, or is interrupted, leaves what there was.
      installation.close();
      installation.keepAotCaches();
    }
    Bench.forget(folder);
  }

  private static void train(Installation installation, Path folder, int rows) throws IOException {
    Api api = new Api(installation.url(Service.BATCH_API), "acme-issuer-key");
    Api pages = new Api(installation.url(Service.ISSUANCE_WORKER), "");
    ValidationRun.of(api, new DiplomaSheet(tenth(rows), 10).xlsx(folder.resolve("sheet.xlsx")));
    String definition = DiplomaDefinition.of(installation, List.of(DiplomaDefinition.VC_JWT));
    IssueRun.of(api, definition, new DiplomaSheet(rows, 11).csv(folder.resolve("issued.csv")));
    Path mailed = new DiplomaSheet(tenth(rows), 12).csv(folder.resolve("mailed.csv"));
    String id = IssueRun.of(api, definition, mailed, true, _ -> {}).batch().path("id").asText();
    String link = api.json("/v1/batches/" + id + "/rows?limit=1").at("/items/0/credUrl").asText();
    for (int i = 0; i < LOOKS; i++) {
      api.batch(id);
      pages.get(link.substring(link.indexOf("/c/")));
    }
  }

  private static int tenth(int rows) {
    return Math.max(1, rows / 10);
  }
}
