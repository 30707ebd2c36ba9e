package dev.credmill.notification.delivery;

import static java.util.Objects.requireNonNull;

import dev.credmill.contracts.event.DeliveryRequested.Purpose;
import dev.credmill.contracts.event.Medium;
import dev.credmill.contracts.id.RowId;

/** Which message this is. Sent twice, it is still the same message. */
public record DeliveryKey(RowId row, Medium medium, Purpose purpose, int generation) {
  public DeliveryKey {
    requireNonNull(row, "row");
    requireNonNull(medium, "medium");
    requireNonNull(purpose, "purpose");
    if (generation < 1) {
      throw new IllegalArgumentException("generations count from 1: " + generation);
    }
  }
}
