package dev.credmill.bench;

import dev.credmill.bench.installation.AotCache;
import dev.credmill.bench.installation.DiplomaDefinition;
import dev.credmill.bench.installation.Installation;
import dev.credmill.bench.installation.MailSink;
import dev.credmill.bench.installation.Ranges;
import dev.credmill.bench.installation.Service;
import dev.credmill.bench.installation.WrittenLog;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code bin/bench}: how fast this machine checks sheets and issues credentials. */
@Command(
    name = "bin/bench",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    usageHelpWidth = 110,
    description = {
      "Starts the packaged services as processes of their own, with a real PostgreSQL (fsync on) and a",
      "real Kafka broker (acks=all), uploads generated sheets of diplomas (10 columns) through the REST",
      "API and waits for the end. Prints tables and writes them as JSON.",
      "",
      "validation: until a batch is READY: every row read, checked, stored, compared with all others;",
      "            beside it, the same file read with the bare library",
      "issuing:    from the upload's first byte until batch-api knows every row ISSUED; no messages;",
      "            beside it, the same signatures with both cores and nothing else, and a bare pipeline of",
      "            the same steps (parse, COPY, produce, consume, sign, COPY, produce, consume, update);",
      "            in one more run 50 requests a second each for the batch and for a certificate's page",
      "delivering: messages to a mail server, all waiting at the start; and together with issuing;",
      "            beside it, two bare mail clients",
      "claiming:   into wallets by OpenID4VCI, four calls each, in each format",
      "soaking:    messages to a mail server that postpones one in ten and refuses one in twenty: that all",
      "            of them end, and that the report says what the server knows",
      ""
    })
final class Bench implements Callable<Integer> {
  /** More than a row leaves in PostgreSQL's log from its upload to its issue. */
  private static final long LOG_OF_A_ROW = 4_096; // bytes

  private static final long LARGEST_SWEEP = 1_000_000; // rows

  /** What can be measured. */
  enum Part {
    validation,
    issuing,
    delivering,
    claiming,
    soaking
  }

  @Option(
      names = "--only",
      paramLabel = "PART",
      description =
          "one part: validation, issuing, delivering, claiming or soaking (default: all but soaking)")
  private Set<Part> parts = EnumSet.complementOf(EnumSet.of(Part.soaking));

  @Option(
      names = "--rows",
      defaultValue = "100000",
      description = "rows of a CSV (default ${DEFAULT-VALUE})")
  private int rows;

  @Option(
      names = "--workbook-rows",
      defaultValue = "30000",
      description = "rows of an XLSX, validation only (default ${DEFAULT-VALUE})")
  private int workbookRows;

  @Option(
      names = "--messages",
      defaultValue = "20000",
      description = "emails, delivering and soaking only (default ${DEFAULT-VALUE})")
  private int messages;

  @Option(
      names = "--claims",
      defaultValue = "2000",
      description = "claims into wallets in each format, claiming only (default ${DEFAULT-VALUE})")
  private int claims;

