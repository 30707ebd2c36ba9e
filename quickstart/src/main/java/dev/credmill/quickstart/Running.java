package dev.credmill.quickstart;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Runs once the services answer: says where everything is, and does the main job when asked to. */
public class Running implements QuarkusApplication {
  private static final Duration POLL_INTERVAL = Duration.ofMillis(250);

  private final String state;
  private final int postgresqlPort;
  private final String kafka;

  /** An organization's key that exists in a quickstart and nowhere else. */
  private record ReadyKey(String organization, String key, String role) {}

  private static final List<ReadyKey> KEYS =
      List.of(
          new ReadyKey("acme", "acme-issuer-key", "issuer"),
          new ReadyKey("acme", "acme-admin-key", "org-admin"),
          new ReadyKey("globex", "globex-admin-key", "org-admin"),
          new ReadyKey("(all)", "platform-admin-key", "platform-admin"));

  Running(
      @ConfigProperty(name = "quickstart.state") String state,
      @ConfigProperty(name = "quickstart.postgresql-port") int postgresqlPort,
      @ConfigProperty(name = "kafka.bootstrap.servers") String kafka) {
    this.state = state;
    this.postgresqlPort = postgresqlPort;
    this.kafka = kafka;
  }

  @Override
  public int run(String... arguments) {
    Console.done();
    Options options = Options.parse(arguments);
    try (IssuerApi api = new IssuerApi(options.localUrl(), options.organizationKey())) {
      greet(options, api);
      int code = options.file().isPresent() ? job(options, api) : 0;
      if (options.once() || code == Quickstart.REFUSED) {
        return code;
      }
      Console.line("");
      Console.line("Credmill stays up; Ctrl-C ends it, and %s keeps what it did.", state);
      Quarkus.waitForExit();
      return code;
    } catch (IssuerApi.Problem e) {
      Console.error(
          "The REST API did not answer as it should to the key %s (HTTP %d). %s"
              .formatted(options.organizationKey(), e.status(), e.getMessage()));
      return Quickstart.REFUSED;
    }
  }

  private static int job(Options options, IssuerApi api) {
    try {
      Console.line("");
      return new MainJob(api, options, POLL_INTERVAL).run(options.file().orElseThrow()) ? 0 : 1;
    } catch (Refusal e) {
      Console.error(e.getMessage());
      return Quickstart.REFUSED;
    }
  }

  private void greet(Options options, IssuerApi api) {
    String url = options.localUrl();
    Console.line("");
    Console.line("Credmill is running on %s", url);
    if (!options.publicUrl().equals(url)) {
      Console.line("  For others    %s", options.publicUrl());
      Console.line(
          "  Whoever can reach that address can use the keys below and read all messages.");
    }
    Console.line("  API           %s/q/openapi", url);
    Console.line("  Health        %s/q/health", url);
    Console.line("  Verifying     %s/verify", url);
    Console.line(
        "  Messages      %s/dev/inbox   IMAP localhost:%d (user inbox, password inbox), SMTP localhost:%d",
        url, options.imapPort(), options.smtpPort());
    Console.line(
        "  PostgreSQL    psql -h 127.0.0.1 -p %d -U postgres   (schemas %s)",
        postgresqlPort, String.join(", ", BackingServices.SERVICES));
    Console.line("  Kafka         %s", kafka);
    Console.line("  State, log    %s, credmill.log in it", state);
    Console.line("");
    Console.line("  %-14s%-20s%s", "Organization", "API key", "Role");
    for (ReadyKey key : KEYS) {
      Console.line("  %-14s%-20s%s", key.organization(), key.key(), key.role());
    }
    Console.line("");
    Console.line("  %-22s%-32s%s", "Definition", "Name", "Sheet to fill in (with the key)");
    List<JsonNode> definitions = new ArrayList<>();
    api.get("/v1/credential-definitions").path("items").forEach(definitions::add);
    definitions.sort(Comparator.comparing(definition -> definition.path("id").asText()));
    for (JsonNode definition : definitions) {
      Console.line(
          "  %-22s%-32s%s",
          definition.path("id").asText(),
          definition.path("name").asText(),
          "/v1/credential-definitions/"
              + definition.path("id").asText()
              + "/sheet.csv?medium=EMAIL");
    }
    if (options.file().isEmpty()) {
      Console.line("");
      Console.line("Try:");
      Console.line(
          "  curl -H 'X-API-Key: acme-issuer-key' -F definitionId=diploma -F medium=EMAIL -F mode=ISSUE \\");
      Console.line("       -F file=@samples/diplomas.csv %s/v1/batches", url);
    }
  }
}
