package dev.credmill.batch.row;

import com.opencsv.CSVWriterBuilder;
import com.opencsv.ICSVWriter;
import dev.credmill.batch.Batch;
import dev.credmill.contracts.problem.Problem;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The uploaded sheet with what became of it, written a thousand rows at a time. */
@ApplicationScoped
class SheetReport {
  private static final int CHUNK = 1_000;
  private static final List<String> RESULT =
      List.of(
          "Row",
          "Issue",
          "Email Delivery",
          "SMS Delivery",
          "Claim",
          "Validity",
          "Credential ID",
          "Cred_URL",
          "Problem");

  private final RowTable rows;

  SheetReport(RowTable rows) {
    this.rows = rows;
  }

  void write(Batch batch, String publicUrl, OutputStream target) throws IOException {
    try (ICSVWriter csv = csv(target)) {
      csv.writeNext(line(batch.header.size(), batch.header, RESULT), false);
      for (int after = 1; ; ) {
        List<RowTable.Reported> chunk =
            rows.read(batch, publicUrl, RowTable.Filter.ANY, after, CHUNK, false);
        for (RowTable.Reported row : chunk) {
          csv.writeNext(line(batch.header.size(), row.cells(), result(row.view())), false);
        }
        csv.flush();
        if (chunk.size() < CHUNK) {
          return;
        }
        after = chunk.getLast().view().number();
      }
    }
  }

  void writeErrors(Batch batch, OutputStream target) throws IOException {
    RowTable.Filter invalid =
        new RowTable.Filter(IssueStatus.INVALID, null, null, null, null, null);
    ErrorColumns added = ErrorColumns.of(batch.header);
    try (ICSVWriter csv = csv(target)) {
      csv.writeNext(
          line(batch.header.size(), batch.header, List.of(added.row(), added.error())), false);
      for (int after = 1; ; ) {
        List<RowTable.Reported> chunk = rows.read(batch, "", invalid, after, CHUNK, false);
        if (chunk.isEmpty()) {
          return;
        }
        Map<Integer, List<String>> errors = errors(batch, after, chunk.getLast().view().number());
        for (RowTable.Reported row : chunk) {
          int number = row.view().number();
          String error = String.join(" | ", errors.getOrDefault(number, List.of()));
          csv.writeNext(
              line(batch.header.size(), row.cells(), List.of(Integer.toString(number), error)),
              false);
        }
        csv.flush();
        after = chunk.getLast().view().number();
      }
    }
  }

  private Map<Integer, List<String>> errors(Batch batch, int after, int upTo) {
    Map<Integer, List<String>> byRow = new TreeMap<>();
    int row = after;
    int ordinal = Short.MAX_VALUE;
    while (true) {
      List<RowTable.ErrorLine> part = rows.errors(batch.batchId(), row, ordinal, CHUNK);
      for (RowTable.ErrorLine error : part) {
        if (error.row() > upTo) {
          return byRow;
        }
        byRow
            .computeIfAbsent(error.row(), _ -> new ArrayList<>())
            .add(error.column() + ": " + error.message());
      }
      if (part.size() < CHUNK) {
        return byRow;
      }
      row = part.getLast().row();
      ordinal = part.getLast().ordinal();
    }
  }

  private static List<String> result(RowView row) {
    return List.of(
        Integer.toString(row.number()),
        row.issue().name(),
        row.delivery().email().name(),
        row.delivery().sms().name(),
        row.claim().name(),
        row.validity() == null ? "" : row.validity().name(),
        text(row.credentialId()),
        text(row.credUrl()),
        row.problem() == null ? "" : problem(row.problem()));
  }

  private static String problem(Problem problem) {
    return problem.title() + ": " + text(problem.detail());
  }

  private static String text(String value) {
    return value == null ? "" : value;
  }

  /** The uploaded cells, padded to the header's width, and ours behind them. */
  private static String[] line(int width, List<String> uploaded, List<String> ours) {
    String[] line = new String[width + ours.size()];
    for (int i = 0; i < width; i++) {
      line[i] = i < uploaded.size() ? harmless(uploaded.get(i)) : "";
    }
    for (int i = 0; i < ours.size(); i++) {
      line[width + i] = harmless(ours.get(i));
    }
    return line;
  }

  /** A spreadsheet program must not take a cell for a formula: an apostrophe makes it text. */
  static String harmless(String cell) {
    if (cell.isEmpty()) {
      return cell;
    }
    return switch (cell.charAt(0)) {
      case '=', '+', '-', '@', '\t', '\r', '\n' -> "'" + cell;
      default -> cell;
    };
  }

  private static ICSVWriter csv(OutputStream target) throws IOException {
    Writer writer = new OutputStreamWriter(target, StandardCharsets.UTF_8);
    writer.write('\uFEFF'); // Excel takes a file without it for the local code page.
    return new CSVWriterBuilder(writer).withLineEnd("\r\n").build();
  }
}
