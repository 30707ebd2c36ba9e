package dev.credmill.batch.correction;

import dev.credmill.contracts.id.BatchId;
import dev.credmill.contracts.problem.ProblemException;
import dev.credmill.contracts.problem.ProblemType;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Finds out which rows of a batch the lines of a sheet mean; each row may be meant once. */
final class CorrectedRows {
  private final CorrectionTable table;
  private final BatchId batch;
  private final Set<Integer> seen = new HashSet<>();

  CorrectedRows(CorrectionTable table, BatchId batch) {
    this.table = table;
    this.batch = batch;
  }

  /**
   * The cells of some lines by the number of the row that is meant.
   *
   * @throws ProblemException when a line means no row, or one that another line means too
   */
  Map<Integer, String[]> of(List<CorrectionSheet.Line> lines) throws SQLException {
    List<String> references =
        lines.stream().filter(l -> l.number() == 0).map(CorrectionSheet.Line::reference).toList();
    Map<String, Integer> numbers =
        references.isEmpty() ? Map.of() : table.numbers(batch, references);
    Map<Integer, String[]> rows = new LinkedHashMap<>();
    for (CorrectionSheet.Line line : lines) {
      int number = line.number() > 0 ? line.number() : number(numbers, line);
      if (!seen.add(number)) {
        throw ProblemType.CORRECTION_UNKNOWN_ROW.because(
            "Row %d of your sheet corrects row %d of the batch, which another row of it corrects too. Nothing was changed"
                .formatted(line.line(), number));
      }
      rows.put(number, line.cells());
    }
    return rows;
  }

  private static int number(Map<String, Integer> numbers, CorrectionSheet.Line line) {
    Integer number = numbers.get(line.reference());
    if (number == null) {
      throw unknown("with the Reference of row %d of your sheet".formatted(line.line()));
    }
    if (number == 0) {
      throw ProblemType.CONFLICT.because(
          "Several rows of the batch have the Reference of row %d of your sheet; name the row by its number"
              .formatted(line.line()));
    }
    return number;
  }

  static ProblemException unknown(String row) {
    return ProblemType.CORRECTION_UNKNOWN_ROW.because(
        "The batch has no row %s. Nothing was changed; correct the sheet and upload it again"
            .formatted(row));
  }
}
