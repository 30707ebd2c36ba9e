package dev.credmill.batch.webhook;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.credmill.contracts.event.DeliveryStatus;
import dev.credmill.contracts.event.Medium;

/**
 * Rows of which the same is to be told.
 *
 * @param what has become of them, besides what the type of the event says
 */
record RowsPart(What what, RowNumbers rows) {
  RowsPart {
    requireNonNull(what, "what");
    if (rows.size() == 0) {
      throw new IllegalArgumentException("nothing is told of no rows");
    }
  }

  /**
   * @param medium of a message; null where it is about none
   * @param status of that message
   * @param code of the mail server; null where it gave none
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record What(Medium medium, DeliveryStatus status, String code) {
    static final What NOTHING_MORE = new What(null, null, null);
  }
}
