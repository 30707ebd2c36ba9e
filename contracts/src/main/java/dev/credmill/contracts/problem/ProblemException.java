package dev.credmill.contracts.problem;

/**
 * Ends a request with a problem. Thrown for what callers do wrong, so it carries no stack trace.
 */
public final class ProblemException extends RuntimeException {
  private static final long serialVersionUID = 1;
  private final transient Problem problem;

  public ProblemException(Problem problem) {
    super(problem.title() + ": " + problem.detail(), null, false, false);
    this.problem = problem;
  }

  public Problem problem() {
    return problem;
  }
}
