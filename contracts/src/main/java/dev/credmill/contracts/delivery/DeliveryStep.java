package dev.credmill.contracts.delivery;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.credmill.contracts.event.DeliveryRequested.Purpose;
import dev.credmill.contracts.event.DeliveryStatus;
import dev.credmill.contracts.event.Medium;
import java.time.Instant;

/**
 * One thing that happened to a message of a row.
 *
 * @param generation which message of its purpose: a person's resend makes another one
 * @param status what it became; {@code PENDING} for one that is to be tried again
 * @param words the server's, without the address; null where it said none
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record DeliveryStep(
    Instant at,
    Medium medium,
    Purpose purpose,
    int generation,
    DeliveryStatus status,
    String words) {
  public DeliveryStep {
    requireNonNull(at, "at");
    requireNonNull(medium, "medium");
    requireNonNull(purpose, "purpose");
    requireNonNull(status, "status");
  }
}
