package dev.credmill.issuance.request;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.credmill.contracts.id.BatchId;
import dev.credmill.contracts.registry.Organization;
import dev.credmill.issuance.securing.Secrets;
import dev.credmill.issuance.securing.SigningKeys;
import dev.credmill.issuance.status.StatusLists;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.Optional;

/**
 * Batches as they were pinned at their first sight: key, secrets and range of status entries.
 * Everything unforeseeable about a batch's credentials is decided there, once, before anything is
 * signed.
 */
@ApplicationScoped
class Batches {
  private final BatchTable table;
  private final StatusLists lists;
  private final SigningKeys keys;
  private final Secrets secrets;
  private final Clock clock;
  private final Cache<BatchId, Batch> known = Caffeine.newBuilder().maximumSize(10_000).build();

  Batches(BatchTable table, StatusLists lists, SigningKeys keys, Secrets secrets, Clock clock) {
    this.table = table;
    this.lists = lists;
    this.keys = keys;
    this.secrets = secrets;
    this.clock = clock;
  }

  Optional<Batch> find(BatchId id) {
    Batch pinned = known.getIfPresent(id);
    if (pinned != null) {
      return Optional.of(pinned);
    }
    Optional<Batch> found = table.find(id);
    found.ifPresent(batch -> known.put(id, batch));
    return found;
  }

  /**
   * The batch, pinned now if it was not before. Whoever comes second gets what the first pinned.
   */
  Batch pin(BatchId id, Organization organization, int size) {
    return find(id)
        .orElseGet(
            () -> {
              String kid = keys.current(organization).kid();
              QuarkusTransaction.requiringNew().run(() -> insert(id, organization, kid, size));
              return find(id).orElseThrow(() -> new IllegalStateException("no batch " + id));
            });
  }

  private void insert(BatchId id, Organization organization, String kid, int size) {
    StatusLists.Reservation held = lists.hold(organization.id());
    if (table.insertIfAbsent(
        id,
        organization.id(),
        kid,
        secrets.currentVersion(),
        size,
        held.start(),
        clock.instant())) {
      lists.take(held, size);
    }
  }
}
