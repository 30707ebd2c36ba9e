package dev.credmill.contracts.event;

import static java.util.Objects.requireNonNull;

import dev.credmill.contracts.id.OrganizationId;
import dev.credmill.contracts.id.RowId;

/**
 * The credential of a row is to be revoked, suspended or reinstated. Why, the event does not say:
 * what an issuer writes there may be personal.
 *
 * @param change the change that this is part of; of two for one row the higher number is the later,
 *     in whatever order their events come
 */
public record StatusRequested(
    RowId row, OrganizationId organization, long change, StatusAction action) implements Event {
  public static final String TOPIC = "status-requested";

  public StatusRequested {
    requireNonNull(row, "row");
    requireNonNull(organization, "organization");
    requireNonNull(action, "action");
    if (change < 1) {
      throw new IllegalArgumentException("changes count from 1: " + change);
    }
  }

  @Override
  public String topic() {
    return TOPIC;
  }
}
