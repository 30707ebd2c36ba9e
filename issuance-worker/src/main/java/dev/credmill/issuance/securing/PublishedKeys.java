package dev.credmill.issuance.securing;

import dev.credmill.contracts.id.OrganizationId;
import dev.credmill.contracts.problem.ProblemException;
import dev.credmill.contracts.problem.ProblemType;
import dev.credmill.contracts.registry.Organization;
import dev.credmill.contracts.registry.Registry;
import dev.credmill.issuance.IssuanceConfig;
import dev.credmill.issuance.IssuanceRole;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.CacheControl;
import jakarta.ws.rs.core.Response;
import java.util.List;

/** The keys that the world is told of an organization. */
@ApplicationScoped
class PublishedKeys {
  private static final int MAX_AGE_SECONDS = 300;
  private final SigningKeys keys;
  private final Registry registry;
  private final IssuanceConfig config;

  PublishedKeys(SigningKeys keys, Registry registry, IssuanceConfig config) {
    this.keys = keys;
    this.registry = registry;
    this.config = config;
  }

  /**
   * Credentials are verified whether or not the registry answers: it is asked for nothing known.
   */
  List<SigningKey> keys(String slug) {
    OrganizationId id = organizationId(slug);
    List<SigningKey> known = keys.ofOrganization(id);
    if (!known.isEmpty()) {
      return known;
    }
    Organization organization = registry.organization(id).orElseThrow(PublishedKeys::notFound);
    if (!config.roles().contains(IssuanceRole.SIGN)) {
      throw notFound();
    }
    keys.current(organization);
    return keys.ofOrganization(id);
  }

  Organization organization(String slug) {
    return registry.organization(organizationId(slug)).orElseThrow(PublishedKeys::notFound);
  }

  /** For everybody, from every web page, and seldom asked for twice. */
  static Response cacheable(Response.ResponseBuilder response) {
    CacheControl cache = new CacheControl();
    cache.setMaxAge(MAX_AGE_SECONDS);
    return response
        .cacheControl(cache)
        .header("Access-Control-Allow-Origin", "*")
        .header("X-Content-Type-Options", "nosniff")
        .build();
  }

  private static OrganizationId organizationId(String slug) {
    try {
      return new OrganizationId(slug);
    } catch (IllegalArgumentException e) {
      throw notFound();
    }
  }

  private static ProblemException notFound() {
    return ProblemType.NOT_FOUND.because(
        "There is no such organization, or it has issued nothing yet");
  }
}
