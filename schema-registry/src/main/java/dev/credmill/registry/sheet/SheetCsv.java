package dev.credmill.registry.sheet;

import com.opencsv.CSVWriter;
import com.opencsv.CSVWriterBuilder;
import com.opencsv.ICSVWriter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;

/** A sheet as CSV. */
final class SheetCsv {
  /** Without it Excel takes UTF-8 for the code page of the country. */
  private static final String BYTE_ORDER_MARK = "\uFEFF";

  private SheetCsv() {}

  static String of(Sheet sheet) {
    StringWriter text = new StringWriter();
    text.write(BYTE_ORDER_MARK);
    try (ICSVWriter writer =
        new CSVWriterBuilder(text).withLineEnd(CSVWriter.RFC4180_LINE_END).build()) {
      writer.writeNext(sheet.headings().toArray(String[]::new), false);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }
}
