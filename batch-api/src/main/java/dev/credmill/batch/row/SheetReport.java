package dev.credmill.batch.row;

import dev.credmill.batch.Batch;
import dev.credmill.contracts.problem.Problem;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The uploaded sheet with what became of it, read and written a thousand rows at a time. */
@ApplicationScoped
class SheetReport {
  private static final int CHUNK = 1_000;
  private final RowTable rows;

  SheetReport(RowTable rows) {
    this.rows = rows;
  }

  void write(Batch batch, String publicUrl, RowTable.Filter filter, SheetOutput out)
      throws IOException {
    out.line(line(batch.header.size(), batch.header, ReportColumns.ALL));
    for (int after = 1; ; ) {
      List<RowTable.Reported> chunk = rows.read(batch, publicUrl, filter, after, CHUNK, false);
      for (RowTable.Reported row : chunk) {
        out.line(line(batch.header.size(), row.cells().get(), result(row.view())));
      }
      out.flush();
      if (chunk.size() < CHUNK) {
        return;
      }
      after = chunk.getLast().view().number();
    }
  }

  void writeErrors(Batch batch, SheetOutput out) throws IOException {
    RowTable.Filter invalid =
        new RowTable.Filter(IssueStatus.INVALID, Set.of(), null, null, null, null);
    ErrorColumns added = ErrorColumns.of(batch.header);
    out.line(line(batch.header.size(), batch.header, List.of(added.row(), added.error())));
    for (int after = 1; ; ) {
      List<RowTable.Reported> chunk = rows.read(batch, "", invalid, after, CHUNK, false);
      if (chunk.isEmpty()) {
        return;
      }
      Map<Integer, List<String>> errors = errors(batch, after, chunk.getLast().view().number());
      for (RowTable.Reported row : chunk) {
        int number = row.view().number();
        String error = String.join(" | ", errors.getOrDefault(number, List.of()));
        out.line(
            line(batch.header.size(), row.cells().get(), List.of(Integer.toString(number), error)));
      }
      out.flush();
      after = chunk.getLast().view().number();
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
            .add(
                error.column().isEmpty()
                    ? error.message()
                    : error.column() + ": " + error.message());
      }
      if (part.size() < CHUNK) {
        return byRow;
      }
      row = part.getLast().row();
      ordinal = part.getLast().ordinal();
    }
  }

  private static List<String> result(RowView row) {
    RowView.DeliveryProblems messages = row.deliveryProblems();
    return List.of(
        Integer.toString(row.number()),
        row.issue().name(),
        row.delivery().email().name(),
        row.delivery().sms().name(),
        row.claim().name(),
        row.validity() == null ? "" : row.validity().name(),
        text(row.credentialId()),
        text(row.credUrl()),
        problem(row.problem()),
        messages == null ? "" : problem(messages.email()),
        messages == null ? "" : problem(messages.sms()));
  }

  private static String problem(Problem problem) {
    return problem == null ? "" : problem.title() + ": " + text(problem.detail());
  }

  private static String text(String value) {
    return value == null ? "" : value;
  }

  /** The uploaded cells, padded to the header's width, and ours behind them. */
  private static List<String> line(int width, List<String> uploaded, List<String> ours) {
    List<String> line = new ArrayList<>(width + ours.size());
    for (int i = 0; i < width; i++) {
      line.add(i < uploaded.size() ? uploaded.get(i) : "");
    }
    line.addAll(ours);
    return line;
  }
}
