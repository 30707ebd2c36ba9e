package dev.credmill.contracts.registry;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.credmill.contracts.access.ApiKeys;
import dev.credmill.contracts.access.Caller;
import dev.credmill.contracts.id.OrganizationId;
import io.quarkus.arc.DefaultBean;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.WebApplicationException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.eclipse.microprofile.rest.client.inject.RestClient;

/**
 * The catalogue as the other services see it: asked over REST, remembered here. What is published
 * never changes and is kept; a catalogue is at most 5 seconds old, everything else 30. Absence is
 * not remembered.
 */
@DefaultBean
@ApplicationScoped
public class Registry implements ApiKeys {
  private static final Duration OLDEST = Duration.ofSeconds(30);

  /** Shorter than it takes from publishing a definition to the first wallet that asks for it. */
  private static final Duration OLDEST_CATALOGUE = Duration.ofSeconds(5);

  private static final int PAGE = 200;
  private final RegistryClient client;
  private final Cache<String, Caller> callers =
      Caffeine.newBuilder().maximumSize(10_000).expireAfterWrite(OLDEST).build();
  private final Cache<OrganizationId, Organization> organizations =
      Caffeine.newBuilder().maximumSize(10_000).expireAfterWrite(OLDEST).build();
  private final Cache<OrganizationId, List<CredentialDefinition>> catalogues =
      Caffeine.newBuilder().maximumSize(500).expireAfterWrite(OLDEST_CATALOGUE).build();
  private final Cache<String, CredentialDefinition> publishedDefinitions =
      Caffeine.newBuilder().maximumSize(1_000).build();
  private final Cache<String, CertificateTemplate> publishedTemplates =
      Caffeine.newBuilder().maximumSize(200).build();

  Registry(@RestClient RegistryClient client) {
    this.client = client;
  }

  @Override
  public Optional<Caller> callerOf(String keyHash) {
    Caller known = callers.getIfPresent(keyHash);
    if (known != null) {
      return Optional.of(known);
    }
    Optional<Caller> found = ask(() -> client.caller(keyHash));
    found.ifPresent(caller -> callers.put(keyHash, caller));
    return found;
  }

  public Optional<Organization> organization(OrganizationId id) {
    Organization known = organizations.getIfPresent(id);
    if (known != null) {
      return Optional.of(known);
    }
    Optional<Organization> found = ask(() -> client.organization(id.value()));
    found.ifPresent(organization -> organizations.put(id, organization));
    return found;
  }

  /** The definition version of that id, if it belongs to this organization. */
  public Optional<CredentialDefinition> definition(OrganizationId organization, String id) {
    return definition(id).filter(definition -> definition.organization().equals(organization));
  }

  /** The published definition version of that id, whosever it is: for what is public anyway. */
  public Optional<CredentialDefinition> publishedDefinition(String id) {
    return definition(id).filter(CredentialDefinition::published);
  }

  private Optional<CredentialDefinition> definition(String id) {
    CredentialDefinition known = publishedDefinitions.getIfPresent(id);
    if (known != null) {
      return Optional.of(known);
    }
    Optional<CredentialDefinition> found = ask(() -> client.definition(id));
    found.filter(CredentialDefinition::published).ifPresent(this::remember);
    return found;
  }

  /** A catalogue that lacks it is older than its publication. */
  private void remember(CredentialDefinition published) {
    publishedDefinitions.put(published.id(), published);
    List<CredentialDefinition> catalogue = catalogues.getIfPresent(published.organization());
    if (catalogue != null && catalogue.stream().noneMatch(one -> one.id().equals(published.id()))) {
      catalogues.invalidate(published.organization());
    }
  }

  /**
   * Every published definition version of an organization, newest first; none where it is unknown.
   */
  public List<CredentialDefinition> publishedDefinitions(OrganizationId organization) {
    List<CredentialDefinition> known = catalogues.getIfPresent(organization);
    if (known != null) {
      return known;
    }
    List<CredentialDefinition> found = new ArrayList<>();
    String cursor = null;
    do {
      String from = cursor;
      Optional<DefinitionPage> page =
          ask(() -> client.publishedDefinitions(organization.value(), PAGE, from));
      if (page.isEmpty()) {
        return List.of();
      }
      found.addAll(page.get().items());
      cursor = page.get().next();
    } while (cursor != null);
    catalogues.put(organization, List.copyOf(found));
    return found;
  }

  /** The template version of that id, if it belongs to this organization. */
  public Optional<CertificateTemplate> certificateTemplate(OrganizationId organization, String id) {
    CertificateTemplate known = publishedTemplates.getIfPresent(id);
    Optional<CertificateTemplate> found =
        known != null ? Optional.of(known) : ask(() -> client.certificateTemplate(id));
    if (known == null) {
      found.filter(CertificateTemplate::published).ifPresent(t -> publishedTemplates.put(id, t));
    }
    return found.filter(template -> template.organization().equals(organization));
  }

  private static <T> Optional<T> ask(Supplier<T> question) {
    try {
      return Optional.of(question.get());
    } catch (WebApplicationException e) {
      if (e.getResponse().getStatus() == 404) {
        return Optional.empty();
      }
      throw e;
    }
  }
}
