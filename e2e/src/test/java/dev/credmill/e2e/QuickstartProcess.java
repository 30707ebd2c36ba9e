package dev.credmill.e2e;

import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The packaged quickstart as a process of its own, which can be killed and started again. */
final class QuickstartProcess implements AutoCloseable {
  private static final Path JAR =
      Path.of("..", "quickstart", "target", "quarkus-app", "quarkus-run.jar");
  private static final Duration LONGEST_START = Duration.ofMinutes(3);
  private static final Duration LONGEST_RUN = Duration.ofMinutes(5);
  private static final Duration LONGEST_STOP = Duration.ofMinutes(1);
  private static final Pattern POSTGRESQL = Pattern.compile("psql -h 127\\.0\\.0\\.1 -p (\\d+)");
  private static final Pattern KAFKA = Pattern.compile("Kafka +(127\\.0\\.0\\.1:\\d+)");
  private static final Pattern READY = Pattern.compile("Credmill stays up");

  private final Path state;
  private final int httpPort;
  private final int smtpPort;
  private final int imapPort;
  private final StringBuffer output = new StringBuffer();
  private Process process;
  private Thread collector;

  private QuickstartProcess(Path state) {
    this.state = state;
    this.httpPort = freePort();
    this.smtpPort = freePort();
    this.imapPort = freePort();
  }

  /** Starts on a state folder of its own, and returns when the services answer. */
  static QuickstartProcess start(String name) {
    QuickstartProcess quickstart = stopped(name);
    quickstart.start();
    return quickstart;
  }

  /** With a state folder and ports of its own, and not started yet. */
  static QuickstartProcess stopped(String name) {
    try {
      Path targets = Files.createDirectories(Path.of("target", "quickstarts"));
      return new QuickstartProcess(Files.createTempDirectory(targets, name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** One more on the same state folder, with ports of its own. */
  QuickstartProcess another() {
    return new QuickstartProcess(state);
  }

  /** Starts it with these arguments and waits until it ends by itself; gives its exit code. */
  int run(String... arguments) {
    output.setLength(0);
    process = launch(List.of(arguments));
    try {
      if (!process.waitFor(LONGEST_RUN.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly();
        throw new IllegalStateException("it does not end:\n" + output + logTail());
      }
      collector.join();
      return process.exitValue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Starts again what was stopped or killed, on the same state and the same ports. */
  void start() {
    output.setLength(0);
    process = launch(List.of());
    await("the quickstart to be ready")
        .atMost(LONGEST_START)
        .pollInterval(Duration.ofMillis(50))
        .until(
            () -> {
              if (!process.isAlive()) {
                throw new IllegalStateException("it ended with:\n" + output + logTail());
              }
              return READY.matcher(output).find();
            });
  }

  private Process launch(List<String> arguments) {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx768m",
                "-XX:+UseParallelGC",
                "--enable-native-access=ALL-UNNAMED",
                "-Djava.awt.headless=true",
                "-jar",
                JAR.toString(),
                "--state=" + state,
                "--port=" + httpPort,
                "--smtp-port=" + smtpPort,
                "--imap-port=" + imapPort));
    command.addAll(arguments);
    try {
      Process started = new ProcessBuilder(command).redirectErrorStream(true).start();
      collector =
          Thread.ofPlatform().daemon().name("quickstart-output").start(() -> collect(started));
      return started;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void collect(Process from) {
    try (BufferedReader reader =
        new BufferedReader(new InputStreamReader(from.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        output.append(line).append('\n');
      }
    } catch (IOException e) {
      output.append(e).append('\n');
    }
  }

  /** kill -9: the process gets no chance to put anything in order. */
  void kill() {
    process.destroyForcibly();
    join();
  }

  /** As Ctrl-C does. */
  void stop() {
    process.destroy();
    join();
  }

  private void join() {
    try {
      if (!process.waitFor(LONGEST_STOP.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly();
        throw new IllegalStateException("it does not stop:\n" + output + logTail());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  String url() {
    return "http://localhost:" + httpPort;
  }

  int smtpPort() {
    return smtpPort;
  }

  int imapPort() {
    return imapPort;
  }

  String kafka() {
    return printed(KAFKA);
  }

  /** As a superuser, to look over the services' shoulders. */
  Connection database() throws SQLException {
    return DriverManager.getConnection(
        "jdbc:postgresql://127.0.0.1:" + printed(POSTGRESQL) + "/postgres", "postgres", "");
  }

  String output() {
    return output.toString();
  }

  private String printed(Pattern pattern) {
    Matcher matcher = pattern.matcher(output);
    if (!matcher.find()) {
      throw new IllegalStateException("not printed: " + pattern + "\n" + output);
    }
    return matcher.group(1);
  }

  private String logTail() {
    try {
      List<String> lines = Files.readAllLines(state.resolve("credmill.log"));
      return "log:\n"
          + String.join("\n", lines.subList(Math.max(0, lines.size() - 60), lines.size()));
    } catch (IOException e) {
      return "no log: " + e;
    }
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
    if (process.isAlive()) {
      stop();
    }
  }
}
