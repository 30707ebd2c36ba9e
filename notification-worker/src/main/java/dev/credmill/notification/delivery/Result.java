package dev.credmill.notification.delivery;

import static java.util.Objects.requireNonNull;

import dev.credmill.contracts.event.DeliveryOutcome;
import dev.credmill.contracts.event.DeliveryStatus;
import dev.credmill.contracts.id.OrganizationId;
import dev.credmill.contracts.problem.Problem;
import dev.credmill.notification.suppression.Suppression;
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
 * @param words the server's that took it; null where there are none
 * @param unwanted that nothing more is to be sent to that contact; null where that is not so
 */
record Result(
    DeliveryKey key,
    OrganizationId organization,
    DeliveryStatus status,
    int attempt,
    int attempts,
    int uncertain,
    Instant at,
    Instant dueAt,
    Problem problem,
    String words,
    Suppression unwanted) {
  Result {
    requireNonNull(key, "key");
    requireNonNull(at, "at");
    if (status.settled() != (dueAt == null)) {
      throw new IllegalArgumentException("either settled or due again: " + key + " " + status);
    }
  }

  static Result sent(Delivery delivery, Instant now, String words) {
    return new Result(
        delivery.key(),
        delivery.organization(),
        DeliveryStatus.SENT,
        delivery.attempt(),
        delivery.attempt(),
        delivery.uncertain(),
        now,
        null,
        null,
        words,
        null);
  }

  static Result failed(Delivery delivery, Instant now, Problem problem) {
    return new Result(
        delivery.key(),
        delivery.organization(),
        DeliveryStatus.FAILED,
        delivery.attempt(),
        delivery.attempt(),
        delivery.uncertain(),
        now,
        null,
        problem,
        null,
        null);
  }

  /** Refused because of the address: nothing more is to be sent to it. */
  Result andSuppressed(Suppression suppression) {
    return new Result(
        key,
        organization,
        status,
        attempt,
        attempts,
        uncertain,
        at,
        dueAt,
        problem,
        words,
        suppression);
  }

  /** Not to be sent. */
  static Result suppressed(Delivery delivery, Instant now, Problem problem) {
    return new Result(
        delivery.key(),
        delivery.organization(),
        DeliveryStatus.SUPPRESSED,
        delivery.attempt(),
        delivery.attempt() - 1,
        delivery.uncertain(),
        now,
        null,
        problem,
        null,
        null);
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
        delivery.organization(),
        DeliveryStatus.PENDING,
        delivery.attempt(),
        delivery.attempt(),
        uncertain,
        now,
        dueAt,
        problem,
        null,
        null);
  }

  /** Claimed but never begun. */
  static Result untouched(Delivery delivery, Instant now, Instant dueAt) {
    return deferred(delivery, now, dueAt, null);
  }

  /** Put off until then; no attempt was made. */
  static Result deferred(Delivery delivery, Instant now, Instant dueAt, Problem problem) {
    return new Result(
        delivery.key(),
        delivery.organization(),
        DeliveryStatus.PENDING,
        delivery.attempt(),
        delivery.attempt() - 1,
        delivery.uncertain(),
        now,
        dueAt,
        problem,
        null,
        null);
  }

  DeliveryOutcome outcome() {
    return new DeliveryOutcome(
        key.row(), key.medium(), key.purpose(), key.generation(), status, at, problem);
  }
}
