package dev.credmill.notification.delivery;

import static java.util.Objects.requireNonNull;

/** What came of handing one message over. The words are the server's, without the address. */
public sealed interface Attempt {
  /** Taken: it is now the server's to deliver. */
  record Taken() implements Attempt {}

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
   * Nobody can say whether it was taken: the connection broke with the message under way, or the
   * answer did not come.
   *
   * @param silent no answer came: every message of the medium had better wait, too
   */
  record Uncertain(String words, boolean silent) implements Attempt {
    public Uncertain {
      requireNonNull(words, "words");
    }
  }

  /** The server cannot be worked with at all; every message of the medium had better wait. */
  record Unreachable(String words) implements Attempt {
    public Unreachable {
      requireNonNull(words, "words");
    }
  }
}
