package dev.credmill.batch.webhook;

import dev.credmill.contracts.id.BatchId;
import dev.credmill.contracts.id.OrganizationId;
import java.time.Instant;
import java.util.UUID;

/**
 * A message that this process is to send now.
 *
 * @param attempt counts every one that was begun
 * @param failures since {@code begunAt}
 * @param begunAt from when on it is tried
 * @param batch null for a test
 * @param at when the last of what it tells happened
 */
record Outgoing(
    UUID webhook,
    MessageId id,
    int attempt,
    int failures,
    Instant begunAt,
    String url,
    OrganizationId organization,
    EventType type,
    BatchId batch,
    Instant at,
    String content) {
  /** For logs: which, never what. */
  @Override
  public String toString() {
    return "message " + id + " to webhook " + webhook;
  }
}
