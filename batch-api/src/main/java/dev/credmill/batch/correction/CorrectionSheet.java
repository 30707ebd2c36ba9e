package dev.credmill.batch.correction;

import dev.credmill.batch.sheet.Sheet;
import dev.credmill.contracts.problem.ProblemType;
import java.util.ArrayList;
import java.util.List;

/** The rows of a sheet of corrections, a bounded number of them. */
final class CorrectionSheet implements Sheet.Rows {
  private static final long MOST_CHARACTERS = 16L << 20;
  private final CorrectedColumns columns;
  private final int most;
  private final List<Line> lines = new ArrayList<>();
  private long characters;

  CorrectionSheet(CorrectedColumns columns, int most) {
    this.columns = columns;
    this.most = most;
  }

  /**
   * A row of the sheet of corrections.
   *
   * @param line its own number in that sheet
   * @param number of the row that it corrects; 0 where it is named by its reference
   */
  record Line(int line, int number, String reference, String[] cells) {}

  @Override
  public boolean row(int number, String[] cells) {
    if (number == 1 || Sheet.isBlank(cells)) {
      return true;
    }
    if (lines.size() == most) {
      throw ProblemType.SHEET_LIMIT_EXCEEDED.because(
          "A sheet of corrections has at most %d rows; send the rest in another one"
              .formatted(most));
    }
    for (String cell : cells) {
      characters += cell.length();
    }
    if (characters > MOST_CHARACTERS) {
      throw ProblemType.SHEET_LIMIT_EXCEEDED.because(
          "The sheet of corrections has more than %d characters; send the rest in another one"
              .formatted(MOST_CHARACTERS));
    }
    String row = cell(cells, columns.row());
    String reference = cell(cells, columns.reference());
    Line line = new Line(number, row.isEmpty() ? 0 : rowNumber(number, row), reference, cells);
    if (line.number() == 0 && reference.isEmpty()) {
      throw ProblemType.CORRECTION_UNKNOWN_ROW.because(
          "Row %d of your sheet says neither by Row nor by Reference which row it corrects. Nothing was changed"
              .formatted(number));
    }
    lines.add(line);
    return true;
  }

  private static int rowNumber(int line, String text) {
    try {
      int number = Integer.parseInt(text);
      if (number >= 2) {
        return number;
      }
    } catch (NumberFormatException e) {
      // told below
    }
    throw ProblemType.CORRECTION_UNKNOWN_ROW.because(
        "Row %d of your sheet has no row number in the column Row. Nothing was changed"
            .formatted(line));
  }

  private static String cell(String[] cells, int index) {
    return index < 0 || index >= cells.length ? "" : cells[index].strip();
  }

  List<List<Line>> chunks(int size) {
    List<List<Line>> chunks = new ArrayList<>();
    for (int from = 0; from < lines.size(); from += size) {
      chunks.add(lines.subList(from, Math.min(from + size, lines.size())));
    }
    return chunks;
  }
}
