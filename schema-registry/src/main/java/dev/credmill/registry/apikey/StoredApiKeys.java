package dev.credmill.registry.apikey;

import dev.credmill.contracts.access.ApiKeys;
import dev.credmill.contracts.access.Caller;
import dev.credmill.contracts.access.Role;
import dev.credmill.contracts.id.OrganizationId;
import dev.credmill.contracts.problem.ProblemType;
import dev.credmill.registry.catalogue.Page;
import dev.credmill.registry.catalogue.PageRequest;
import dev.credmill.registry.organization.Organizations;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import jakarta.transaction.Transactional;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** The API keys of all organizations, and who stands behind them. */
@ApplicationScoped
public class StoredApiKeys implements ApiKeys, PanacheRepositoryBase<ApiKey, String> {
  private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");
  private static final Pattern ID = Pattern.compile("[a-z0-9-]{1,64}");
  private static final int RANDOM_BYTES = 30;
  private final SecureRandom random = new SecureRandom();
  private final Organizations organizations;
  private final Clock clock;

  StoredApiKeys(Organizations organizations, Clock clock) {
    this.organizations = organizations;
    this.clock = clock;
  }

  @Override
  @Transactional
  public Optional<Caller> callerOf(String keyHash) {
    return HASH.matcher(keyHash).matches()
        ? find("hash = ?1 and revokedAt is null", keyHash).firstResultOptional().map(ApiKey::caller)
        : Optional.empty();
  }

  /** Makes a key that the caller may make, or says why not. */
  @Transactional
  ShownOnce create(Caller caller, NewApiKey wanted) {
    OrganizationId organization =
        caller.role() == Role.PLATFORM_ADMIN
            ? organizationForPlatformAdmin(wanted)
            : organizationForOrgAdmin(caller, wanted);
    String key = randomKey();
    ApiKey made =
        new ApiKey(
            key, organization, wanted.role(), wanted.name(), caller.keyId(), clock.instant());
    persist(made);
    return new ShownOnce(key, made);
  }

  /**
   * Takes a key that is known from elsewhere; one that is there already, or was, stays as it is.
   */
  @Transactional
  public void ensure(String key, OrganizationId organization, Role role, String name) {
    if (count("hash", ApiKeys.hash(key)) == 0) {
      persist(new ApiKey(key, organization, role, name, "configuration", clock.instant()));
    }
  }

  Page<ApiKey> page(Optional<OrganizationId> organization, PageRequest request) {
    return organization
        .map(
            id ->
                request.of(
                    this, "organizationId = :organization", Map.of("organization", id.value())))
        .orElseGet(() -> request.of(this, "organizationId is null", Map.of()));
  }

  /**
   * An org-admin revokes the organization's keys; a platform admin any, so that a lost one ends.
   */
  @Transactional
  void revoke(Caller caller, String id) {
    ApiKey key =
        Optional.of(id)
            .filter(text -> ID.matcher(text).matches())
            .map(this::findById)
            .filter(
                found ->
                    caller.role() == Role.PLATFORM_ADMIN
                        || caller.organization().equals(found.caller().organization()))
            .orElseThrow(
                () ->
                    ProblemType.NOT_FOUND.because(
                        "There is no API key of that id, see GET /v1/api-keys"));
    key.revoke(clock.instant());
  }

  private static OrganizationId organizationForOrgAdmin(Caller caller, NewApiKey wanted) {
    if (wanted.role() == Role.PLATFORM_ADMIN) {
      throw ProblemType.FORBIDDEN.because(
          "An organization's admin makes keys of the roles issuer and org-admin");
    }
    if (wanted.organization() != null
        && !wanted.organization().equals(caller.organization().value())) {
      throw ProblemType.FORBIDDEN.because(
          "An organization's admin makes keys of the own organization only; leave `organization` out");
    }
    return caller.organization();
  }

  private OrganizationId organizationForPlatformAdmin(NewApiKey wanted) {
    return switch (wanted.role()) {
      case PLATFORM_ADMIN -> {
        if (wanted.organization() != null) {
          throw ProblemType.INVALID_PARAMETER.because(
              "A platform admin belongs to no organization; leave `organization` out");
        }
        yield null;
      }
      case ORG_ADMIN -> organizationWithoutAdmin(wanted);
      case ISSUER ->
          throw ProblemType.FORBIDDEN.because(
              "The organization's own admin makes its issuers' keys");
    };
  }

  /** A platform admin opens the door once, and does not keep a key to a tenant that has its own. */
  private OrganizationId organizationWithoutAdmin(NewApiKey wanted) {
    if (wanted.organization() == null) {
      throw ProblemType.INVALID_PARAMETER.because(
          "Name the organization whose first org-admin key this is in `organization`");
    }
    OrganizationId id =
        organizations
            .named(wanted.organization())
            .map(found -> new OrganizationId(found.id()))
            .orElseThrow(
                () ->
                    ProblemType.INVALID_PARAMETER.because(
                        "There is no such organization; make it first with POST /v1/organizations"));
    // Held, so that two first keys are not made at once.
    organizations.findById(id.value(), LockModeType.PESSIMISTIC_WRITE);
    if (count("organizationId = ?1 and role = ?2 and revokedAt is null", id.value(), Role.ORG_ADMIN)
        > 0) {
      throw ProblemType.CONFLICT.because(
          "This organization has an org-admin key, whose holder makes all further ones; if it is lost, revoke it with DELETE /v1/api-keys/{id} first");
    }
    return id;
  }

  private String randomKey() {
    byte[] bytes = new byte[RANDOM_BYTES];
    random.nextBytes(bytes);
    return "cm_" + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
