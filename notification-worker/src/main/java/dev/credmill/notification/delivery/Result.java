package dev.credmill.notification.delivery;

import static java.util.Objects.requireNonNull;

import dev.credmill.contracts.event.DeliveryOutcome;
import dev.credmill.contracts.event.DeliveryStatus;
import dev.credmill.contracts.problem.Problem;
import java.time.Instant;

/**
 * What is to be recorded of a claimed delivery.
 *
 * @param status SENT, FAILED or SUPPRESSED, which settle it; PENDING to try again
 * @param attempt the claim that this is the result of
 * @param attempts the number of attempts from now on: one less where none was made
 * @param uncertain how often it may have gone out without an answer
 * @param dueAt when to try again; null where it is settled
 * @param problem why not, in the server's words; null where it was sent
 */
record Result(
    DeliveryKey key,
    DeliveryStatus status,
    int attempt,
    int attempts,
    int uncertain,
    Instant at,
    Instant dueAt,
    Problem problem) {
  Result {
    requireNonNull(key, "key");
    requireNonNull(at, "at");
    if (status.settled() != (dueAt == null)) {
      throw new IllegalArgumentException("either settled or due again: " + key + " " + status);
    }
  }

  static Result sent(Delivery delivery, Instant now) {
    return new Result(
        delivery.key(),
        DeliveryStatus.SENT,
        delivery.attempt(),
        delivery.attempt(),
        delivery.uncertain(),
        now,
        null,
        null);
  }

  static Result failed(Delivery delivery, Instant now, Problem problem) {
    return new Result(
        delivery.key(),
        DeliveryStatus.FAILED,
        delivery.attempt(),
        delivery.attempt(),
        delivery.uncertain(),
        now,
        null,
        problem);
  }

  /** Not to be sent. */
  static Result suppressed(Delivery delivery, Instant now, Problem problem) {
    return new Result(
        delivery.key(),
        DeliveryStatus.SUPPRESSED,
        delivery.attempt(),
        delivery.attempt() - 1,
        delivery.uncertain(),
        now,
        null,
        problem);
  }

  /**
   * To be tried again.
   *
   * @param uncertain how often it may have gone out by now
   */
  static Result again(
      Delivery delivery, int uncertain, Instant now, Instant dueAt, Problem problem) {
    return new Result(
        delivery.key(),
        DeliveryStatus.PENDING,
        delivery.attempt(),
        delivery.attempt(),
        uncertain,
        now,
        dueAt,
        problem);
  }

  /** Claimed but never begun. */
  static Result untouched(Delivery delivery, Instant now, Instant dueAt) {
    return deferred(delivery, now, dueAt, null);
  }

  /** Put off until then; no attempt was made. */
  static Result deferred(Delivery delivery, Instant now, Instant dueAt, Problem problem) {
    return new Result(
        delivery.key(),
        DeliveryStatus.PENDING,
        delivery.attempt(),
        delivery.attempt() - 1,
        delivery.uncertain(),
        now,
        dueAt,
        problem);
  }

  DeliveryOutcome outcome() {
    return new DeliveryOutcome(
        key.row(), key.medium(), key.purpose(), key.generation(), status, at, problem);
  }
}
