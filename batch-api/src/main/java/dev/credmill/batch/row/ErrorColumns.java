package dev.credmill.batch.row;

import java.util.List;

/**
 * The two columns that an error file adds to the uploaded ones.
 *
 * @param row heads the row's number
 * @param error heads what is wrong
 */
public record ErrorColumns(String row, String error) {
  /** Ends a cell that is longer than a workbook's cells may be. */
  public static final String CUT = "... [cut]";

  /** Headings that the sheet does not have itself. */
  public static ErrorColumns of(List<String> header) {
    return new ErrorColumns(free("Row", header), free("Error", header));
  }

  private static String free(String heading, List<String> header) {
    String free = heading;
    while (contains(header, free)) {
      free = free + " *";
    }
    return free;
  }

  private static boolean contains(List<String> header, String heading) {
    return header.stream().anyMatch(h -> h.strip().equalsIgnoreCase(heading));
  }
}
