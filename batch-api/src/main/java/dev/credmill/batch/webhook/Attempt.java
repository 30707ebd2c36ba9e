package dev.credmill.batch.webhook;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/** What came of sending a message once. */
sealed interface Attempt {
  /**
   * The receiver has answered.
   *
   * @param retryAfter how long it wants to be left alone; zero where it says nothing
   */
  record Answered(int status, Duration retryAfter) implements Attempt {
    public Answered {
      requireNonNull(retryAfter, "retryAfter");
    }
  }

  /** There was no answer. */
  record Unanswered(AttemptError why) implements Attempt {
    public Unanswered {
      requireNonNull(why, "why");
    }
  }

  /** Null where the message was delivered. */
  default AttemptError error() {
    return switch (this) {
      case Answered(int status, Duration _) -> AttemptError.of(status);
      case Unanswered(AttemptError why) -> why;
    };
  }

  /** Null where there was no answer. */
  default Integer statusCode() {
    return switch (this) {
      case Answered(int status, Duration _) -> status;
      case Unanswered _ -> null;
    };
  }

  default Duration pause() {
    return switch (this) {
      case Answered(int _, Duration retryAfter) -> retryAfter;
      case Unanswered _ -> Duration.ZERO;
    };
  }
}
