package dev.credmill.notification.delivery;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.UUID;

/** What others say of a message after it was handed over to them. */
public sealed interface Report {
  /** {@link DeliveryKey#message()}. */
  UUID message();

  /** When it happened, as they say. */
  Instant at();

  /** It reached the recipient's mailbox or phone. */
  record Delivered(UUID message, Instant at) implements Report {
    public Delivered {
      requireNonNull(message, "message");
      requireNonNull(at, "at");
    }
  }

  /**
   * It came back.
   *
   * @param words why, as the server has it that would not take it
   * @param lasting whether nothing will ever reach this contact; otherwise it is tried again
   */
  record Bounced(UUID message, Instant at, String words, boolean lasting) implements Report {
    public Bounced {
      requireNonNull(message, "message");
      requireNonNull(at, "at");
      requireNonNull(words, "words");
    }
  }

  /** The recipient has called it unwanted. */
  record Complained(UUID message, Instant at, String words) implements Report {
    public Complained {
      requireNonNull(message, "message");
      requireNonNull(at, "at");
      requireNonNull(words, "words");
    }
  }
}
