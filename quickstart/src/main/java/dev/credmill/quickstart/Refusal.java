package dev.credmill.quickstart;

/** What was asked for cannot be done; the message says why and what to do instead. */
final class Refusal extends RuntimeException {
  private static final long serialVersionUID = 1;

  Refusal(String message) {
    super(message);
  }

  Refusal(String message, Throwable cause) {
    super(message, cause);
  }
}
