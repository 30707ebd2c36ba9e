package dev.credmill.backing;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A real database and a real broker for the tests of a service, in the service's target folder. */
public class BackingTestResource implements QuarkusTestResourceLifecycleManager {
  private static final List<String> TOPICS =
      List.of(
          "credential-requested",
          "credential-outcome",
          "delivery-requested",
          "delivery-outcome",
          "status-requested",
          "credential-changed");
  private static final List<String> SERVICES =
      List.of("registry", "batch", "issuance", "notification");
  private Database database;
  private Broker broker;

  @Override
  public Map<String, String> start() {
    Path folder = temporaryFolder();
    database = Database.start(folder.resolve("postgresql"), 0);
    // A test run that is broken off never comes to stop().
    Runtime.getRuntime().addShutdownHook(new Thread(database::close, "database-stop"));
    broker = Broker.start(folder.resolve("kafka"), 0);
    broker.createTopics(TOPICS, 2);
    Map<String, String> config = new HashMap<>();
    for (String service : SERVICES) {
      config.put("quarkus.datasource." + service + ".jdbc.url", database.url(service));
      config.put("quarkus.datasource." + service + ".username", service);
    }
    config.put("kafka.bootstrap.servers", broker.address());
    return config;
  }

  @Override
  public void stop() {
    if (broker != null) {
      broker.close();
    }
    if (database != null) {
      database.close();
    }
  }

  private static Path temporaryFolder() {
    try {
      return Files.createTempDirectory(Files.createDirectories(Path.of("target")), "backing");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
