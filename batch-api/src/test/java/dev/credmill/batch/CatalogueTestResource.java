package dev.credmill.batch;

import static java.util.Map.entry;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.credmill.contracts.access.ApiKeys;
import dev.credmill.contracts.access.Caller;
import dev.credmill.contracts.access.Role;
import dev.credmill.contracts.credential.CredentialRow;
import dev.credmill.contracts.id.BatchId;
import dev.credmill.contracts.id.OrganizationId;
import dev.credmill.contracts.registry.CredentialDefinition;
import dev.credmill.contracts.registry.Organization;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * The internal calls of registry and issuance worker over real HTTP, with a small fixed catalogue.
 */
public class CatalogueTestResource implements QuarkusTestResourceLifecycleManager {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();
  private static final OrganizationId ACME = new OrganizationId("acme");
  private static final OrganizationId GLOBEX = new OrganizationId("globex");

  /** A credential of acme, in the row {@link #CREDENTIAL_ROW}. */
  public static final String CREDENTIAL_ID = "urn:uuid:4f3c2b1a-9d8e-8c7b-a6f5-e4d3c2b1a098";

  public static final CredentialRow CREDENTIAL_ROW =
      new CredentialRow(
          new BatchId(UUID.fromString("01939a5e-7b1a-7c3d-9e2f-5a4b3c2d1e0f")), 17, ACME);

  /** To this one the issuance worker says nothing. */
  public static final String SILENT_CREDENTIAL_ID = "urn:uuid:51133700-0000-8000-8000-000000000000";

  private HttpServer server;

  @Override
  public Map<String, String> start() {
    Map<String, Object> answers = answers();
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/internal", exchange -> answer(exchange, answers));
    server.start();
    String url = "http://127.0.0.1:" + server.getAddress().getPort();
    return Map.ofEntries(
        entry("credmill.schema-registry.url", url),
        entry("credmill.issuance-worker.url", url),
        entry("credmill.public-url", "https://issuer.example"),
        entry("credmill.service-token", "a-token-for-these-tests"),
        entry("batch.stall-after", "2s"),
        entry("batch.messages-overdue-after", "2s"),
        // Rows that a test leaves without an answer must not keep those of the next from going out.
        entry("batch.relay-window-least", "8000"),
        entry("batch.phone-region", "DE"),
        // Receivers of webhooks stand on this machine.
        entry("batch.webhooks.allowed-networks", "127.0.0.1/32"),
        entry("batch.webhooks.plain-http", "true"),
        entry("batch.webhooks.master-key", "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="),
        entry("batch.webhooks.rows-per-message", "500"),
        entry("batch.webhooks.linger", "1s"),
        entry("batch.webhooks.timeout", "5s"),
        entry("batch.webhooks.in-flight-per-webhook", "2"));
  }

  @Override
  public void stop() {
    if (server != null) {
      server.stop(0);
    }
  }

  private static Map<String, Object> answers() {
    Map<String, Object> answers = new HashMap<>();
    key(answers, "acme-admin-key", new Caller("acme-admin", ACME, Role.ORG_ADMIN));
    key(answers, "acme-issuer-key", new Caller("acme-issuer", ACME, Role.ISSUER));
    key(answers, "acme-other-key", new Caller("acme-other", ACME, Role.ISSUER));
    key(answers, "globex-admin-key", new Caller("globex-admin", GLOBEX, Role.ORG_ADMIN));
    for (OrganizationId id : List.of(ACME, GLOBEX)) {
      answers.put(
          "/internal/organizations/" + id,
          new Organization(
              id, id + " Ltd", "https://issuer.example", "did:web:issuer.example:orgs:" + id));
    }
    answers.put("/internal/credential-definitions/diploma", definition("diploma", ACME, true));
    answers.put("/internal/credential-definitions/membership", membership());
    answers.put("/internal/credential-definitions/draft", definition("draft", ACME, false));
    answers.put("/internal/credential-definitions/badge", definition("badge", GLOBEX, true));
    answers.put("/internal/credentials/" + CREDENTIAL_ID, CREDENTIAL_ROW);
    return answers;
  }

  private static void key(Map<String, Object> answers, String key, Caller caller) {
    answers.put("/internal/api-keys/" + ApiKeys.hash(key), caller);
  }

  /** A definition with one column of each kind. */
  public static CredentialDefinition definition(
      String id, OrganizationId organization, boolean published) {
    String schema =
        """
        {"type": "object", "required": ["fullName", "degree"], "properties": {
          "fullName": {"type": "string"},
          "degree": {"type": "string", "title": "Degree", "maxLength": 40},
          "graduated": {"type": "string", "format": "date", "title": "Graduation Date"},
          "level": {"type": "string", "enum": ["gold", "silver"], "title": "Level"},
          "hours": {"type": "integer", "title": "Hours", "minimum": 1},
          "notes": {"type": "string", "title": "Notes"},
          "Cred_URL": {"type": "string", "format": "uri"}}}
        """;
    try {
      return new CredentialDefinition(
          id,
          organization,
          published,
          "Diploma",
          null,
          "DiplomaCredential",
          id,
          MAPPER.readTree(schema),
          List.of(
              new CredentialDefinition.Column("Degree", "degree", true),
              new CredentialDefinition.Column("Graduation Date", "graduated", false),
              new CredentialDefinition.Column("Level", "level", false),
              new CredentialDefinition.Column("Hours", "hours", false),
              new CredentialDefinition.Column("Notes", "notes", false)),
          "diploma",
          "P5Y",
          List.of("vc+jwt"),
          null,
          null,
          new CredentialDefinition.Display("Your diploma", null, "en"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A second definition of acme, without a certificate. */
  public static CredentialDefinition membership() {
    String schema =
        """
        {"type": "object", "required": ["club"], "properties": {
          "givenName": {"type": "string"},
          "club": {"type": "string", "title": "Club"},
          "since": {"type": "string", "format": "date", "title": "Member Since"}}}
        """;
    try {
      return new CredentialDefinition(
          "membership",
          ACME,
          true,
          "Membership",
          null,
          "MembershipCredential",
          "membership",
          MAPPER.readTree(schema),
          List.of(
              new CredentialDefinition.Column("Club", "club", true),
              new CredentialDefinition.Column("Member Since", "since", false)),
          null,
          null,
          List.of("vc+jwt"),
          null,
          null,
          new CredentialDefinition.Display("Your membership", null, "en"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void answer(HttpExchange exchange, Map<String, Object> answers)
      throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      if (path.endsWith(SILENT_CREDENTIAL_ID)) {
        return;
      }
      Object found =
          path.equals("/internal/credential-rows")
              ? rows(MAPPER.readValue(exchange.getRequestBody(), String[].class))
              : answers.get(path);
      if (found == null) {
        exchange.sendResponseHeaders(404, -1);
        return;
      }
      byte[] body = MAPPER.writeValueAsBytes(found);
      exchange.getResponseHeaders().add("Content-Type", "application/json");
      exchange.sendResponseHeaders(200, body.length);
      exchange.getResponseBody().write(body);
    }
  }

  /** What the issuance worker computes stands in the names here: batch, underscore, row. */
  private static List<CredentialRow> rows(String[] names) {
    List<CredentialRow> rows = new ArrayList<>();
    for (String name : names) {
      String[] parts = name.split("_", -1);
      rows.add(
          parts.length == 2
              ? new CredentialRow(
                  BatchId.parse(parts[0]).orElseThrow(), Integer.parseInt(parts[1]), ACME)
              : null);
    }
    return rows;
  }
}
