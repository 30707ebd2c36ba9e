package dev.credmill.contracts.event;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.credmill.contracts.id.BatchId;
import dev.credmill.contracts.id.OrganizationId;
import dev.credmill.contracts.id.RowId;

/**
 * The credential of a row is to be revoked, suspended or reinstated. Why, the event does not say:
 * what an issuer writes there may be personal.
 *
 * @param change the change that this is part of; of two for one row the higher number is the later,
 *     in whatever order their events come
 * @param replacedBy the batch whose row of the same number has the credential that takes the place
 *     of this one; null where none does
 */
public record StatusRequested(
    RowId row,
    OrganizationId organization,
    long change,
    StatusAction action,
    @JsonInclude(JsonInclude.Include.NON_NULL) BatchId replacedBy)
    implements Event {
  public static final String TOPIC = "status-requested";

  public StatusRequested {
    requireNonNull(row, "row");
    requireNonNull(organization, "organization");
    requireNonNull(action, "action");
    if (change < 1) {
      throw new IllegalArgumentException("changes count from 1: " + change);
    }
  }

  /** Of a credential that no other takes the place of. */
  public StatusRequested(RowId row, OrganizationId organization, long change, StatusAction action) {
    this(row, organization, change, action, null);
  }

  @Override
  public String topic() {
    return TOPIC;
  }
}
