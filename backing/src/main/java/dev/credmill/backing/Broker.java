package dev.credmill.backing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.tools.StorageTool;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;

/** A real Kafka broker (KRaft, one node that is also its own controller) in this process. */
public final class Broker implements AutoCloseable {
  private final KafkaRaftServer server;
  private final int port;

  private Broker(KafkaRaftServer server, int port) {
    this.server = server;
    this.port = port;
  }

  /**
   * Starts a broker on the logs in {@code folder}, formatting it where it is new.
   *
   * @param port where to listen; 0 takes a free one
   */
  public static Broker start(Path folder, int port) {
    try {
      Files.createDirectories(folder);
      int listener = port == 0 ? FreePort.find() : port;
      int controller = FreePort.find();
      Path file = folder.resolve("server.properties");
      Properties properties = properties(folder.resolve("logs"), listener, controller);
      try (var out = Files.newBufferedWriter(file)) {
        properties.store(out, null);
      }
      if (!Files.exists(folder.resolve("logs").resolve("meta.properties"))) {
        format(file);
      }
      KafkaRaftServer server =
          new KafkaRaftServer(KafkaConfig.fromProps(properties, false), Time.SYSTEM);
      server.startup();
      return new Broker(server, listener);
    } catch (IOException e) {
      throw new UncheckedIOException("Kafka did not start in " + folder, e);
    }
  }

  /** The address that clients bootstrap from. */
  public String address() {
    return "127.0.0.1:" + port;
  }

  /** Makes the topics that do not exist yet. */
  public void createTopics(List<String> topics, int partitions) {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", address()))) {
      Set<String> known = admin.listTopics().names().get();
      admin
          .createTopics(
              topics.stream()
                  .filter(topic -> !known.contains(topic))
                  .map(topic -> new NewTopic(topic, partitions, (short) 1))
                  .toList())
          .all()
          .get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("the topics were not made", e.getCause());
    }
  }

  @Override
  public void close() {
    server.shutdown();
    server.awaitShutdown();
  }

  private static Properties properties(Path logs, int listener, int controller) {
    Properties properties = new Properties();
    properties.put("process.roles", "broker,controller");
    properties.put("node.id", "1");
    properties.put("controller.quorum.voters", "1@127.0.0.1:" + controller);
    properties.put(
        "listeners",
        "PLAINTEXT://127.0.0.1:%d,CONTROLLER://127.0.0.1:%d".formatted(listener, controller));
    properties.put("advertised.listeners", "PLAINTEXT://127.0.0.1:" + listener);
    properties.put("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
    properties.put("controller.listener.names", "CONTROLLER");
    properties.put("inter.broker.listener.name", "PLAINTEXT");
    properties.put("log.dirs", logs.toAbsolutePath().toString());
    properties.put("auto.create.topics.enable", "false");
    properties.put("group.initial.rebalance.delay.ms", "0");
    properties.put("offsets.topic.replication.factor", "1");
    properties.put("offsets.topic.num.partitions", "4");
    properties.put("transaction.state.log.replication.factor", "1");
    properties.put("transaction.state.log.min.isr", "1");
    properties.put("share.coordinator.state.topic.replication.factor", "1");
    properties.put("share.coordinator.state.topic.min.isr", "1");
    // Topics carry personal data; a day is enough for a machine that one person tries things on.
    properties.put("log.retention.hours", "24");
    properties.put("log.cleaner.dedupe.buffer.size", Integer.toString(4 * 1024 * 1024));
    return properties;
  }

  private static void format(Path config) {
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    int code =
        StorageTool.execute(
            new String[] {
              "format", "--cluster-id", Uuid.randomUuid().toString(), "--config", config.toString()
            },
            new PrintStream(said, true, StandardCharsets.UTF_8));
    if (code != 0) {
      throw new IllegalStateException(
          "Kafka's folder could not be formatted: " + said.toString(StandardCharsets.UTF_8));
    }
  }
}
