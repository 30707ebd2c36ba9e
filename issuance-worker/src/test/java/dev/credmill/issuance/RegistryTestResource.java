package dev.credmill.issuance;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.credmill.certificate.BuiltInTemplate;
import dev.credmill.contracts.access.ApiKeys;
import dev.credmill.contracts.access.Caller;
import dev.credmill.contracts.access.Role;
import dev.credmill.contracts.id.OrganizationId;
import dev.credmill.contracts.registry.CertificateTemplate;
import dev.credmill.contracts.registry.CredentialDefinition;
import dev.credmill.contracts.registry.DefinitionPage;
import dev.credmill.contracts.registry.OpenBadge;
import dev.credmill.contracts.registry.Organization;
import dev.credmill.contracts.registry.StatusPurpose;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The registry's internal calls over real HTTP, with a small fixed catalogue. */
public class RegistryTestResource implements QuarkusTestResourceLifecycleManager {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();
  public static final Organization ACME = organization("acme", "Acme University");
  public static final Organization GLOBEX = organization("globex", "Globex \"Training\" Ltd");
  public static final String TEMPLATE = "template-1";
  public static final String ACME_ADMIN_KEY = "acme-admin-key";
  public static final String ACME_ISSUER_KEY = "acme-issuer-key";
  public static final String GLOBEX_ADMIN_KEY = "globex-admin-key";

  /** Published, with a certificate, can be suspended. */
  public static final CredentialDefinition DIPLOMA =
      definition("diploma-1", ACME, true, "DiplomaCredential", TEMPLATE, true);

  /** As the diploma, with a proof by each Data Integrity suite, too. */
  public static final CredentialDefinition PROVED =
      with(
          definition("proved-1", ACME, true, "ProvedCredential", TEMPLATE, true),
          List.of("vc+jwt", "eddsa-rdfc-2022", "eddsa-jcs-2022"),
          null);

  /** An Open Badge. */
  public static final CredentialDefinition BADGE =
      with(
          definition("badge-1", ACME, true, "FirstAidBadgeCredential", TEMPLATE, true),
          List.of("vc+jwt", "eddsa-rdfc-2022"),
          new OpenBadge("Badge", "Pass the *final* test", "https://acme.example/badge.png"));

  /** Published, given away in every form. */
  public static final CredentialDefinition DEGREE =
      with(
          definition("degree-1", ACME, true, "DegreeCredential", TEMPLATE, true),
          List.of("vc+jwt", "eddsa-rdfc-2022", "eddsa-jcs-2022", "dc+sd-jwt"),
          null);

  /** Published, without a certificate. */
  public static final CredentialDefinition MEMBERSHIP =
      definition("membership-1", GLOBEX, true, "MembershipCredential", null, false);

  /** Not published. */
  public static final CredentialDefinition DRAFT =
      definition("draft-1", ACME, false, "DraftCredential", null, false);

  private static final CertificateTemplate CERTIFICATE =
      new CertificateTemplate(
          TEMPLATE,
          ACME.id(),
          true,
          "Training certificate",
          BuiltInTemplate.TRAINING_CERTIFICATE.svg());
  private static final Map<String, Object> ANSWERS =
      answers(List.of(ACME, GLOBEX), List.of(DEGREE, DIPLOMA, PROVED, BADGE, MEMBERSHIP, DRAFT));
  private HttpServer server;

  @Override
  public Map<String, String> start() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/", RegistryTestResource::answer);
    server.start();
    return Map.of(
        "credmill.schema-registry.url", "http://localhost:" + server.getAddress().getPort());
  }

  @Override
  public void stop() {
    if (server != null) {
      server.stop(0);
    }
  }

  private static void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      Object found = ANSWERS.get(exchange.getRequestURI().getPath());
      boolean known =
          "Bearer a-token-for-these-tests"
              .equals(exchange.getRequestHeaders().getFirst("Authorization"));
      if (!known || found == null) {
        exchange.sendResponseHeaders(known ? 404 : 401, -1);
        return;
      }
      byte[] body = MAPPER.writeValueAsBytes(found);
      exchange.getResponseHeaders().add("Content-Type", "application/json");
      exchange.sendResponseHeaders(200, body.length);
      exchange.getResponseBody().write(body);
    }
  }

  private static Map<String, Object> answers(
      List<Organization> organizations, List<CredentialDefinition> definitions) {
    Map<String, Object> answers = new HashMap<>();
    answers.put(
        "/internal/api-keys/" + ApiKeys.hash(ACME_ADMIN_KEY),
        new Caller("key-admin", ACME.id(), Role.ORG_ADMIN));
    answers.put(
        "/internal/api-keys/" + ApiKeys.hash(ACME_ISSUER_KEY),
        new Caller("key-issuer", ACME.id(), Role.ISSUER));
    answers.put(
        "/internal/api-keys/" + ApiKeys.hash(GLOBEX_ADMIN_KEY),
        new Caller("key-globex", GLOBEX.id(), Role.ORG_ADMIN));
    for (Organization organization : organizations) {
      String path = "/internal/organizations/" + organization.id();
      answers.put(path, organization);
      answers.put(
          path + "/credential-definitions",
          new DefinitionPage(
              definitions.stream()
                  .filter(one -> one.published() && one.organization().equals(organization.id()))
                  .toList(),
              null));
    }
    for (CredentialDefinition definition : definitions) {
      answers.put("/internal/credential-definitions/" + definition.id(), definition);
    }
    answers.put("/internal/certificate-templates/" + TEMPLATE, CERTIFICATE);
    return answers;
  }

  private static Organization organization(String slug, String name) {
    return new Organization(
        new OrganizationId(slug),
        name,
        "https://issuer.example",
        "did:web:issuer.example:orgs:" + slug);
  }

  private static CredentialDefinition with(
      CredentialDefinition plain, List<String> formats, OpenBadge openBadge) {
    return new CredentialDefinition(
        plain.id(),
        plain.organization(),
        plain.published(),
        plain.name(),
        plain.description(),
        plain.type(),
        plain.schemaId(),
        plain.claimsSchema(),
        plain.columns(),
        plain.certificateTemplateId(),
        plain.validity(),
        formats,
        plain.statusPurposes(),
        plain.alwaysDisclosed(),
        plain.display(),
        openBadge);
  }

  private static CredentialDefinition definition(
      String id,
      Organization organization,
      boolean published,
      String type,
      String template,
      boolean certificate) {
    String certificateClaim = certificate ? ",\"Cred_URL\":{\"type\":\"string\"}" : "";
    String schema =
        """
        {"type":"object","properties":{"fullName":{"type":"string","title":"Full name"},
        "course":{"type":"string","title":"Course"},"grade":{"type":"string","title":"Grade"},
        "credits":{"type":"integer","title":"Credits"}%s}}
        """
            .formatted(certificateClaim);
    try {
      return new CredentialDefinition(
          id,
          organization.id(),
          published,
          "Name of " + id,
          "What " + id + " says.",
          type,
          "schema-of-" + id,
          MAPPER.readTree(schema),
          List.of(
              new CredentialDefinition.Column("Full name", "fullName", true),
              new CredentialDefinition.Column("Course", "course", false),
              new CredentialDefinition.Column("Grade", "grade", false),
              new CredentialDefinition.Column("Credits", "credits", false)),
          template,
          "P2Y",
          List.of("vc+jwt"),
          certificate ? EnumSet.allOf(StatusPurpose.class) : EnumSet.of(StatusPurpose.REVOCATION),
          Set.of(),
          new CredentialDefinition.Display("Your credential", null, "en"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
