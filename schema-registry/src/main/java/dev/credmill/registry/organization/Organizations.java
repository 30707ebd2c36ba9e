package dev.credmill.registry.organization;

import dev.credmill.contracts.CredmillConfig;
import dev.credmill.contracts.id.OrganizationId;
import dev.credmill.contracts.problem.ProblemException;
import dev.credmill.contracts.problem.ProblemType;
import dev.credmill.registry.catalogue.Page;
import dev.credmill.registry.catalogue.PageRequest;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import org.hibernate.exception.ConstraintViolationException;

/** All tenants. */
@ApplicationScoped
public class Organizations implements PanacheRepositoryBase<Organization, String> {
  private final CredmillConfig config;
  private final Clock clock;

  Organizations(CredmillConfig config, Clock clock) {
    this.config = config;
    this.clock = clock;
  }

  @Transactional
  public Organization create(NewOrganization wanted) {
    Organization organization = organization(wanted);
    if (findByIdOptional(wanted.id()).isPresent()) {
      throw taken(wanted);
    }
    try {
      persistAndFlush(organization);
    } catch (ConstraintViolationException e) {
      throw taken(wanted);
    }
    return organization;
  }

  private static ProblemException taken(NewOrganization wanted) {
    return ProblemType.ALREADY_EXISTS.because(
        "There is an organization \"%s\" already: choose another id".formatted(wanted.id()));
  }

  private Organization organization(NewOrganization wanted) {
    try {
      return new Organization(
          new OrganizationId(wanted.id()), wanted.name(), config.publicUrl(), clock.instant());
    } catch (IllegalArgumentException e) {
      throw ProblemType.ORGANIZATION_INVALID.because(
          e.getMessage() + "; the operator sets credmill.public-url");
    }
  }

  public Optional<Organization> of(OrganizationId id) {
    return findByIdOptional(id.value());
  }

  /** The organization that a path names, which may be anything. */
  public Optional<Organization> named(String id) {
    OrganizationId organization;
    try {
      organization = new OrganizationId(id);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
    return of(organization);
  }

  Page<Organization> page(PageRequest request) {
    return request.of(this, "1 = 1", Map.of());
  }
}
