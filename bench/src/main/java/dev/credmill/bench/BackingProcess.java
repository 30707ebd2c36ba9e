package dev.credmill.bench;

import dev.credmill.backing.Broker;
import dev.credmill.backing.Database;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** PostgreSQL and a Kafka broker in a process of their own, until standard input ends. */
final class BackingProcess {
  private static final List<String> TOPICS =
      List.of(
          "credential-requested", "credential-outcome", "delivery-requested", "delivery-outcome");
  private static final int PARTITIONS = 4;

  private BackingProcess() {}

  public static void main(String[] arguments) throws IOException {
    Path folder = Path.of(arguments[0]);
    Database database = Database.start(folder.resolve("postgresql"), 0);
    Broker broker = Broker.start(folder.resolve("kafka"), 0);
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  broker.close();
                  database.close();
                }));
    broker.createTopics(TOPICS, PARTITIONS);
    System.out.println("backing " + database.port() + ' ' + broker.address());
    while (System.in.read() >= 0) {
      // Whoever started this ends it by closing the pipe, or by dying.
    }
    System.exit(0);
  }
}
