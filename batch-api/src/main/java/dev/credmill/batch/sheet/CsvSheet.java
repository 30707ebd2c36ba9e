package dev.credmill.batch.sheet;

import com.opencsv.ICSVParser;
import com.opencsv.RFC4180ParserBuilder;
import com.opencsv.enums.CSVReaderNullFieldIndicator;
import dev.credmill.batch.BatchConfig;
import dev.credmill.contracts.problem.ProblemException;
import dev.credmill.contracts.problem.ProblemType;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The records of a CSV file (RFC 4180). Files are hostile: everything is limited before the parser
 * gets it, and whatever the parser throws becomes a problem that names the row.
 *
 * <p>Lines are put together to records here and not by opencsv's reader, which parses a quoted cell
 * again with each of its lines (time grows with their square) and takes an inch sign in the last
 * column for the start of a cell that goes on in the next line.
 */
public final class CsvSheet implements Sheet {
  private static final int BUFFER = 32 * 1024;
  private final BatchConfig limits;
  private final SheetFormat.Csv format;
  private final long size;
  private final CsvText text;
  private final BufferedReader lines;
  private final QuotedCells quotes;
  private final ICSVParser parser;
  private int number;

  public CsvSheet(InputStream file, long size, SheetFormat.Csv format, BatchConfig limits) {
    this.limits = limits;
    this.format = format;
    this.size = size;
    this.text = new CsvText(file, format.charset(), limits.maxRecord());
    this.lines = new BufferedReader(text, BUFFER);
    this.quotes = new QuotedCells(format.delimiter());
    this.parser =
        new RFC4180ParserBuilder()
            .withSeparator(format.delimiter())
            .withFieldAsNull(CSVReaderNullFieldIndicator.NEITHER)
            .build();
  }

  @Override
  public void read(Rows rows) {
    for (String[] cells = next(); cells != null; cells = next()) {
      if (!rows.row(number, cells)) {
        return;
      }
    }
  }

  @Override
  public double share() {
    return size <= 0 ? 1 : Math.min(1, (double) text.bytesRead() / size);
  }

  private String[] next() {
    text.startRecord();
    try {
      String record = record();
      if (number == 0 && Delimiter.isDeclaration(record, format.delimiter())) {
        // Excel's "sep=;" is no row: Excel itself does not show it.
        record = record();
      }
      if (record == null) {
        return null;
      }
      String[] cells = check(parser.parseLine(record));
      number++;
      return cells;
    } catch (ProblemException | FileUnreachable e) {
      throw e;
    } catch (CsvText.RecordTooLong e) {
      throw ProblemType.SHEET_LIMIT_EXCEEDED.because(
          "Row %d is longer than %d characters. A quotation mark that is never closed makes a row swallow the rest of the file; close it, or shorten the row"
              .formatted(number + 1, limits.maxRecord()));
    } catch (CsvText.NulInText e) {
      throw ProblemType.FILE_MALFORMED.because(
          "Row %d holds a NUL character, which no text has. Save the sheet as \"CSV UTF-8\" and upload it again"
              .formatted(number + 1));
    } catch (CharacterCodingException e) {
      throw ProblemType.FILE_NOT_UTF8.because(notInCharset());
    } catch (IOException | RuntimeException e) {
      throw ProblemType.FILE_MALFORMED.because(
          "Row %d cannot be read as CSV. Check its quotation marks: a cell that holds one must be quoted and have it doubled"
              .formatted(number + 1));
    } catch (StackOverflowError | OutOfMemoryError e) {
      throw ProblemType.SHEET_LIMIT_EXCEEDED.because(
          "Row %d is too large to be read; split the sheet".formatted(number + 1));
    }
  }

  private String notInCharset() {
    if (format.charset().equals(StandardCharsets.UTF_8)) {
      return "Row %d holds bytes that are not UTF-8, so letters of a name would be guessed. Save the sheet as \"CSV UTF-8\" and upload it again; or, when it is in the charset of Western European Windows, say so with the part charset=windows-1252"
          .formatted(number + 1);
    }
    return "Row %d holds bytes that are no character in %s, so letters of a name would be guessed. Save the sheet as \"CSV UTF-8\" and upload it again"
        .formatted(number + 1, format.charset().name());
  }

  /** A line, with those that follow as long as a quoted cell is open; null at the end. */
  private String record() throws IOException {
    String line = lines.readLine();
    if (line == null || line.indexOf('"') < 0) {
      return line;
    }
    if (closed(line)) {
      return line;
    }
    StringBuilder record = new StringBuilder(line);
    do {
      line = lines.readLine();
      if (line == null) {
        throw ProblemType.FILE_MALFORMED.because(
            "In row %d a quotation mark opens a cell that is never closed, so the rest of the file belongs to it. Close it, or remove the mark"
                .formatted(number + 1));
      }
      record.append('\n').append(line);
    } while (!closed(line));
    return record.toString();
  }

  private boolean closed(String line) {
    return switch (quotes.after(line)) {
      case OPEN -> false;
      case CLOSED -> true;
      case TEXT_BEHIND_CELL ->
          throw ProblemType.FILE_MALFORMED.because(
              "In row %d there is text between a closing quotation mark and the next delimiter. Put a cell that holds a quotation mark in quotation marks, and double the one inside"
                  .formatted(number + 1));
    };
  }

  private String[] check(String[] cells) {
    if (cells.length > limits.maxColumns()) {
      cells = withoutTail(cells);
    }
    if (cells.length > limits.maxColumns()) {
      throw ProblemType.SHEET_LIMIT_EXCEEDED.because(
          "Row %d has %d columns; %d are the most. Remove those that are not needed"
              .formatted(number + 1, cells.length, limits.maxColumns()));
    }
    for (String cell : cells) {
      if (cell.length() > limits.maxCell()) {
        throw ProblemType.SHEET_LIMIT_EXCEEDED.because(
            "A cell of row %d has %d characters; %d are the most. Shorten it"
                .formatted(number + 1, cell.length(), limits.maxCell()));
      }
    }
    return cells;
  }

  /** Whoever coloured a whole row exports thousands of empty cells with it. */
  private static String[] withoutTail(String[] cells) {
    int length = cells.length;
    while (length > 1 && cells[length - 1].isEmpty()) {
      length--;
    }
    return Arrays.copyOf(cells, length);
  }

  @Override
  public void close() {
    try {
      lines.close();
    } catch (IOException e) {
      throw new FileUnreachable(e);
    }
  }
}
