package dev.credmill.registry.sheet;

import com.opencsv.CSVWriter;
import com.opencsv.CSVWriterBuilder;
import com.opencsv.ICSVWriter;
import dev.credmill.contracts.event.Medium;
import dev.credmill.contracts.registry.CredentialDefinition.Column;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The empty sheet that an issuer fills in: a heading per column and nothing below it, since a
 * sample row would be issued by mistake one day.
 *
 * @param headings in the order of the columns
 */
record Sheet(List<String> headings) {
  /** Without it Excel takes UTF-8 for the code page of the country. */
  private static final String BYTE_ORDER_MARK = "\uFEFF";

  Sheet {
    headings = List.copyOf(headings);
  }

  /**
   * The sheet for these claims and media.
   *
   * @param withOptional whether to add the columns that most sheets do without
   */
  static Sheet of(List<Column> claims, Set<Medium> media, boolean withOptional) {
    List<String> headings = new ArrayList<>();
    if (withOptional) {
      headings.add("Reference");
    }
    headings.add("First Name");
    headings.add("Last Name");
    if (media.contains(Medium.EMAIL)) {
      headings.add("Email");
    }
    if (media.contains(Medium.SMS)) {
      headings.add("Phone");
    }
    headings.add("Expiration");
    if (withOptional) {
      headings.add("Language");
    }
    claims.forEach(claim -> headings.add(claim.heading()));
    return new Sheet(headings);
  }

  String csv() {
    StringWriter text = new StringWriter();
    text.write(BYTE_ORDER_MARK);
    try (ICSVWriter writer =
        new CSVWriterBuilder(text).withLineEnd(CSVWriter.RFC4180_LINE_END).build()) {
      writer.writeNext(headings.toArray(String[]::new), false);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }
}
