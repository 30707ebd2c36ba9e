package dev.credmill.notification.delivery;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;

import dev.credmill.contracts.event.Medium;
import dev.credmill.contracts.id.OrganizationId;
import dev.credmill.notification.pause.Pauses;
import dev.credmill.notification.suppression.Suppression;
import dev.credmill.notification.suppression.Suppressions;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jboss.logging.Logger;

/**
 * What follows from refusals that are the fault of an address: it is not written to again, and an
 * organization with many of them has the rest of its messages wait. Should the process die before
 * that, the next refusal says it again.
 */
@ApplicationScoped
class Refusals {
  private static final Logger LOG = Logger.getLogger(Refusals.class);
  private final Suppressions suppressions;
  private final Pauses pauses;

  Refusals(Suppressions suppressions, Pauses pauses) {
    this.suppressions = suppressions;
    this.pauses = pauses;
  }

  void add(List<Result> results) {
    Map<String, List<Suppression>> unwanted =
        results.stream()
            .filter(result -> result.unwanted() != null)
            .collect(
                groupingBy(
                    result -> result.organization().value(),
                    TreeMap::new,
                    mapping(Result::unwanted, toList())));
    if (unwanted.isEmpty()) {
      return;
    }
    try {
      QuarkusTransaction.requiringNew().call(() -> add(unwanted));
    } catch (RuntimeException e) {
      // The results themselves are recorded; nobody shall wait for this.
      LOG.warn("what follows from refusals could not be recorded", e);
    }
  }

  private Void add(Map<String, List<Suppression>> unwanted) throws SQLException {
    for (Map.Entry<String, List<Suppression>> entry : unwanted.entrySet()) {
      suppressions.add(new OrganizationId(entry.getKey()), entry.getValue());
    }
    pauses.look(Medium.EMAIL, unwanted.keySet().stream().map(OrganizationId::new).toList());
    return null;
  }
}
