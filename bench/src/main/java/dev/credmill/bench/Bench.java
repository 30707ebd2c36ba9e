package dev.credmill.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.credmill.bench.installation.Api;
import dev.credmill.bench.installation.ChildJvm;
import dev.credmill.bench.installation.DiplomaSheet;
import dev.credmill.bench.installation.Installation;
import dev.credmill.bench.installation.Service;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
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
      "            the same steps (parse, COPY, produce, consume, sign, COPY, produce, consume, update)",
      ""
    })
final class Bench implements Callable<Integer> {
  /** What can be measured. */
  enum Part {
    validation,
    issuing
  }

  @Option(
      names = "--only",
      paramLabel = "PART",
      description = "one part: validation or issuing (default: all)")
  private Set<Part> parts = EnumSet.allOf(Part.class);

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
      names = "--repeats",
      defaultValue = "3",
      description = "measured uploads, after one of 50,000 rows that is not (default 3)")
  private int repeats;

  @Option(
      names = "--heap",
      defaultValue = "256",
      description = "heap of each service in MiB (default ${DEFAULT-VALUE})")
  private int heap;

  @Option(
      names = "--out",
      defaultValue = "bench.json",
      description = "where the numbers go (default ${DEFAULT-VALUE})")
  private Path out;

  @Spec private CommandSpec spec;

  private final ObjectNode report = new ObjectMapper().createObjectNode();

  private Bench() {}

  public static void main(String[] arguments) {
    System.exit(new CommandLine(new Bench()).execute(arguments));
  }

  @Override
  public Integer call() throws Exception {
    mustBeWithin("--rows", rows, 1_000_000);
    mustBeWithin("--workbook-rows", workbookRows, 1_000_000);
    mustBeWithin("--repeats", repeats, 100);
    mustBeWithin("--heap", heap, 1 << 20);
    Path root = Path.of(System.getProperty("bench.root", "."));
    Path folder =
        Files.createTempDirectory(Files.createDirectories(root.resolve("target")), "bench");
    Set<Service> services =
        parts.contains(Part.issuing)
            ? EnumSet.allOf(Service.class)
            : EnumSet.of(Service.SCHEMA_REGISTRY, Service.BATCH_API);
    try (Installation installation = Installation.start(root, folder, heap, services)) {
      Api api = new Api(installation.url(Service.BATCH_API), "acme-issuer-key");
      if (parts.contains(Part.validation)) {
        validation(installation, api, folder);
      }
      if (parts.contains(Part.issuing)) {
        issuing(installation, api, folder);
      }
      services.forEach(service -> memory(service, installation.instance(service).jvm()));
    }
    new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValue(out.toFile(), report);
    return 0;
  }

  private void mustBeWithin(String option, int value, int most) {
    if (value < 1 || value > most) {
      throw new CommandLine.ParameterException(
          spec.commandLine(), "%s is a number from 1 to %,d".formatted(option, most));
    }
  }

  private void validation(Installation installation, Api api, Path folder) throws IOException {
    ValidationRun.of(api, new DiplomaSheet(50_000, 1).csv(folder.resolve("warm-up.csv")));
    say("%-6s %9s %9s %10s %10s %7s", "file", "rows", "upload s", "rows/s", "bare/s", "ratio");
    Map<String, Double> before = installation.cpu();
    for (int i = 0; i < repeats; i++) {
      validation(api, "csv", new DiplomaSheet(rows, 100 + i).csv(folder.resolve("sheet.csv")));
    }
    cpu("csv", rows, since(before, installation));
    before = installation.cpu();
    for (int i = 0; i < repeats; i++) {
      validation(
          api, "xlsx", new DiplomaSheet(workbookRows, 200 + i).xlsx(folder.resolve("sheet.xlsx")));
    }
    cpu("xlsx", workbookRows, since(before, installation));
  }

  private static Map<String, Double> since(Map<String, Double> before, Installation installation) {
    Map<String, Double> used = installation.cpu();
    used.replaceAll((name, now) -> now - before.get(name));
    return used;
  }

  private void validation(Api api, String kind, Path sheet) throws IOException {
    double bare = BareReading.rowsPerSecond(sheet);
    ValidationRun run = ValidationRun.of(api, sheet);
    double ratio = run.rowsPerSecond() / bare;
    say(
        "%-6s %,9d %9.1f %,10.0f %,10.0f %7.3f",
        kind, run.rows(), run.accepted(), run.rowsPerSecond(), bare, ratio);
    report
        .withArray(kind)
        .addObject()
        .put("rows", run.rows())
        .put("bytes", Files.size(sheet))
        .put("status", run.batch().path("status").asText())
        .put("upload_s", run.accepted())
        .put("validate_per_s", run.rowsPerSecond())
        .put("bare_per_s", bare)
        .put("ratio", ratio);
    Files.delete(sheet);
  }

  private void issuing(Installation installation, Api api, Path folder) throws Exception {
    IssueRun.of(api, new DiplomaSheet(50_000, 2).csv(folder.resolve("warm-up.csv")));
    BarePipeline bare = new BarePipeline(installation.database(), installation.kafka(), rows);
    say(
        "%9s %10s %10s %10s %10s %10s",
        "rows", "issued/s", "signed/s", "bare/s", "ratio_sign", "ratio_bare");
    Map<String, Double> used = new LinkedHashMap<>();
    for (int i = 0; i < repeats; i++) {
      double signing = RawSigning.perSecond();
      Path sheet = new DiplomaSheet(rows, 300 + i).csv(folder.resolve("sheet.csv"));
      double pipeline = bare.run(sheet);
      Map<String, Double> before = installation.cpu();
      IssueRun run = IssueRun.of(api, sheet);
      installation
          .cpu()
          .forEach((name, now) -> used.merge(name, now - before.get(name), Double::sum));
      double rate = run.rowsPerSecond();
      say(
          "%,9d %,10.0f %,10.0f %,10.0f %10.3f %10.3f",
          run.rows(), rate, signing, pipeline, rate / signing, rate / pipeline);
      report
          .withArray("issuing")
          .addObject()
          .put("rows", run.rows())
          .put("issue_per_s", rate)
          .put("raw_sign_per_s", signing)
          .put("bare_pipeline_per_s", pipeline)
          .put("ratio_sign", rate / signing)
          .put("ratio_bare", rate / pipeline);
      Files.delete(sheet);
    }
    cpu("issuing", rows, used);
  }

  private void cpu(String kind, int each, Map<String, Double> used) {
    ObjectNode node = report.putObject(kind + "_cpu_us_per_row");
    StringBuilder line = new StringBuilder("%s, CPU us/row:".formatted(kind));
    used.forEach(
        (process, seconds) -> {
          double micros = seconds * 1e6 / ((double) each * repeats);
          node.put(process, micros);
          line.append(" %s %.1f".formatted(process, micros));
        });
    say("%s", line);
  }

  private void memory(Service service, ChildJvm jvm) {
    ChildJvm.Heap used = jvm.heap();
    say(
        "%s: heap at most %d MiB of %d, %d MiB after a collection; resident at most %d MiB",
        service.module(), used.most() >> 20, heap, used.live() >> 20, jvm.peakResident() >> 20);
    report
        .withObject("/memory_bytes")
        .putObject(service.module())
        .put("heap_limit", (long) heap << 20)
        .put("heap_most", used.most())
        .put("heap_most_after_collection", used.live())
        .put("resident_most", jvm.peakResident());
  }

  private static void say(String format, Object... values) {
    System.out.println(String.format(Locale.ROOT, format, values));
  }
}
