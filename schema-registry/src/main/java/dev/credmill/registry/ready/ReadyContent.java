package dev.credmill.registry.ready;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.credmill.certificate.CertificateSvg;
import dev.credmill.contracts.access.Caller;
import dev.credmill.contracts.access.Role;
import dev.credmill.contracts.id.OrganizationId;
import dev.credmill.registry.RegistryConfig;
import dev.credmill.registry.apikey.StoredApiKeys;
import dev.credmill.registry.definition.CredentialDefinitions;
import dev.credmill.registry.definition.NewCredentialDefinition;
import dev.credmill.registry.organization.NewOrganization;
import dev.credmill.registry.organization.Organizations;
import dev.credmill.registry.schema.CredentialSchemas;
import dev.credmill.registry.schema.NewSchema;
import dev.credmill.registry.template.CertificateTemplates;
import dev.credmill.registry.template.NewCertificateTemplate;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.control.ActivateRequestContext;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * Two organizations with keys and published definitions, to try things with at once. All of it goes
 * through the same checks as what comes over HTTP, and what is there already stays as it is.
 */
@ApplicationScoped
class ReadyContent {
  private static final OrganizationId ACME = new OrganizationId("acme");
  private static final OrganizationId GLOBEX = new OrganizationId("globex");

  private final RegistryConfig config;
  private final Organizations organizations;
  private final StoredApiKeys keys;
  private final CredentialSchemas schemas;
  private final CertificateTemplates templates;
  private final CredentialDefinitions definitions;
  private final ObjectMapper json;

  ReadyContent(
      RegistryConfig config,
      Organizations organizations,
      StoredApiKeys keys,
      CredentialSchemas schemas,
      CertificateTemplates templates,
      CredentialDefinitions definitions,
      ObjectMapper json) {
    this.config = config;
    this.organizations = organizations;
    this.keys = keys;
    this.schemas = schemas;
    this.templates = templates;
    this.definitions = definitions;
    this.json = json;
  }

  /**
   * One thing to issue.
   *
   * @param folder where its schema.json, definition.json and, if {@code picture} names an SVG,
   *     template.json stand
   */
  private record Ready(OrganizationId organization, String folder, String picture) {}

  private static final List<Ready> ALL =
      List.of(
          new Ready(ACME, "diploma", "diploma"),
          new Ready(ACME, "membership", null),
          new Ready(ACME, "training-certificate", "training-certificate"),
          new Ready(ACME, "open-badge", "training-certificate"),
          new Ready(GLOBEX, "globex-membership", null),
          new Ready(GLOBEX, "globex-training-certificate", "training-certificate"));

  @ActivateRequestContext
  void make(@Observes StartupEvent start) {
    if (!config.readyContent()) {
      return;
    }
    keys.ensure("platform-admin-key", null, Role.PLATFORM_ADMIN, "platform admin");
    organization(ACME, "Acme University");
    keys.ensure("acme-admin-key", ACME, Role.ORG_ADMIN, "Acme's admin");
    keys.ensure("acme-issuer-key", ACME, Role.ISSUER, "Acme's registrar");
    organization(GLOBEX, "Globex Training");
    keys.ensure("globex-admin-key", GLOBEX, Role.ORG_ADMIN, "Globex's admin");
    ALL.forEach(this::make);
  }

  private void organization(OrganizationId id, String name) {
    if (organizations.of(id).isEmpty()) {
      organizations.create(new NewOrganization(id.value(), name));
    }
  }

  private void make(Ready ready) {
    OrganizationId organization = ready.organization();
    Caller by = new Caller("ready-content", organization, Role.ORG_ADMIN);
    NewSchema schema = read(ready, "schema.json", NewSchema.class);
    if (schemas.of(organization, schema.id()).isEmpty()) {
      schemas.create(organization, by, schema);
    }
    if (ready.picture() != null) {
      NewCertificateTemplate template = template(ready);
      if (templates.of(organization, template.id()).isEmpty()) {
        templates.create(organization, by, template);
      }
    }
    NewCredentialDefinition definition =
        read(ready, "definition.json", NewCredentialDefinition.class);
    if (definitions.of(organization, definition.id()).isEmpty()) {
      definitions.create(organization, by, definition);
    }
    definitions.publish(organization, definition.id());
  }

  private NewCertificateTemplate template(Ready ready) {
    Template entered = read(ready, "template.json", Template.class);
    return new NewCertificateTemplate(
        entered.id(),
        entered.name(),
        entered.description(),
        text(CertificateSvg.class, "templates/" + ready.picture() + ".svg"),
        entered.sampleValues());
  }

  /** A template without its picture, which stands elsewhere. */
  private record Template(
      String id, String name, String description, Map<String, String> sampleValues) {}

  private <T> T read(Ready ready, String file, Class<T> type) {
    try {
      return json.readValue(
          text(ReadyContent.class, "/ready/" + ready.folder() + "/" + file), type);
    } catch (IOException e) {
      throw new UncheckedIOException(ready.folder() + "/" + file, e);
    }
  }

  private static String text(Class<?> beside, String resource) {
    try (InputStream in = beside.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("not on the class path: " + resource);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(resource, e);
    }
  }
}
