package dev.credmill.batch.sheet;

import dev.credmill.contracts.problem.Problem;
import dev.credmill.contracts.problem.ProblemException;
import dev.credmill.contracts.problem.ProblemType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The first row of a sheet, and what its headings mean here.
 *
 * @param sheet the headings as the sheet has them
 * @param meaning for each of them our heading; empty where the column is to be left alone
 */
public record Header(List<String> sheet, List<String> meaning) {
  private static final int LONGEST_SHOWN = 80;

  public Header {
    sheet = List.copyOf(sheet);
    meaning = List.copyOf(meaning);
    if (sheet.size() != meaning.size()) {
      throw new IllegalArgumentException(
          "%d headings, %d meanings".formatted(sheet.size(), meaning.size()));
    }
  }

  /**
   * The header with a mapping applied, without regard to case and surrounding space.
   *
   * @param mapping from a heading of the sheet to ours, or to null for a column to be left alone;
   *     headings that it does not name mean themselves
   * @throws ProblemException when it names headings that the sheet has not
   */
  public static Header of(List<String> sheet, Map<String, String> mapping) {
    Map<String, String> meant = new HashMap<>();
    mapping.forEach((from, to) -> meant.put(key(from), to == null ? "" : to.strip()));
    List<String> meaning = new ArrayList<>(sheet.size());
    for (String heading : sheet) {
      String to = meant.get(key(heading));
      meaning.add(to == null ? heading.strip() : to);
    }
    List<String> present = sheet.stream().map(Header::key).toList();
    List<Problem.Fault> absent =
        mapping.keySet().stream()
            .filter(from -> !present.contains(key(from)))
            .map(
                from ->
                    new Problem.Fault(
                        shortened(from),
                        "missing-column",
                        "The mapping names this heading, and the sheet has none such"))
            .toList();
    if (!absent.isEmpty()) {
      throw new ProblemException(
          Problem.of(
              ProblemType.SHEET_HEADER_MISMATCH,
              "The mapping names headings that the sheet has not: "
                  + String.join(", ", absent.stream().map(Problem.Fault::field).toList()),
              absent));
    }
    return new Header(sheet, meaning);
  }

  public static Header of(List<String> sheet) {
    return of(sheet, Map.of());
  }

  public int width() {
    return sheet.size();
  }

  /** Where the column of that meaning stands; -1 where the sheet has none. */
  public int indexOf(String heading) {
    String wanted = key(heading);
    for (int i = 0; i < meaning.size(); i++) {
      if (key(meaning.get(i)).equals(wanted)) {
        return i;
      }
    }
    return -1;
  }

  /** What people see above that column; our own heading where the sheet has no such column. */
  public String shown(int index, String heading) {
    return index < 0 ? heading : shortened(sheet.get(index).strip());
  }

  /** Two headings with the same key mean the same. */
  static String key(String heading) {
    return heading.strip().toLowerCase(Locale.ROOT);
  }

  static String shortened(String heading) {
    return heading.length() <= LONGEST_SHOWN
        ? heading
        : heading.substring(0, LONGEST_SHOWN - 3) + "...";
  }
}
