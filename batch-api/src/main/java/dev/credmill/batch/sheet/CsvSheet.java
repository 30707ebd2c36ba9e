package dev.credmill.batch.sheet;

import com.opencsv.CSVReader;
import com.opencsv.CSVReaderBuilder;
import com.opencsv.RFC4180ParserBuilder;
import com.opencsv.enums.CSVReaderNullFieldIndicator;
import com.opencsv.exceptions.CsvException;
import dev.credmill.batch.BatchConfig;
import dev.credmill.contracts.problem.ProblemException;
import dev.credmill.contracts.problem.ProblemType;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.CharacterCodingException;

/**
 * The records of a CSV file (RFC 4180), one at a time. Files are hostile: everything is limited
 * before the parser gets it, and whatever the parser throws becomes a problem that names the row.
 */
public final class CsvSheet implements Sheet {
  private final BatchConfig limits;
  private final GuardedReader guard;
  private final CSVReader reader;
  private int number;

  public CsvSheet(InputStream file, long size, SheetFormat.Csv format, BatchConfig limits) {
    this.limits = limits;
    this.guard = new GuardedReader(Utf8.strictly(file), limits.maxRecord());
    this.reader =
        new CSVReaderBuilder(guard)
            .withCSVParser(
                new RFC4180ParserBuilder()
                    .withSeparator(format.delimiter())
                    .withFieldAsNull(CSVReaderNullFieldIndicator.NEITHER)
                    .build())
            .withVerifyReader(false)
            .build();
  }

  /** The spreadsheet's number of the record that {@link #next} gave last; the header is row 1. */
  public int number() {
    return number;
  }

  /**
   * The cells of the next record; a blank line is a record with one empty cell.
   *
   * @return null at the end of the file
   * @throws ProblemException when the file cannot be read on
   */
  public String[] next() {
    guard.startRecord();
    try {
      String[] cells = reader.readNext();
      if (cells != null) {
        number++;
        check(cells);
      }
      return cells;
    } catch (RecordTooLong e) {
      throw ProblemType.SHEET_LIMIT_EXCEEDED.because(
          "Row %d is longer than %d characters. A quotation mark that is never closed makes a row swallow the rest of the file; close it, or shorten the row"
              .formatted(number + 1, limits.maxRecord()));
    } catch (NulInText e) {
      throw ProblemType.FILE_MALFORMED.because(
          "Row %d holds a NUL character, which no text has. Save the sheet as CSV UTF-8 again"
              .formatted(number + 1));
    } catch (CharacterCodingException e) {
      throw ProblemType.FILE_NOT_UTF8.because(
          "At row %d or shortly after it there are bytes that are not UTF-8, so letters of a name would be guessed. Save the sheet as \"CSV UTF-8\" and upload it again"
              .formatted(number + 1));
    } catch (ProblemException | FileUnreachable e) {
      throw e;
    } catch (IOException | CsvException | RuntimeException e) {
      throw ProblemType.FILE_MALFORMED.because(
          "Row %d cannot be read as CSV. Check its quotation marks: a cell that holds one must be quoted and have it doubled"
              .formatted(number + 1));
    } catch (StackOverflowError | OutOfMemoryError e) {
      throw ProblemType.SHEET_LIMIT_EXCEEDED.because(
          "Row %d is too large to be read".formatted(number + 1));
    }
  }

  private void check(String[] cells) {
    if (cells.length > limits.maxColumns()) {
      throw ProblemType.SHEET_LIMIT_EXCEEDED.because(
          "Row %d has %d columns; %d are the most"
              .formatted(number, cells.length, limits.maxColumns()));
    }
    for (String cell : cells) {
      if (cell.length() > limits.maxCell()) {
        throw ProblemType.SHEET_LIMIT_EXCEEDED.because(
            "A cell of row %d has %d characters; %d are the most"
                .formatted(number, cell.length(), limits.maxCell()));
      }
    }
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
    return 0.5;
  }

  @Override
  public void close() {
    try {
      reader.close();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /** Whether a record is only a blank line or empty cells. */
  public static boolean isBlank(String[] cells) {
    for (String cell : cells) {
      if (!cell.isBlank()) {
        return false;
      }
    }
    return true;
  }

  /** More characters in one record than allowed. */
  static final class RecordTooLong extends IOException {
    private static final long serialVersionUID = 1;
  }

  /** A NUL where text is expected. */
  static final class NulInText extends IOException {
    private static final long serialVersionUID = 1;
  }
}
