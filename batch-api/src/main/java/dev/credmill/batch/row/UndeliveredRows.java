package dev.credmill.batch.row;

import dev.credmill.batch.Batch;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The rows with a message that did not arrive, as a sheet that a mail can carry. */
@ApplicationScoped
public class UndeliveredRows {
  /** Mail servers take 10 MB and more, and encoding adds a third. */
  private static final int MOST_BYTES = 2 << 20;

  private final Rows rows;
  private final SheetReport report;

  UndeliveredRows(Rows rows, SheetReport report) {
    this.rows = rows;
    this.report = report;
  }

  /** As many as a mail can carry, and how many those are. */
  public record Sheet(String csv, int rows) {}

  public Sheet sheet(Batch batch) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    Bounded bounded = new Bounded(bytes);
    try (bounded) {
      report.write(batch, rows.publicUrl(batch), RowTable.Filter.UNDELIVERED, bounded);
    } catch (Full _) {
      // the rest is to be downloaded
    }
    return new Sheet(bytes.toString(StandardCharsets.UTF_8), bounded.lines - 1);
  }

  private static final class Full extends IOException {
    private static final long serialVersionUID = 1;
  }

  /** Takes lines until there are bytes enough. */
  private static final class Bounded implements SheetOutput {
    private final ByteArrayOutputStream bytes;
    private final CsvOutput csv;
    private int lines;

    Bounded(ByteArrayOutputStream bytes) throws IOException {
      this.bytes = bytes;
      this.csv = new CsvOutput(bytes);
    }

    @Override
    public void line(List<String> cells) throws IOException {
      if (bytes.size() > MOST_BYTES) {
        throw new Full();
      }
      csv.line(cells);
      lines++;
    }

    @Override
    public void flush() throws IOException {
      csv.flush();
    }

    @Override
    public void close() throws IOException {
      csv.close();
    }
  }
}
