package dev.credmill.batch.correction;

import dev.credmill.batch.Batch;
import dev.credmill.batch.row.ErrorColumns;
import dev.credmill.batch.row.ReportColumns;
import dev.credmill.batch.sheet.Header;
import dev.credmill.batch.sheet.SheetColumns;
import dev.credmill.contracts.problem.Problem;
import dev.credmill.contracts.problem.ProblemException;
import dev.credmill.contracts.problem.ProblemType;
import dev.credmill.contracts.sheet.Formulas;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * How the columns of a sheet of corrections lie over those of the batch. Columns that it has not
 * stay as they are.
 *
 * @param row where the number of the row to correct stands; -1 where the sheet has no such column
 * @param reference where its reference stands; -1 likewise
 * @param places for each column the place in the batch's header; -1 for those of the error file or
 *     the report
 */
record CorrectedColumns(int row, int reference, List<Integer> places) {

  /**
   * Matches the header of a sheet of corrections with that of the batch.
   *
   * @throws ProblemException naming the columns that the batch has not, or when nothing tells which
   *     rows are meant
   */
  static CorrectedColumns of(List<String> header, Batch batch) {
    Header own = batch.meaning();
    ErrorColumns added = ErrorColumns.of(batch.header);
    int row = -1;
    List<Integer> places = new ArrayList<>();
    List<Problem.Fault> unknown = new ArrayList<>();
    for (int i = 0; i < header.size(); i++) {
      String heading = header.get(i).strip();
      int place = place(own, heading);
      places.add(place);
      if (heading.equalsIgnoreCase(added.row())) {
        row = i;
      } else if (place < 0
          && !heading.isEmpty()
          && !heading.equalsIgnoreCase(added.error())
          && !ReportColumns.has(heading)) {
        unknown.add(
            new Problem.Fault(
                heading.substring(0, Math.min(80, heading.length())),
                "unknown-column",
                "The batch has no such column; remove it"));
      }
    }
    if (!unknown.isEmpty()) {
      throw new ProblemException(
          Problem.of(
              ProblemType.SHEET_HEADER_MISMATCH,
              "The batch has no columns "
                  + String.join(", ", unknown.stream().map(f -> "\"" + f.field() + "\"").toList()),
              unknown));
    }
    mustBeDifferent(places, header);
    int reference = reference(own, places);
    if (row < 0 && reference < 0) {
      throw ProblemType.SHEET_HEADER_MISMATCH.because(
          "Nothing tells which rows are meant: keep the column \"%s\" of the error file or the report, /v1/batches/%s/report.csv, or the column Reference"
              .formatted(added.row(), batch.id));
    }
    return new CorrectedColumns(row, reference, places);
  }

  /**
   * Finds the columns of single cells.
   *
   * @throws ProblemException naming the columns that the batch has not
   */
  static CorrectedColumns ofCells(List<String> headings, Batch batch) {
    Header own = batch.meaning();
    List<Integer> places = headings.stream().map(heading -> place(own, heading.strip())).toList();
    if (places.contains(-1)) {
      throw ProblemType.INVALID_BODY.because(
          "The batch has no column \"%s\"; its columns are %s"
              .formatted(
                  shortened(headings.get(places.indexOf(-1))), shortened(batch.header.toString())));
    }
    mustBeDifferent(places, headings);
    return new CorrectedColumns(-1, -1, places);
  }

  /** One cell cannot become two things. */
  private static void mustBeDifferent(List<Integer> places, List<String> headings) {
    Set<Integer> seen = new HashSet<>();
    for (int i = 0; i < places.size(); i++) {
      if (places.get(i) >= 0 && !seen.add(places.get(i))) {
        throw ProblemType.SHEET_HEADER_MISMATCH.because(
            "\"%s\" names a column that another heading names too; keep one of them"
                .formatted(shortened(headings.get(i).strip())));
      }
    }
  }

  private static String shortened(String text) {
    return text.length() <= 500 ? text : text.substring(0, 500) + "...";
  }

  private static int place(Header own, String heading) {
    for (int i = 0; i < own.width(); i++) {
      if (!heading.isEmpty() && own.sheet().get(i).strip().equalsIgnoreCase(heading)) {
        return i;
      }
    }
    return heading.isEmpty() ? -1 : own.indexOf(heading);
  }

  private static int reference(Header own, List<Integer> places) {
    int place = own.indexOf(SheetColumns.REFERENCE);
    return place < 0 ? -1 : places.indexOf(place);
  }

  /** The cells of the row with the corrected ones in their places, as many as the header has. */
  String[] over(List<String> cells, String[] corrected, int width) {
    String[] result = new String[width];
    for (int i = 0; i < width; i++) {
      result[i] = i < cells.size() ? cells.get(i) : "";
    }
    for (int i = 0; i < places.size(); i++) {
      String cell = i < corrected.length ? corrected[i] : "";
      if (places.get(i) >= 0 && !isCut(cell)) {
        result[places.get(i)] = row >= 0 ? Formulas.unescaped(cell) : cell;
      }
    }
    return result;
  }

  /** A cell that was too long for the error file says nothing: the row keeps its own. */
  private boolean isCut(String cell) {
    return row >= 0 && cell.endsWith(ErrorColumns.CUT);
  }
}
