package dev.credmill.registry.catalogue;

import dev.credmill.contracts.id.OrganizationId;
import dev.credmill.contracts.problem.ProblemException;
import dev.credmill.contracts.problem.ProblemType;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.persistence.LockModeType;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.hibernate.exception.ConstraintViolationException;

/** The entries of one kind, of all organizations. */
public abstract class CatalogueEntries<E extends CatalogueEntry>
    implements PanacheRepositoryBase<E, String> {

  /** The entry of that id, if it belongs to this organization. */
  public Optional<E> of(OrganizationId organization, String id) {
    return any(id).filter(entry -> entry.organization().equals(organization));
  }

  /** The entry of that id, whosever it is. */
  public Optional<E> any(String id) {
    return CatalogueId.wellFormed(id).flatMap(this::findByIdOptional);
  }

  /** What the public may see. */
  public Optional<E> published(String id) {
    return any(id).filter(CatalogueEntry::isPublished);
  }

  public Page<E> page(OrganizationId organization, PageRequest request) {
    return request.of(
        this, "organizationId = :organization", Map.of("organization", organization.value()));
  }

  /** Of these only what is published. */
  public Page<E> publishedPage(OrganizationId organization, PageRequest request) {
    return request.of(
        this,
        "organizationId = :organization and publishedAt is not null",
        Map.of("organization", organization.value()));
  }

  /** Stores a new entry. Of two who want the same id at once the table lets one have it. */
  protected E add(E entry) {
    if (findByIdOptional(entry.id()).isPresent()) {
      throw taken(entry);
    }
    try {
      persistAndFlush(entry);
      return entry;
    } catch (ConstraintViolationException e) {
      if (e.getKind() != ConstraintViolationException.ConstraintKind.UNIQUE) {
        throw e;
      }
      throw e.getConstraintName().endsWith("_pkey")
          ? taken(entry)
          : ProblemType.CONFLICT.because(
              "Someone else stored the next version at the same moment: look at it and send yours again");
    }
  }

  private static ProblemException taken(CatalogueEntry entry) {
    return ProblemType.ALREADY_EXISTS.because(
        "The id \"%s\" is taken: choose another one, or leave it out to be given one"
            .formatted(entry.id()));
  }

  /** Reads it anew and holds it, so that two who publish at once agree on the time. */
  public void publish(E entry, Instant now) {
    getEntityManager().refresh(entry, LockModeType.PESSIMISTIC_WRITE);
    entry.publish(now);
  }
}
