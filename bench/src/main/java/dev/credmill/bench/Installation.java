package dev.credmill.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The packaged services, each in a process of its own, on a database and a broker of their own. */
final class Installation implements AutoCloseable {
  private static final Duration LONGEST_START = Duration.ofMinutes(2);
  private static final Pattern BACKING = Pattern.compile("backing (\\d+) (\\S+)");
  private static final Pattern STARTED = Pattern.compile("Listening on: ");
  private static final int BACKING_HEAP = 512; // MiB

  private final Path folder;
  private final ChildJvm backing;
  private final int postgresql;
  private final String kafka;
  private final Map<Service, ChildJvm> services = new EnumMap<>(Service.class);
  private final Map<Service, Integer> ports = new EnumMap<>(Service.class);

  private Installation(Path folder) {
    this.folder = folder;
    this.backing =
        ChildJvm.start(
            "backing",
            folder,
            BACKING_HEAP,
            List.of(
                "-cp", ChildJvm.ownClassPath(), BackingProcess.class.getName(), folder.toString()));
    MatchResult found = backing.await(BACKING, LONGEST_START);
    this.postgresql = Integer.parseInt(found.group(1));
    this.kafka = found.group(2);
    for (Service service : Service.values()) {
      ports.put(service, freePort());
    }
  }

  /**
   * Starts services, and returns when they answer.
   *
   * @param root of the repository, where they are packaged
   * @param folder for everything that they write; new
   * @param heap of each service in MiB
   */
  static Installation start(Path root, Path folder, int heap, Set<Service> wanted) {
    Installation installation = new Installation(folder);
    // Ctrl-C leaves nothing running.
    Runtime.getRuntime().addShutdownHook(new Thread(installation::close));
    try {
      List<String> common = installation.common();
      for (Service service : wanted) {
        installation.services.put(service, installation.launch(root, service, heap, common));
      }
      installation.services.values().forEach(jvm -> jvm.await(STARTED, LONGEST_START));
      return installation;
    } catch (RuntimeException e) {
      installation.close();
      throw e;
    }
  }

  private ChildJvm launch(Path root, Service service, int heap, List<String> common) {
    Path jar = root.resolve(service.module()).resolve("target/quarkus-app/quarkus-run.jar");
    if (!Files.exists(jar)) {
      throw new IllegalStateException(service.module() + " is not packaged: " + jar);
    }
    List<String> options = new ArrayList<>(service.options(postgresql, ports.get(service)));
    options.addAll(common);
    options.add("-jar");
    options.add(jar.toString());
    return ChildJvm.start(service.module(), folder, heap, options);
  }

  private List<String> common() {
    try {
      Path masterKey = folder.resolve("master.key");
      // For this run only; what it encrypts goes with the folder.
      byte[] key = new byte[32];
      new SecureRandom().nextBytes(key);
      Files.writeString(masterKey, Base64.getEncoder().encodeToString(key));
      return List.of(
          "-Dkafka.bootstrap.servers=" + kafka,
          "-Dcredmill.public-url=http://localhost:" + ports.get(Service.BATCH_API),
          "-Dcredmill.service-token=" + UUID.randomUUID(),
          "-Dcredmill.schema-registry.url=" + url(Service.SCHEMA_REGISTRY),
          "-Dcredmill.issuance-worker.url=" + url(Service.ISSUANCE_WORKER),
          "-Dcredmill.notification-worker.url=" + url(Service.NOTIFICATION_WORKER),
          "-Dissuance.master-key-file=" + masterKey,
          "-Dregistry.ready-content=true");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String url(Service service) {
    return "http://127.0.0.1:" + ports.get(service);
  }

  /** Seconds of processor time so far, of each service and of what they stand on. */
  Map<String, Double> cpu() {
    Map<String, Double> cpu = new LinkedHashMap<>();
    services.forEach((service, jvm) -> cpu.put(service.module(), seconds(jvm.cpu())));
    cpu.put("kafka", seconds(backing.cpu()));
    cpu.put("postgresql", postgresql().mapToDouble(p -> seconds(cpu(p))).sum());
    return cpu;
  }

  /** The server and a process for each of its connections. */
  private Stream<ProcessHandle> postgresql() {
    try (Stream<String> lines =
        Files.lines(folder.resolve("postgresql").resolve("data").resolve("postmaster.pid"))) {
      ProcessHandle server =
          ProcessHandle.of(Long.parseLong(lines.findFirst().orElseThrow().strip())).orElseThrow();
      return Stream.concat(Stream.of(server), server.children());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Duration cpu(ProcessHandle process) {
    return process.info().totalCpuDuration().orElse(Duration.ZERO);
  }

  private static double seconds(Duration duration) {
    return duration.toNanos() / 1e9;
  }

  /** The JDBC address of the database, as a superuser. */
  String database() {
    return "jdbc:postgresql://127.0.0.1:%d/postgres?user=postgres".formatted(postgresql);
  }

  String kafka() {
    return kafka;
  }

  ChildJvm process(Service service) {
    return services.get(service);
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    services.values().forEach(ChildJvm::close);
    backing.close();
  }
}
