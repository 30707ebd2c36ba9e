package dev.credmill.batch.row;

import com.opencsv.CSVWriterBuilder;
import com.opencsv.ICSVWriter;
import dev.credmill.contracts.sheet.Formulas;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** CSV that spreadsheet programs open as it is meant: with a byte order mark, and no formulas. */
final class CsvOutput implements SheetOutput {
  private final ICSVWriter csv;

  CsvOutput(OutputStream target) throws IOException {
    Writer writer = new OutputStreamWriter(target, StandardCharsets.UTF_8);
    writer.write('\uFEFF'); // Excel takes a file without it for the local code page.
    csv = new CSVWriterBuilder(writer).withLineEnd("\r\n").build();
  }

  @Override
  public void line(List<String> cells) {
    csv.writeNext(cells.stream().map(Formulas::escaped).toArray(String[]::new), false);
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
