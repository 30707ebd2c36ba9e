package dev.credmill.notification.delivery;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/** What came of handing one message over. The words are the server's, without the address. */
public sealed interface Attempt {
  /**
   * Taken: it is now the server's to deliver.
   *
   * @param words null where it said none
   */
  record Taken(String words) implements Attempt {
    public Taken() {
      this(null);
    }
  }

  /** Refused for good. */
  record Refused(String words) implements Attempt {
    public Refused {
      requireNonNull(words, "words");
    }
  }

  /** Not taken now; this one is tried again later. */
  record Postponed(String words) implements Attempt {
    public Postponed {
      requireNonNull(words, "words");
    }
  }

  /**
   * Not begun, or put off by a gateway that has too much to do: no fault of the message, so it
   * counts as no attempt.
   *
   * @param until when to try it; where that is too late for the message, it has failed
   */
  record Deferred(Instant until, String words) implements Attempt {
    public Deferred {
      requireNonNull(until, "until");
      requireNonNull(words, "words");
    }
  }

  /**
   * Nobody can say whether it was taken: the connection broke with the message under way, or the
   * answer did not come.
   *
   * @param silent whether no answer came, rather than that the connection broke
   */
  record Uncertain(String words, boolean silent) implements Attempt {
    public Uncertain {
      requireNonNull(words, "words");
    }
  }

  /** The server cannot be worked with at all; every message of its route had better wait. */
  record Unreachable(String words) implements Attempt {
    public Unreachable {
      requireNonNull(words, "words");
    }
  }
}
