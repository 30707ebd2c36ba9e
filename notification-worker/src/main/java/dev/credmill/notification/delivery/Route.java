package dev.credmill.notification.delivery;

import dev.credmill.contracts.id.OrganizationId;
import java.util.Optional;

/**
 * A server or gateway that messages go over, and what it takes. Those of one route find it working
 * or not together, and wait for each other and for nobody else. Equal for the same server; another
 * one once its settings have changed.
 */
public interface Route {
  /** How many calls of {@link Sender#send} may be under way at once. */
  int inFlight();

  /** Whose own server it is; null for the platform's. */
  default OrganizationId organization() {
    return null;
  }

  /**
   * How many deliveries it could begin within the next moments. What is beyond a gateway's limit is
   * not claimed: it waits in the table, where any instance may take it.
   */
  default int ready() {
    return Integer.MAX_VALUE;
  }

  /** How many messages may begin in a minute, evenly; empty for as many as it takes. */
  default Optional<Integer> perMinute() {
    return Optional.empty();
  }
}
