package dev.credmill.quickstart;

import dev.credmill.backing.Mailbox;
import io.quarkus.runtime.Application;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;

/** All four services with PostgreSQL, Kafka and a mailbox in one process. */
@QuarkusMain
public final class Quickstart {
  static final int REFUSED = 2;
  private static final Duration LONGEST_STOP = Duration.ofSeconds(30);

  private Quickstart() {}

  public static void main(String[] arguments) {
    try {
      start(arguments);
    } catch (Refusal e) {
      Console.error(e.getMessage());
      System.exit(REFUSED);
    }
  }

  private static void start(String[] arguments) {
    Options options = Options.parse(arguments);
    StateFolder state = StateFolder.take(options.state(), options.fresh());
    state.bindTo(options.publicUrl());
    Ports.insistOn(options.port(), "HTTP", "--port");
    Ports.insistOn(options.smtpPort(), "SMTP", "--smtp-port");
    Ports.insistOn(options.imapPort(), "IMAP", "--imap-port");

    StartLog.to(state.log());
    BackingServices services = startBackingServices(options, state);
    // Quarkus stops in a hook of its own; what it stands on must outlast it.
    Runtime.getRuntime()
        .addShutdownHook(new Thread(() -> stop(services, state), "quickstart-stop"));
    MailboxOfThisProcess.is(services.mailbox());
    settings(options, state, services).forEach(System::setProperty);

    Console.begin("Starting the services");
    Quarkus.run(
        Running.class,
        (code, failure) -> {
          if (failure != null) {
            Console.failed();
            Console.error(
                "Credmill did not start: %s\nSee %s."
                    .formatted(Console.reason(failure), state.log()));
          }
          System.exit(code);
        },
        arguments);
  }

  private static BackingServices startBackingServices(Options options, StateFolder state) {
    Console.begin("Starting PostgreSQL, Kafka and the mailbox");
    try {
      BackingServices services =
          BackingServices.start(state, options.smtpPort(), options.imapPort());
      Console.done();
      return services;
    } catch (RuntimeException e) {
      Console.failed();
      throw new Refusal(
          "Credmill did not start: %s\nIf what %s holds may go, --fresh starts anew."
              .formatted(Console.reason(e), state.path()),
          e);
    }
  }

  private static Map<String, String> settings(
      Options options, StateFolder state, BackingServices services) {
    Map<String, String> settings = new HashMap<>();
    for (String service : BackingServices.SERVICES) {
      settings.put("quarkus.datasource." + service + ".jdbc.url", services.database().url(service));
      settings.put("quarkus.datasource." + service + ".username", service);
    }
    settings.put("kafka.bootstrap.servers", services.broker().address());
    settings.put("credmill.public-url", options.publicUrl());
    settings.put("credmill.service-token", token());
    String self = "http://127.0.0.1:" + options.port();
    settings.put("credmill.schema-registry.url", self);
    settings.put("credmill.issuance-worker.url", self);
    settings.put("credmill.notification-worker.url", self);
    settings.put("issuance.master-key-file", state.masterKey().toString());
    settings.put("issuance.vc-api", "true");
    settings.put("batch.webhooks.master-key-file", state.masterKey().toString());
    // Whoever tries it out receives them on this machine.
    settings.put("batch.webhooks.allowed-networks", "127.0.0.0/8,::1/128");
    settings.put("batch.webhooks.plain-http", "true");
    settings.put("quarkus.http.host", "127.0.0.1");
    settings.put("quarkus.http.port", Integer.toString(options.port()));
    settings.put("notification.email.host", "127.0.0.1");
    settings.put("notification.email.port", Integer.toString(options.smtpPort()));
    settings.put("notification.master-key-file", state.masterKey().toString());
    // The mailbox that comes along may be an organization's own server, too.
    settings.put("notification.own-servers.allowed-networks", "127.0.0.0/8,::1/128");
    settings.put(
        "notification.own-servers.allowed-ports",
        "%d,%d".formatted(options.smtpPort(), options.imapPort()));
    settings.put("notification.bounces.address", "bounces@quickstart.example");
    settings.put("notification.bounces.host", "127.0.0.1");
    settings.put("notification.bounces.port", Integer.toString(options.imapPort()));
    settings.put("notification.bounces.user", Mailbox.USER);
    settings.put("notification.bounces.password", Mailbox.PASSWORD);
    settings.put("notification.bounces.tls", "false");
    settings.put("notification.bounces.every", "2s");
    settings.put("quarkus.log.file.path", state.log().toString());
    settings.put("quickstart.state", state.path().toString());
    settings.put("quickstart.postgresql-port", Integer.toString(services.database().port()));
    return settings;
  }

  /** Caller and called are this one process, so a new secret for each start does. */
  private static String token() {
    byte[] random = new byte[32];
    new SecureRandom().nextBytes(random);
    return HexFormat.of().formatHex(random);
  }

  private static void stop(BackingServices services, StateFolder state) {
    Application application = Application.currentApplication();
    if (application != null) {
      Thread waiting = Thread.ofPlatform().daemon().start(application::awaitShutdown);
      try {
        waiting.join(LONGEST_STOP);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    services.close();
    try {
      state.close();
    } catch (IOException e) {
      Console.error("The lock of the state folder was not given back: " + e);
    }
  }
}
