package dev.credmill.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.credmill.bench.installation.ChildJvm;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What was measured: said line by line, and kept for the file. */
final class Report {
  private final ObjectNode json = new ObjectMapper().createObjectNode();

  /** A new entry in the list of that name. */
  ObjectNode entry(String list) {
    return json.withArray(list).addObject();
  }

  /** Says and keeps the middle and the spread of repeats. */
  void summary(String part, String name, List<Double> values) {
    double[] sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    double median = median(sorted);
    double least = sorted[0];
    double most = sorted[sorted.length - 1];
    json.withObject("/summary/" + part)
        .putObject(name)
        .put("median", median)
        .put("min", least)
        .put("max", most)
        .put("repeats", sorted.length);
    String form = median < 10 ? "%.3f" : "%,.0f";
    say(
        "%-24s %s [%s - %s]",
        name, form.formatted(median), form.formatted(least), form.formatted(most));
  }

  private static double median(double[] sorted) {
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }

  static double median(List<Double> values) {
    return median(values.stream().mapToDouble(Double::doubleValue).sorted().toArray());
  }

  /**
   * Says and keeps what each process used.
   *
   * @param seconds of processor time, by process
   */
  void cpu(String part, long rows, Map<String, Double> seconds) {
    ObjectNode node = json.putObject(part + "_cpu_us_per_row");
    StringBuilder line = new StringBuilder("%s, CPU us/row:".formatted(part));
    seconds.forEach(
        (process, used) -> {
          double micros = used * 1e6 / rows;
          node.put(process, micros);
          line.append(String.format(Locale.ROOT, " %s %.1f", process, micros));
        });
    say("%s", line);
  }

  /** Says and keeps one number. */
  void number(String name, double value, String unit) {
    json.put(name, value);
    say("%-24s %,.1f %s", name, value, unit);
  }

  void memory(String service, int heap, ChildJvm jvm) {
    ChildJvm.Heap used = jvm.heap();
    say(
        "%s: heap at most %d MiB of %d, %d MiB after a collection; resident at most %d MiB",
        service, used.most() >> 20, heap, used.live() >> 20, jvm.peakResident() >> 20);
    json.withObject("/memory_bytes")
        .putObject(service)
        .put("heap_limit", (long) heap << 20)
        .put("heap_most", used.most())
        .put("heap_most_after_collection", used.live())
        .put("resident_most", jvm.peakResident());
  }

  void write(Path file) throws IOException {
    new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValue(file.toFile(), json);
  }

  static void say(String format, Object... values) {
    System.out.println(String.format(Locale.ROOT, format, values));
  }

  /** The value below which that share of the values lies. */
  static double quantile(double[] values, double share) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted.length == 0
        ? 0
        : sorted[(int) Math.min(sorted.length - 1, sorted.length * share)];
  }
}
