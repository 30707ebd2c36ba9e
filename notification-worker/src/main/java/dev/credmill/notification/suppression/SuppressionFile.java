package dev.credmill.notification.suppression;

import com.opencsv.CSVReader;
import com.opencsv.CSVWriterBuilder;
import com.opencsv.ICSVWriter;
import com.opencsv.exceptions.CsvException;
import dev.credmill.contracts.event.Medium;
import dev.credmill.contracts.problem.ProblemType;
import dev.credmill.contracts.sheet.Formulas;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * A suppression list as a CSV file: columns Medium, Contact, Reason, Words, Created. Only the first
 * two are read; without Medium every contact with an @ is an email address.
 */
final class SuppressionFile {
  private static final List<String> HEADER =
      List.of("Medium", "Contact", "Reason", "Words", "Created");
  private static final int MOST_FAULTS = 100;
  private static final int LONGEST_WORDS = 400;

  private SuppressionFile() {}

  /** A line that cannot be taken. */
  record Fault(long line, String message) {}

  /** What a file holds. */
  record Content(List<Suppression> entries, List<Fault> faults) {}

  static Content read(InputStream file, int most, Instant now, String createdBy) {
    List<Suppression> entries = new ArrayList<>();
    List<Fault> faults = new ArrayList<>();
    try (CSVReader lines =
        new CSVReader(new InputStreamReader(file, StandardCharsets.UTF_8.newDecoder()))) {
      String[] first = lines.readNext();
      if (first == null) {
        throw ProblemType.FILE_EMPTY.because("Send a CSV file with a column Contact");
      }
      List<String> header =
          Arrays.stream(first)
              .map(cell -> cell.replace("\uFEFF", "").strip().toLowerCase(Locale.ROOT))
              .toList();
      int contact = header.indexOf("contact");
      if (contact < 0) {
        throw ProblemType.SHEET_HEADER_MISMATCH.because(
            "The file needs a column Contact; GET /v1/suppressions.csv shows the others");
      }
      for (String[] cells = lines.readNext(); cells != null; cells = lines.readNext()) {
        line(cells, contact, header, lines.getLinesRead(), now, createdBy, entries, faults);
        if (entries.size() + faults.size() > most) {
          throw ProblemType.SHEET_LIMIT_EXCEEDED.because(
              "The file has more than %d lines; split it".formatted(most));
        }
      }
    } catch (CharacterCodingException _) {
      throw ProblemType.FILE_NOT_UTF8.because("Save the file as \"CSV UTF-8\" and send it again");
    } catch (CsvException | IOException _) {
      throw ProblemType.FILE_MALFORMED.because("The file cannot be read as CSV");
    }
    return new Content(entries, faults.subList(0, Math.min(MOST_FAULTS, faults.size())));
  }

  private static void line(
      String[] cells,
      int contactColumn,
      List<String> header,
      long line,
      Instant now,
      String createdBy,
      List<Suppression> entries,
      List<Fault> faults) {
    String contact = cell(cells, contactColumn);
    String medium = cell(cells, header.indexOf("medium")).toUpperCase(Locale.ROOT);
    if (contact.isEmpty()) {
      return;
    }
    Medium meant;
    switch (medium) {
      case "" -> meant = contact.contains("@") ? Medium.EMAIL : Medium.SMS;
      case "EMAIL" -> meant = Medium.EMAIL;
      case "SMS" -> meant = Medium.SMS;
      default -> {
        faults.add(new Fault(line, "Write EMAIL or SMS as the medium"));
        return;
      }
    }
    if (!Contacts.isPossible(meant, contact)) {
      faults.add(new Fault(line, Contacts.advice(meant)));
      return;
    }
    String words = cell(cells, header.indexOf("words"));
    entries.add(
        new Suppression(
            meant,
            contact,
            Suppression.Reason.MANUAL,
            words.isEmpty() ? null : words.substring(0, Math.min(LONGEST_WORDS, words.length())),
            now,
            createdBy));
  }

  private static String cell(String[] cells, int index) {
    return index < 0 || index >= cells.length
        ? ""
        : Formulas.unescaped(cells[index].replace("\0", "").strip());
  }

  /** Writes a list, part by part. */
  static final class Output implements AutoCloseable {
    private final ICSVWriter csv;

    Output(OutputStream target) throws IOException {
      OutputStreamWriter writer = new OutputStreamWriter(target, StandardCharsets.UTF_8);
      writer.write('\uFEFF'); // Excel takes a file without it for the local code page.
      csv = new CSVWriterBuilder(writer).withLineEnd("\r\n").build();
      csv.writeNext(HEADER.toArray(String[]::new), false);
    }

    void write(Suppression entry) {
      csv.writeNext(
          new String[] {
            entry.medium().name(),
            Formulas.escaped(entry.contact()),
            entry.reason().name(),
            entry.words() == null ? "" : Formulas.escaped(entry.words()),
            entry.createdAt().toString()
          },
          false);
    }

    @Override
    public void close() throws IOException {
      csv.close();
    }
  }
}
