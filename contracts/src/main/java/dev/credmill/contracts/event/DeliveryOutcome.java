package dev.credmill.contracts.event;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.credmill.contracts.id.RowId;
import dev.credmill.contracts.problem.Problem;
import java.time.Instant;

/**
 * What became of a message.
 *
 * @param status SENDING, SENT, FAILED, or what a provider reported later
 * @param problem the server's words where it failed; null otherwise
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record DeliveryOutcome(
    RowId row,
    Medium medium,
    DeliveryRequested.Purpose purpose,
    int generation,
    DeliveryStatus status,
    Instant at,
    Problem problem)
    implements Event {
  public static final String TOPIC = "delivery-outcome";

  public DeliveryOutcome {
    requireNonNull(row, "row");
    requireNonNull(medium, "medium");
    requireNonNull(purpose, "purpose");
    requireNonNull(status, "status");
    requireNonNull(at, "at");
  }

  @Override
  public String topic() {
    return TOPIC;
  }
}
