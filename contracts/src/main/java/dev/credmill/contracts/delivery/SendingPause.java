package dev.credmill.contracts.delivery;

import static java.util.Objects.requireNonNull;

import dev.credmill.contracts.event.Medium;
import java.time.Instant;

/**
 * That an organization's messages over a medium wait, since too many of its latest ones came back.
 *
 * @param undelivered how many did
 * @param detail why, and what to do, for people
 */
public record SendingPause(Medium medium, Instant since, int undelivered, String detail) {
  public SendingPause {
    requireNonNull(medium, "medium");
    requireNonNull(since, "since");
    requireNonNull(detail, "detail");
  }
}
