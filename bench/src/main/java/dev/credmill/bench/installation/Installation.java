package dev.credmill.bench.installation;

import dev.credmill.backing.FreePort;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The packaged services, each in a process of its own, on a database and a broker of their own. */
public final class Installation implements AutoCloseable {
  private static final Duration LONGEST_START = Duration.ofMinutes(2);
  private static final Pattern READY = Pattern.compile("ready");
  private static final int BACKING_HEAP = 512; // MiB

  private final Path root;
  private final Path folder;
  private final int heap;
  private final AotCache aot;
  private final List<String> options;
  private final int postgresqlPort = FreePort.find();
  private final int kafkaPort = FreePort.find();
  private final ChildJvm postgresql;
  private final ChildJvm kafka;
  private final Map<Service, Integer> ports = new EnumMap<>(Service.class);
  private final Map<Service, List<Instance>> services = new EnumMap<>(Service.class);

  private Installation(Path root, Path folder, int heap, AotCache aot, List<String> options) {
    this.root = root;
    this.folder = folder;
    this.heap = heap;
    this.aot = aot;
    for (Service service : Service.values()) {
      ports.put(service, FreePort.find());
    }
    this.options = Stream.concat(common().stream(), options.stream()).toList();
    this.postgresql = backing("postgresql", PostgresqlProcess.class, postgresqlPort);
    this.kafka = backing("kafka", KafkaProcess.class, kafkaPort);
  }

  private ChildJvm backing(String name, Class<?> main, int port) {
    return ChildJvm.start(
        name,
        folder,
        BACKING_HEAP,
        List.of(
            "-cp",
            ChildJvm.ownClassPath(),
            main.getName(),
            folder.resolve(name).toString(),
            Integer.toString(port)));
  }

  /** Starts services with the AOT caches that there are, and returns when they answer. */
  public static Installation start(
      Path root, Path folder, int heap, Set<Service> wanted, String... options) {
    return start(root, folder, heap, AotCache.USED, wanted, options);
  }

  /**
   * Starts services, and returns when they answer.
   *
   * @param root of the repository, where they are packaged
   * @param folder for everything that they write; new
   * @param heap of each service in MiB
   * @param options of every service, such as {@code -Dbatch.lease=3s}
   */
  public static Installation start(
      Path root, Path folder, int heap, AotCache aot, Set<Service> wanted, String... options) {
    Installation installation = new Installation(root, folder, heap, aot, List.of(options));
    // Ctrl-C leaves nothing running.
    Runtime.getRuntime().addShutdownHook(new Thread(installation::close));
    try {
      installation.postgresql.await(READY, LONGEST_START);
      installation.kafka.await(READY, LONGEST_START);
      wanted.forEach(service -> installation.launch(service, installation.ports.get(service), ""));
      wanted.forEach(service -> installation.instance(service).awaitStarted());
      return installation;
    } catch (RuntimeException e) {
      installation.close();
      throw e;
    }
  }

  private Instance launch(Service service, int port, String suffix) {
    Path jar = service.jar(root);
    if (!Files.exists(jar)) {
      throw new IllegalStateException(service.module() + " is not packaged: " + jar);
    }
    List<String> arguments = new ArrayList<>(aot.options(root, folder, service));
    arguments.addAll(service.options(postgresqlPort, port));
    arguments.add("-Djava.io.tmpdir=" + temporary(service));
    arguments.addAll(options);
    arguments.add("-jar");
    arguments.add(jar.toString());
    Instance instance =
        new Instance(ChildJvm.start(service.module() + suffix, folder, heap, arguments), port);
    services.computeIfAbsent(service, _ -> new ArrayList<>()).add(instance);
    return instance;
  }

