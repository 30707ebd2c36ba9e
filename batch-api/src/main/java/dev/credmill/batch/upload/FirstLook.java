package dev.credmill.batch.upload;

import dev.credmill.batch.BatchConfig;
import dev.credmill.batch.sheet.CsvSheet;
import dev.credmill.batch.sheet.Sheet;
import dev.credmill.batch.sheet.SheetFormat;
import dev.credmill.batch.sheet.XlsxSheet;
import dev.credmill.contracts.problem.ProblemException;
import dev.credmill.contracts.problem.ProblemType;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What the beginning of a file tells.
 *
 * @param rows the first rows that are not blank
 */
public record FirstLook(SheetFormat format, List<String> header, List<List<String>> rows) {
  /** Blank rows may come before the first recipient, yet not for ever. */
  private static final int FARTHEST = 1_000;

  /**
   * Looks at a file.
   *
   * @param charset what the caller said; may be null
   * @param most how many rows are wanted
   * @throws ProblemException when it cannot be read, or has no header or no rows
   */
  public static FirstLook at(Path file, String charset, BatchConfig limits, int most)
      throws IOException {
    long size = Files.size(file);
    if (size > limits.maxFileSize().asLongValue()) {
      throw ProblemType.FILE_TOO_LARGE.because(
          "The file has %d bytes; %d are the most. Split it into several files"
              .formatted(size, limits.maxFileSize().asLongValue()));
    }
    SheetFormat format = SheetFormat.detect(file, charset, limits);
    Beginning beginning = new Beginning(most);
    try (Sheet sheet = open(file, format, limits)) {
      sheet.read(beginning);
    }
    if (beginning.header == null) {
      throw ProblemType.FILE_EMPTY.because(
          "Put the header into row 1; sheets to fill in are at /v1/credential-definitions/{id}/sheet.csv");
    }
    if (beginning.rows.isEmpty() && !beginning.stopped) {
      throw ProblemType.SHEET_WITHOUT_ROWS.because(
          "Add one row for each recipient below the header and upload the sheet again");
    }
    return new FirstLook(format, beginning.header, beginning.rows);
  }

  /** A sheet from a file of this machine. */
  public static Sheet open(Path file, SheetFormat format, BatchConfig limits) throws IOException {
    return switch (format) {
      case SheetFormat.Csv csv ->
          new CsvSheet(
              new BufferedInputStream(Files.newInputStream(file)), Files.size(file), csv, limits);
      case SheetFormat.Xlsx xlsx -> new XlsxSheet(file, xlsx, limits);
    };
  }

  private static final class Beginning implements Sheet.Rows {
    private final int most;
    private final List<List<String>> rows = new ArrayList<>();
    private List<String> header;
    private boolean stopped;

    Beginning(int most) {
      this.most = most;
    }

    @Override
    public boolean row(int number, String[] cells) {
      if (header == null) {
        if (number > 1 || Sheet.isBlank(cells)) {
          throw ProblemType.FILE_EMPTY.because(
              "Row 1 is blank; put the header into row 1 and the first recipient into row 2");
        }
        header = List.of(cells);
      } else if (!Sheet.isBlank(cells)) {
        rows.add(List.of(cells));
      }
      stopped = rows.size() >= most || number >= FARTHEST;
      return !stopped;
    }
  }
}
