package dev.credmill.batch;

import dev.credmill.contracts.access.Caller;
import dev.credmill.contracts.access.CurrentCaller;
import dev.credmill.contracts.access.Role;
import dev.credmill.contracts.id.BatchId;
import dev.credmill.contracts.problem.ProblemException;
import dev.credmill.contracts.problem.ProblemType;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;

/** The batch that a path names, if the caller may see it. */
@ApplicationScoped
public class VisibleBatch {
  private final CurrentCaller caller;

  VisibleBatch(CurrentCaller caller) {
    this.caller = caller;
  }

  /**
   * The batch of that id.
   *
   * @throws ProblemException the same for an id that does not exist and one of somebody else
   */
  public Batch get(String id) {
    Caller who = caller.get();
    return BatchId.parse(id)
        .flatMap(batch -> QuarkusTransaction.requiringNew().call(() -> Batch.of(batch)))
        .filter(batch -> isVisible(batch, who))
        .orElseThrow(VisibleBatch::notFound);
  }

  public static boolean isVisible(Batch batch, Caller who) {
    return batch.organizationId().equals(who.organization())
        && (who.role() == Role.ORG_ADMIN || batch.createdBy.equals(who.keyId()));
  }

  public static ProblemException notFound() {
    return ProblemType.NOT_FOUND.because(
        "There is no batch of that id; GET /v1/batches lists yours");
  }
}
