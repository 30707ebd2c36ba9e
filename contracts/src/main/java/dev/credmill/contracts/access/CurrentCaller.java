package dev.credmill.contracts.access;

import dev.credmill.contracts.id.OrganizationId;
import io.quarkus.security.UnauthorizedException;
import io.quarkus.security.identity.SecurityIdentity;
import jakarta.enterprise.context.RequestScoped;

/** The caller of the request at hand. */
@RequestScoped
public class CurrentCaller {
  private final SecurityIdentity identity;

  public CurrentCaller(SecurityIdentity identity) {
    this.identity = identity;
  }

  /**
   * @throws UnauthorizedException when no API key came with the request
   */
  public Caller get() {
    if (identity.getPrincipal() instanceof Caller caller) {
      return caller;
    }
    throw new UnauthorizedException();
  }

  /** The organization to which everything of this request is scoped. */
  public OrganizationId organization() {
    OrganizationId organization = get().organization();
    if (organization == null) {
      throw new io.quarkus.security.ForbiddenException();
    }
    return organization;
  }
}
