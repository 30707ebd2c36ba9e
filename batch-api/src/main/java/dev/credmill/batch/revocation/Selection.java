package dev.credmill.batch.revocation;

import dev.credmill.contracts.id.BatchId;
import java.time.Instant;
import java.util.List;

/** Which credentials a change is about. */
sealed interface Selection {
  /** As their issuer names them: credential ids, Cred_URLs, references. */
  record Named(List<String> names) implements Selection {
    public Named {
      names = List.copyOf(names);
    }
  }

  /**
   * Rows of one batch.
   *
   * @param rows their numbers; null for all that are issued
   */
  record OfBatch(BatchId batch, List<Integer> rows) implements Selection {}

  /**
   * All issued credentials that fit; null stands for any.
   *
   * @param definitionId the version of the definition
   * @param issuedFrom at that time or later
   * @param issuedBefore earlier than that
   */
  record Fitting(String definitionId, String label, Instant issuedFrom, Instant issuedBefore)
      implements Selection {}
}
