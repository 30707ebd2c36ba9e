package dev.credmill.batch.revocation;

import dev.credmill.batch.sheet.Sheet;
import dev.credmill.contracts.problem.ProblemType;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The column of a sheet that names credentials, a bounded number of them. */
final class NamesSheet implements Sheet.Rows {
  /** In the order in which they are looked for. */
  private static final List<String> HEADINGS =
      List.of("credential id", "credentialid", "cred_url", "credurl", "reference");

  private static final int LONGEST = 1_000;
  private final int column;
  private final int most;
  private final List<String> names = new ArrayList<>();

  NamesSheet(List<String> header, int most) {
    List<String> headings =
        header.stream().map(cell -> cell.strip().toLowerCase(Locale.ROOT)).toList();
    this.column =
        HEADINGS.stream()
            .mapToInt(headings::indexOf)
            .filter(found -> found >= 0)
            .findFirst()
            .orElseThrow(
                () ->
                    ProblemType.SHEET_HEADER_MISMATCH.because(
                        "No column is headed Credential ID, Cred_URL or Reference; one of these must name the credentials"));
    this.most = most;
  }

  @Override
  public boolean row(int number, String[] cells) {
    if (number == 1 || Sheet.isBlank(cells)) {
      return true;
    }
    String name = column < cells.length ? cells[column].strip() : "";
    if (name.isEmpty() || name.length() > LONGEST) {
      throw ProblemType.SHEET_LIMIT_EXCEEDED.because(
          "Row %d of your sheet names no credential. Nothing was changed".formatted(number));
    }
    if (names.size() == most) {
      throw ProblemType.SHEET_LIMIT_EXCEEDED.because(
          "At most %d credentials are changed with one call; send the rest with another"
              .formatted(most));
    }
    names.add(name);
    return true;
  }

  List<String> names() {
    if (names.isEmpty()) {
      throw ProblemType.SHEET_WITHOUT_ROWS.because(
          "The sheet names no credential below its header");
    }
    return names;
  }
}
