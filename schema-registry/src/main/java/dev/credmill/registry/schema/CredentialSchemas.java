package dev.credmill.registry.schema;

import dev.credmill.contracts.access.Caller;
import dev.credmill.contracts.id.OrganizationId;
import dev.credmill.registry.catalogue.CatalogueEntries;
import dev.credmill.registry.catalogue.CatalogueId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;

/** The credential schemas of all organizations. */
@ApplicationScoped
public class CredentialSchemas extends CatalogueEntries<CredentialSchema> {
  private final Clock clock;

  CredentialSchemas(Clock clock) {
    this.clock = clock;
  }

  @Transactional
  public CredentialSchema create(OrganizationId organization, Caller by, NewSchema entered) {
    return add(
        new CredentialSchema(
            CatalogueId.wantedOr(entered.id(), entered.name()),
            organization,
            entered,
            ClaimsSchema.entered(entered.claims()),
            by.keyId(),
            clock.instant()));
  }
}
