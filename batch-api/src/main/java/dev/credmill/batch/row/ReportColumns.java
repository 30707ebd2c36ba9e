package dev.credmill.batch.row;

import java.util.List;

/** The columns that a report adds behind the uploaded ones. */
public final class ReportColumns {
  public static final List<String> ALL =
      List.of(
          "Row",
          "Issue",
          "Email Delivery",
          "SMS Delivery",
          "Claim",
          "Validity",
          "Credential ID",
          "Cred_URL",
          "Problem",
          "Email Problem",
          "SMS Problem");

  private ReportColumns() {}

  /** Whether a report adds a column of that heading. */
  public static boolean has(String heading) {
    return ALL.stream().anyMatch(heading::equalsIgnoreCase);
  }
}