  @Option(
      names = "--sweep",
      description = "instead: 10,000, 100,000 and 1,000,000 rows, and the time for one of each")
  private boolean sweep;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = DiplomaDefinition.VC_JWT,
      description =
          "a format that issued rows are given away in; repeatable, such as --format eddsa-rdfc-2022 (default ${DEFAULT-VALUE})")
  private List<String> formats;

  @Option(
      names = "--repeats",
      defaultValue = "3",
      description = "measured uploads (default ${DEFAULT-VALUE})")
  private int repeats;

  @Option(
      names = "--warm-up",
      paramLabel = "ROWS",
      defaultValue = "50000",
      description = "rows that go before and are not measured (default ${DEFAULT-VALUE})")
  private int warmUp;

  @Option(
      names = "--heap",
      defaultValue = "256",
      description = "heap of each service in MiB (default ${DEFAULT-VALUE})")
  private int heap;

  @Option(
      names = "--no-aot",
      description =
          "start services without AOT caches; by default a training run makes those that are missing")
  private boolean withoutAot;

  @Option(
      names = "--out",
      defaultValue = "bench.json",
      description = "where the numbers go (default ${DEFAULT-VALUE})")
  private Path out;

  @Spec private CommandSpec spec;

  private final Report report = new Report();

  Bench() {}

  public static void main(String[] arguments) {
    System.exit(new CommandLine(new Bench()).execute(arguments));
  }

  @Override
  public Integer call() throws Exception {
    Ranges.check(spec, "--rows", rows, 1_000_000);
    Ranges.check(spec, "--workbook-rows", workbookRows, 1_000_000);
    Ranges.check(spec, "--messages", messages, 1_000_000);
    Ranges.check(spec, "--claims", claims, 50_000);
    Ranges.check(spec, "--repeats", repeats, 100);
    Ranges.check(spec, "--warm-up", warmUp, 1_000_000);
    Ranges.check(spec, "--heap", heap, 1 << 20);
    Path root = Path.of(System.getProperty("bench.root", "."));
    if (!withoutAot && !AotCache.isThere(root, EnumSet.allOf(Service.class))) {
      Report.say("Making AOT caches first (bin/aot-cache) ...");
      Training.make(root, Training.ROWS);
    }
    Path folder = Installation.newFolder(root, "bench");
    Set<Service> services =
        sweep || !parts.equals(EnumSet.of(Part.validation))
            ? EnumSet.allOf(Service.class)
            : EnumSet.of(Service.SCHEMA_REGISTRY, Service.BATCH_API);
    try (MailSink mail = MailSink.start();
        Installation installation =
            Installation.start(
                root,
                folder,
                heap,
                withoutAot ? AotCache.NONE : AotCache.USED,
                services,
                "-Dnotification.email.host=127.0.0.1",
                "-Dnotification.email.port=" + mail.port())) {
      measure(installation, mail, folder);
      services.forEach(
          service -> report.memory(service.module(), heap, installation.instance(service).jvm()));
    }
    report.write(out);
    forget(folder);
    return 0;
  }

  /** What was done stands, even if some of gigabytes of data stay. */
  static void forget(Path folder) {
    try {
      Installation.delete(folder);
    } catch (UncheckedIOException e) {
      Report.say("%s is left over and can be deleted: %s", folder, e.getMessage());
    }
  }

  private long rowsFromUploadToIssue() {
    if (sweep) {
      return LARGEST_SWEEP;
    }
    boolean some = parts.contains(Part.validation) || parts.contains(Part.issuing);
    return some ? (long) rows * repeats : 0;
  }

  private void measure(Installation installation, MailSink mail, Path folder) throws Exception {
    WrittenLog.of(installation.database(), rowsFromUploadToIssue() * LOG_OF_A_ROW);
    String definition = DiplomaDefinition.of(installation, formats);
    if (sweep) {
      Issuing issuing = new Issuing(installation, definition, folder, report);
      issuing.warmUp(warmUp);
      issuing.sweep();
      return;
    }
    if (parts.contains(Part.validation)) {
      Validating validating = new Validating(installation, folder, report);
      validating.warmUp(warmUp);
      validating.run(rows, workbookRows, repeats);
    }
    if (parts.contains(Part.issuing)) {
      Issuing issuing = new Issuing(installation, definition, folder, report);
      issuing.warmUp(warmUp);
      issuing.run(rows, repeats);
    }
    if (parts.contains(Part.delivering)) {
      new Delivering(installation, mail, folder, report).run(messages, repeats);
    }
    if (parts.contains(Part.claiming)) {
      new Claiming(installation, folder, report).run(claims, repeats);
    }
    if (parts.contains(Part.soaking)) {
      new Soaking(installation, mail, folder, report).run(messages);
    }
  }
}
