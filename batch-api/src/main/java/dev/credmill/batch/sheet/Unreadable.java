package dev.credmill.batch.sheet;

import dev.credmill.contracts.problem.ProblemException;
import dev.credmill.contracts.problem.ProblemType;

/** What is wrong with a file, said where the row or the part is not known. */
final class Unreadable extends RuntimeException {
  private static final long serialVersionUID = 1;
  private static final String ADVICE =
      "Open the workbook in the spreadsheet program, save it as XLSX again and upload that file";
  private final ProblemType type;

  private Unreadable(ProblemType type, String what) {
    super(what, null, false, false);
    this.type = type;
  }

  static Unreadable malformed(String what) {
    return new Unreadable(ProblemType.FILE_MALFORMED, what);
  }

  static Unreadable tooMuch(String what) {
    return new Unreadable(ProblemType.SHEET_LIMIT_EXCEEDED, what);
  }

  /** The problem, with the place where it was met. */
  ProblemException at(String place) {
    String detail = place + ": " + getMessage();
    return type.because(type == ProblemType.FILE_MALFORMED ? detail + ". " + ADVICE : detail);
  }
}
