package dev.credmill.issuance.offer;

import dev.credmill.contracts.id.OrganizationId;
import dev.credmill.contracts.problem.ProblemException;
import dev.credmill.contracts.problem.ProblemType;
import dev.credmill.contracts.registry.Registry;
import jakarta.enterprise.context.ApplicationScoped;

/** Finds the organization that an address names. */
@ApplicationScoped
class Issuers {
  private final Registry registry;

  Issuers(Registry registry) {
    this.registry = registry;
  }

  /**
   * @throws ProblemException when there is none of that name
   */
  Issuer named(String slug) {
    OrganizationId id;
    try {
      id = new OrganizationId(slug);
    } catch (IllegalArgumentException e) {
      throw none();
    }
    return of(id);
  }

  Issuer of(OrganizationId id) {
    return registry.organization(id).map(Issuer::new).orElseThrow(Issuers::none);
  }

  private static ProblemException none() {
    return ProblemType.NOT_FOUND.because("There is no such organization");
  }
}
