package dev.credmill.bench.installation;

import dev.credmill.backing.Broker;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** A Kafka broker in a process of its own, until standard input ends. */
final class KafkaProcess {
  private static final int PARTITIONS = 4;

  private KafkaProcess() {}

  /**
   * @param arguments the folder of its logs, and the port
   */
  public static void main(String[] arguments) throws IOException {
    Broker broker = Broker.start(Path.of(arguments[0]), Integer.parseInt(arguments[1]));
    Runtime.getRuntime().addShutdownHook(new Thread(broker::close));
    broker.createTopics(
        List.of(
            "credential-requested",
            "credential-outcome",
            "delivery-requested",
            "delivery-outcome",
            "status-requested",
            "credential-changed"),
        PARTITIONS);
    System.out.println("ready");
    while (System.in.read() >= 0) {
      // Whoever started this ends it by closing the pipe, or by dying.
    }
    System.exit(0);
  }
}
