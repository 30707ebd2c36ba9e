package dev.credmill.issuance.status;

import dev.credmill.contracts.registry.Registry;
import dev.credmill.issuance.IssuanceConfig;
import dev.credmill.issuance.IssuanceRole;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;

/** Signs lists that were changed by somebody who died before signing them. */
@ApplicationScoped
class ForgottenLists {
  private final StatusListTable lists;
  private final StatusListPublishing publishing;
  private final Registry registry;
  private final IssuanceConfig config;

  ForgottenLists(
      StatusListTable lists,
      StatusListPublishing publishing,
      Registry registry,
      IssuanceConfig config) {
    this.lists = lists;
    this.publishing = publishing;
    this.registry = registry;
    this.config = config;
  }

  /** Whoever is signing one of them just now does it once more than needed. */
  @Scheduled(
      identity = "issuance-forgotten-lists",
      every = "30s",
      concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
  void publish() {
    if (config.roles().contains(IssuanceRole.SIGN)) {
      lists.withUnsigned().forEach(id -> registry.organization(id).ifPresent(publishing::publish));
    }
  }
}
