package dev.credmill.batch.row;

import dev.credmill.batch.Batch;
import dev.credmill.contracts.problem.ProblemType;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;

/** Sheets of a batch as files to download, written while they are read. */
@ApplicationScoped
class Downloads {
  static final String XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

  private final Rows rows;
  private final SheetReport report;

  Downloads(Rows rows, SheetReport report) {
    this.rows = rows;
    this.report = report;
  }

  /** What writes the lines of a sheet. */
  @FunctionalInterface
  private interface Lines {
    void write(SheetOutput sheet) throws IOException;
  }

  Response reportCsv(Batch batch) {
    String url = rows.publicUrl(batch);
    return csv(batch, "report", sheet -> report.write(batch, url, RowTable.Filter.ANY, sheet));
  }

  Response reportXlsx(Batch batch) {
    String url = rows.publicUrl(batch);
    return xlsx(batch, "Report", sheet -> report.write(batch, url, RowTable.Filter.ANY, sheet));
  }

  Response errorsCsv(Batch batch) {
    return csv(batch, "errors", sheet -> report.writeErrors(batch, sheet));
  }

  Response errorsXlsx(Batch batch) {
    return xlsx(batch, "Errors", sheet -> report.writeErrors(batch, sheet));
  }

  Response undelivered(Batch batch) {
    String url = rows.publicUrl(batch);
    return csv(
        batch,
        "delivery-report",
        sheet -> report.write(batch, url, RowTable.Filter.UNDELIVERED, sheet));
  }

  private static Response csv(Batch batch, String what, Lines lines) {
    return download(
        what + "-" + batch.id + ".csv",
        "text/csv; charset=utf-8",
        out -> {
          try (SheetOutput sheet = new CsvOutput(out)) {
            lines.write(sheet);
          }
        });
  }

  private static Response xlsx(Batch batch, String title, Lines lines) {
    String what = title.toLowerCase(java.util.Locale.ROOT);
    if (batch.rowsRead > XlsxOutput.MOST_ROWS) {
      throw ProblemType.CONFLICT.because(
          "The batch has %d rows, more than a workbook can hold; take %s.csv"
              .formatted(batch.rowsRead, what));
    }
    return download(
        what + "-" + batch.id + ".xlsx",
        XLSX,
        out -> {
          try (SheetOutput sheet = new XlsxOutput(out, title)) {
            lines.write(sheet);
          }
        });
  }

  private static Response download(String fileName, String type, StreamingOutput content) {
    return Response.ok(content, type)
        .header("Content-Disposition", "attachment; filename=\"%s\"".formatted(fileName))
        .header("Cache-Control", "private, no-store")
        .build();
  }
}