  /** Where a service's processes keep temporary files. */
  public Path temporary(Service service) {
    try {
      return Files.createDirectories(folder.resolve("tmp").resolve(service.module()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<String> common() {
    try {
      Files.createDirectories(folder);
      Path masterKey = folder.resolve("master.key");
      // For this run only; what it encrypts goes with the folder.
      byte[] key = new byte[32];
      new SecureRandom().nextBytes(key);
      Files.writeString(masterKey, Base64.getEncoder().encodeToString(key));
      return List.of(
          "-Dkafka.bootstrap.servers=" + kafka(),
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

  public String url(Service service) {
    return "http://127.0.0.1:" + ports.get(service);
  }

  /** The first process of a service, which has its address. */
  public Instance instance(Service service) {
    return services.get(service).getFirst();
  }

  /** Starts one more process of a service, on a port of its own. */
  public Instance add(Service service) {
    Instance instance = launch(service, FreePort.find(), "-" + (services.get(service).size() + 1));
    instance.awaitStarted();
    return instance;
  }

  /** Ends a process that was added, in good order. */
  public void remove(Service service, Instance instance) {
    services.get(service).remove(instance);
    instance.jvm().close();
  }

  public void killKafka() {
    kafka.kill();
  }

  /** Starts Kafka again on the same address; makes topics that are not there. */
  public void startKafka() {
    kafka.start();
    kafka.await(READY, LONGEST_START);
  }

  /** Everything that a killed Kafka has written. */
  public void deleteKafkaData() {
    delete(folder.resolve("kafka"));
  }

  /** Puts the AOT caches that closed services have left in their places. */
  public void keepAotCaches() {
    AotCache.keep(root, folder, services.keySet());
  }

  /** A new folder for everything that programs of this module write. */
  public static Path newFolder(Path root, String name) {
    try {
      return Files.createTempDirectory(Files.createDirectories(root.resolve("target")), name);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A folder and all that is in it. */
  public static void delete(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** {@code kill -9} of the server; its processes for connections end by themselves then. */
  public void killPostgresql() {
    List<ProcessHandle> processes = postgresqlProcesses().toList();
    processes.getFirst().destroyForcibly();
    postgresql.kill();
    for (ProcessHandle process : processes) {
      try {
        process.onExit().get(10, TimeUnit.SECONDS);
      } catch (TimeoutException _) {
        process.destroyForcibly();
      } catch (InterruptedException | ExecutionException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  public void startPostgresql() {
    postgresql.start();
    postgresql.await(READY, LONGEST_START);
  }

  /** Seconds of processor time so far, of each service and of what they stand on. */
  public Map<String, Double> cpu() {
    Map<String, Double> cpu = new LinkedHashMap<>();
    services.forEach(
        (service, instances) ->
            cpu.put(
                service.module(),
                instances.stream().mapToDouble(instance -> seconds(instance.jvm().cpu())).sum()));
    cpu.put("kafka", seconds(kafka.cpu()));
    cpu.put("postgresql", postgresqlProcesses().mapToDouble(p -> seconds(cpu(p))).sum());
    return cpu;
  }

  /** The server first, then a process for each of its connections. */
  private Stream<ProcessHandle> postgresqlProcesses() {
    Path file = folder.resolve("postgresql").resolve("data").resolve("postmaster.pid");
    try (Stream<String> lines = Files.lines(file)) {
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
  public String database() {
    return "jdbc:postgresql://127.0.0.1:%d/postgres?user=postgres".formatted(postgresqlPort);
  }

  /** The broker's address. */
  public String kafka() {
    return "127.0.0.1:" + kafkaPort;
  }

  /** The lines in the services' logs that say that. */
  public List<String> said(String words) {
    List<String> lines = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path log : files.filter(one -> one.toString().endsWith(".log")).toList()) {
        try (Stream<String> said = Files.lines(log)) {
          said.filter(line -> line.contains(words)).forEach(lines::add);
        }
      }
      return lines;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What Kafka has on disk of the services' events; others' topics come and go meanwhile. */
  public long kafkaBytes() {
    long bytes = 0;
    try (DirectoryStream<Path> logs =
        Files.newDirectoryStream(
            folder.resolve("kafka/logs"), "{credential,delivery}-{requested,outcome}-*")) {
      for (Path log : logs) {
        try (DirectoryStream<Path> segments = Files.newDirectoryStream(log, "*.log")) {
          for (Path segment : segments) {
            bytes += Files.size(segment);
          }
        }
      }
      return bytes;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    services
        .values()
        .forEach(instances -> instances.forEach(one -> one.jvm().close(aot.longestStop())));
    kafka.close();
    postgresql.close();
  }
}
