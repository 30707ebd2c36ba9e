package dev.credmill.backing;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/**
 * A real PostgreSQL from an embedded binary, durable (fsync and synchronous_commit on, which the
 * library switches off by default), on 127.0.0.1 only. One schema and one role per service.
 */
public final class Database implements AutoCloseable {
  private static final Map<String, String> SCHEMA_OF_ROLE =
      Map.of(
          "registry", "registry",
          "batch", "batch",
          "issuance", "issuance",
          "notification", "notification");
  private final EmbeddedPostgres postgres;

  private Database(EmbeddedPostgres postgres) {
    this.postgres = postgres;
  }

  /**
   * Starts a server on the data in {@code folder}, making it where there is none. A server that a
   * killed process left running on the same data is stopped first. Whoever starts it closes it: a
   * shutdown hook of its own would take it from under a service that is still stopping.
   *
   * @param port where to listen; 0 takes a free one
   */
  public static Database start(Path folder, int port) {
    return start(folder, port, "256MB");
  }

  /**
   * @param sharedBuffers how much memory the server keeps pages in, as PostgreSQL writes it; used
   *     as data comes
   */
  public static Database start(Path folder, int port, String sharedBuffers) {
    try {
      Files.createDirectories(folder);
      stopLeftover(folder);
      Path complete = folder.resolve("initialized");
      if (!Files.exists(complete)) {
        // Killed while making the data: half of it keeps PostgreSQL from ever starting on it.
        deleteTree(folder.resolve("data"));
      }
      EmbeddedPostgres.Builder builder =
          EmbeddedPostgres.builder()
              .setDataDirectory(folder.resolve("data"))
              .setCleanDataDirectory(false)
              .setRegisterShutdownHook(false)
              .setOverrideWorkingDirectory(folder.resolve("binaries").toFile())
              .setPGStartupWait(Duration.ofSeconds(120))
              .setServerConfig("fsync", "on")
              .setServerConfig("synchronous_commit", "on")
              .setServerConfig("full_page_writes", "on")
              .setServerConfig("listen_addresses", "127.0.0.1")
              .setServerConfig("max_connections", "120")
              .setServerConfig("shared_buffers", sharedBuffers)
              .setServerConfig("max_wal_size", "4GB")
              .setServerConfig("checkpoint_timeout", "15min");
      if (port != 0) {
        builder.setPort(port);
      }
      Database database = new Database(builder.start());
      database.makeRoles();
      if (!Files.exists(complete)) {
        Files.createFile(complete);
      }
      return database;
    } catch (IOException e) {
      throw new UncheckedIOException("PostgreSQL did not start in " + folder, e);
    }
  }

  public int port() {
    return postgres.getPort();
  }

  /** The JDBC address of one service's schema; the service's role has no password here. */
  public String url(String service) {
    return "jdbc:postgresql://127.0.0.1:%d/postgres?currentSchema=%s&logServerErrorDetail=false&reWriteBatchedInserts=true"
        .formatted(port(), SCHEMA_OF_ROLE.get(service));
  }

  /** As a superuser, for tests that look over the services' shoulders. */
  public Connection connection() throws SQLException {
    return postgres.getPostgresDatabase().getConnection();
  }

  @Override
  public void close() {
    try {
      postgres.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void makeRoles() {
    try (Connection connection = connection();
        Statement statement = connection.createStatement()) {
      for (Map.Entry<String, String> entry : SCHEMA_OF_ROLE.entrySet()) {
        String role = entry.getKey();
        statement.execute(
            "do $$ begin if not exists (select from pg_roles where rolname = '%s') then create role %s login; end if; end $$"
                .formatted(role, role));
        statement.execute(
            "create schema if not exists %s authorization %s".formatted(entry.getValue(), role));
      }
    } catch (SQLException e) {
      throw new IllegalStateException("the services' roles were not made", e);
    }
  }

  /**
   * Stops the server that a killed process left running on the data in {@code folder}; does nothing
   * where there is none. kill -9 ends the process but not the server that it had started.
   */
  public static void stopLeftover(Path folder) throws IOException {
    Path data = folder.resolve("data");
    Path pidFile = data.resolve("postmaster.pid");
    if (!Files.exists(pidFile)) {
      return;
    }
    Optional<ProcessHandle> process = processIn(pidFile);
    if (process.isEmpty()) {
      // PostgreSQL sees by itself that this file is stale.
      return;
    }
    if (isPostgresOf(process.get(), data)) {
      stop(process.get());
    } else {
      // The number went to another process meanwhile, for which PostgreSQL would refuse to start.
      Files.delete(pidFile);
    }
  }

  private static void deleteTree(Path root) throws IOException {
    if (!Files.exists(root)) {
      return;
    }
    try (Stream<Path> tree = Files.walk(root)) {
      for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }

  private static Optional<ProcessHandle> processIn(Path pidFile) throws IOException {
    List<String> lines = Files.readAllLines(pidFile);
    try {
      return lines.isEmpty()
          ? Optional.empty()
          : ProcessHandle.of(Long.parseLong(lines.getFirst().trim()));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  private static void stop(ProcessHandle leftover) throws IOException {
    try {
      // SIGTERM would wait for clients; SIGINT is PostgreSQL's "fast shutdown" and loses nothing.
      new ProcessBuilder("kill", "-INT", Long.toString(leftover.pid())).start().waitFor();
      leftover.onExit().get(60, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } catch (ExecutionException | TimeoutException e) {
      throw new IOException(
          "a PostgreSQL of an earlier run (process %d) does not stop; end it and try again"
              .formatted(leftover.pid()),
          e);
    }
  }

  private static boolean isPostgresOf(ProcessHandle process, Path data) throws IOException {
    String command =
        process.info().commandLine().orElseGet(() -> process.info().command().orElse(""));
    return command.contains("postgres")
        && (command.contains(data.toAbsolutePath().toString())
            || command.contains(data.toRealPath().toString()));
  }
}
