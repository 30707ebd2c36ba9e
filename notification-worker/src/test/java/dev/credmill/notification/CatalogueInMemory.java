package dev.credmill.notification;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.credmill.contracts.access.ApiKeys;
import dev.credmill.contracts.access.Caller;
import dev.credmill.contracts.access.Role;
import dev.credmill.contracts.id.OrganizationId;
import dev.credmill.contracts.registry.CertificateTemplate;
import dev.credmill.contracts.registry.CredentialDefinition;
import dev.credmill.contracts.registry.DefinitionPage;
import dev.credmill.contracts.registry.Organization;
import dev.credmill.contracts.registry.RegistryClient;
import io.quarkus.test.Mock;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.NotFoundException;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.rest.client.inject.RestClient;

/** The schema registry, as far as messages need it. */
@Mock
@RestClient
@ApplicationScoped
class CatalogueInMemory implements RegistryClient {
  static final OrganizationId ACME = new OrganizationId("acme");
  static final OrganizationId GLOBEX = new OrganizationId("globex");
  static final String DIPLOMA = "diploma-1";
  static final String MEMBERSHIP = "membership-1";
  static final String ACME_ADMIN = "acme-admin-key";
  static final String ACME_ISSUER = "acme-issuer-key";
  static final String GLOBEX_ADMIN = "globex-admin-key";
  private static final Map<String, Caller> CALLERS =
      Map.of(
          ACME_ADMIN, new Caller("admin-of-acme", ACME, Role.ORG_ADMIN),
          ACME_ISSUER, new Caller("issuer-of-acme", ACME, Role.ISSUER),
          GLOBEX_ADMIN, new Caller("admin-of-globex", GLOBEX, Role.ORG_ADMIN));
  private static final Map<String, String> NAMES =
      Map.of("acme", "Universität \"Acme\" 学", "globex", "Globex Corporation");

  @Override
  public Organization organization(String id) {
    if (!NAMES.containsKey(id)) {
      throw new NotFoundException();
    }
    return new Organization(
        new OrganizationId(id), NAMES.get(id), "https://credentials.example.org", "did:web:" + id);
  }

  @Override
  public CredentialDefinition definition(String id) {
    return switch (id) {
      case DIPLOMA ->
          definition(
              id,
              ACME,
              new CredentialDefinition.Display("Your diploma 🎓", "With honours & <joy>.", "en"));
      case MEMBERSHIP ->
          definition(id, GLOBEX, new CredentialDefinition.Display("Your membership", null, "en"));
      default -> throw new NotFoundException();
    };
  }

  private static CredentialDefinition definition(
      String id, OrganizationId organization, CredentialDefinition.Display display) {
    return new CredentialDefinition(
        id,
        organization,
        true,
        "Name in the catalogue",
        null,
        "ExampleCredential",
        "schema-1",
        JsonNodeFactory.instance.objectNode(),
        List.of(),
        null,
        null,
        List.of("vc+jwt"),
        null,
        null,
        display);
  }

  @Override
  public Caller caller(String hash) {
    for (Map.Entry<String, Caller> known : CALLERS.entrySet()) {
      if (ApiKeys.hash(known.getKey()).equals(hash)) {
        return known.getValue();
      }
    }
    throw new NotFoundException();
  }

  @Override
  public CertificateTemplate certificateTemplate(String id) {
    throw new NotFoundException();
  }

  @Override
  public DefinitionPage publishedDefinitions(String id, int limit, String cursor) {
    throw new UnsupportedOperationException("no message needs that");
  }
}
