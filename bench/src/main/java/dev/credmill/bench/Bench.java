package dev.credmill.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code bin/bench}: how fast this machine checks and stores sheets, and what that takes. */
@Command(
    name = "bin/bench",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Starts schema-registry and batch-api as processes of their own, with a real PostgreSQL (fsync on)",
      "and a real Kafka broker, uploads generated sheets of diplomas through the REST API and waits until",
      "they are READY: every row read, checked, stored, and compared with all others. Beside each it reads",
      "the same file with the bare library. Prints a table and writes bench.json."
    })
final class Bench implements Callable<Integer> {
  @Option(
      names = "--rows",
      defaultValue = "1000000",
      description = "rows of the CSV (default ${DEFAULT-VALUE})")
  private int rows;

  @Option(
      names = "--workbook-rows",
      defaultValue = "300000",
      description = "rows of the XLSX (default ${DEFAULT-VALUE})")
  private int workbookRows;

  @Option(
      names = "--repeats",
      defaultValue = "3",
      description =
          "measured uploads of each sheet, after one of 50,000 rows that is not (default 3)")
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

  private final ObjectNode report = new ObjectMapper().createObjectNode();

  private Bench() {}

  public static void main(String[] arguments) {
    System.exit(new CommandLine(new Bench()).execute(arguments));
  }

  @Override
  public Integer call() throws IOException {
    Path root = Path.of(System.getProperty("bench.root", "."));
    Path folder =
        Files.createTempDirectory(Files.createDirectories(root.resolve("target")), "bench");
    try (Installation installation =
        Installation.start(
            root, folder, heap, EnumSet.of(Service.SCHEMA_REGISTRY, Service.BATCH_API))) {
      Api api = new Api(installation.url(Service.BATCH_API));
      ValidationRun.of(api, new DiplomaSheet(50_000, 1).csv(folder.resolve("warm-up.csv")));
      say("%-6s %9s %9s %10s %10s %7s", "file", "rows", "upload s", "rows/s", "bare/s", "ratio");
      Map<String, Double> before = installation.cpu();
      for (int i = 0; i < repeats; i++) {
        measure(api, "csv", new DiplomaSheet(rows, 100 + i).csv(folder.resolve("sheet.csv")));
      }
      cpu("csv", rows, before, installation.cpu());
      before = installation.cpu();
      for (int i = 0; i < repeats; i++) {
        measure(
            api,
            "xlsx",
            new DiplomaSheet(workbookRows, 200 + i).xlsx(folder.resolve("sheet.xlsx")));
      }
      cpu("xlsx", workbookRows, before, installation.cpu());
      memory(installation.process(Service.BATCH_API));
    }
    new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValue(out.toFile(), report);
    return 0;
  }

  private void measure(Api api, String kind, Path sheet) throws IOException {
    double[] bare = new double[3];
    for (int i = 0; i < bare.length; i++) {
      long start = System.nanoTime();
      int read = kind.equals("csv") ? BareReading.opencsv(sheet) : BareReading.poi(sheet);
      bare[i] = (read - 1) / ((System.nanoTime() - start) / 1e9);
    }
    Arrays.sort(bare);
    ValidationRun run = ValidationRun.of(api, sheet);
    double ratio = run.rowsPerSecond() / bare[1];
    say(
        "%-6s %,9d %9.1f %,10.0f %,10.0f %7.3f",
        kind, run.rows(), run.accepted(), run.rowsPerSecond(), bare[1], ratio);
    report
        .withArray(kind)
        .addObject()
        .put("rows", run.rows())
        .put("bytes", Files.size(sheet))
        .put("status", run.batch().path("status").asText())
        .put("upload_s", run.accepted())
        .put("validate_per_s", run.rowsPerSecond())
        .put("bare_per_s", bare[1])
        .put("ratio", ratio);
    Files.delete(sheet);
  }

  private void cpu(String kind, int each, Map<String, Double> before, Map<String, Double> after) {
    ObjectNode node = report.putObject(kind + "_cpu_us_per_row");
    StringBuilder line = new StringBuilder("%-6s CPU us/row:".formatted(kind));
    after.forEach(
        (process, seconds) -> {
          double micros = (seconds - before.get(process)) * 1e6 / ((double) each * repeats);
          node.put(process, micros);
          line.append(" %s %.1f".formatted(process, micros));
        });
    say("%s", line);
  }

  private void memory(ChildJvm batchApi) {
    ChildJvm.Heap used = batchApi.heap();
    say(
        "batch-api: heap at most %d MiB of %d, %d MiB after a collection; resident at most %d MiB",
        used.most() >> 20, heap, used.live() >> 20, batchApi.peakResident() >> 20);
    report
        .putObject("batch_api_memory_bytes")
        .put("heap_limit", (long) heap << 20)
        .put("heap_most", used.most())
        .put("heap_most_after_collection", used.live())
        .put("resident_most", batchApi.peakResident());
  }

  private static void say(String format, Object... values) {
    System.out.println(String.format(Locale.ROOT, format, values));
  }
}
