package dev.credmill.batch.sheet;

import dev.credmill.contracts.problem.ProblemException;
import dev.credmill.contracts.problem.ProblemType;

/** What a parser of hostile files threw, as the problem that a person is told. */
final class Trouble {
  private static final int DEEPEST = 20;

  private Trouble() {}

  /**
   * The problem.
   *
   * @param place where in the file it was met
   * @throws FileUnreachable when it was no fault of the file
   */
  static ProblemException problem(Throwable thrown, String place) {
    Throwable cause = thrown;
    // Libraries wrap what the streams below them throw.
    for (int depth = 0; cause != null && depth < DEEPEST; depth++) {
      switch (cause) {
        case ProblemException problem -> {
          return problem;
        }
        case Unreadable unreadable -> {
          return unreadable.at(place);
        }
        case FileUnreachable unreachable -> throw unreachable;
        default -> cause = cause.getCause();
      }
    }
    if (thrown instanceof StackOverflowError || thrown instanceof OutOfMemoryError) {
      return ProblemType.SHEET_LIMIT_EXCEEDED.because(
          place + ": this is too large or too deeply nested to be read; split the sheet");
    }
    return Unreadable.malformed("this is not as an XLSX workbook must be").at(place);
  }
}
