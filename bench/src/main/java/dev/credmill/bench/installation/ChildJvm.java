package dev.credmill.bench.installation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A Java process of its own, with its output and the log of its garbage collector in files. It can
 * be killed, frozen and started again; calls from several threads take turns.
 */
public final class ChildJvm implements AutoCloseable {
  private static final Duration LONGEST_STOP = Duration.ofSeconds(60);
  private static final Pattern COLLECTION = Pattern.compile("(\\d+)M->(\\d+)M\\(\\d+M\\)");
  private static final long MEBIBYTE = 1L << 20;

  private final String name;
  private final Path output;
  private final Path collections;
  private final List<String> command;
  private volatile Process process;
  private volatile long saidBefore;

  private ChildJvm(String name, Path output, Path collections, List<String> command) {
    this.name = name;
    this.output = output;
    this.collections = collections;
    this.command = command;
  }

  /**
   * Starts it.
   *
   * @param arguments options of the JVM first, then what it runs
   */
  static ChildJvm start(String name, Path folder, int heapMebibytes, List<String> arguments) {
    Path output = folder.resolve(name + ".log");
    Path collections = folder.resolve(name + ".gc.log");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xmx" + heapMebibytes + "m");
    command.add("-XX:+UseParallelGC");
    command.add("-XX:+ExitOnOutOfMemoryError");
    command.add("-Xlog:gc:file=" + collections);
    command.add("--enable-native-access=ALL-UNNAMED");
    command.add("--sun-misc-unsafe-memory-access=allow");
    command.add("-Djava.awt.headless=true");
    command.addAll(arguments);
    ChildJvm jvm = new ChildJvm(name, output, collections, command);
    jvm.start();
    return jvm;
  }

  /** Starts it again, after it ended or was killed. */
  synchronized void start() {
    try {
      Files.createDirectories(output.getParent());
      saidBefore = Files.exists(output) ? Files.size(output) : 0;
      process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()))
              .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** {@code kill -9}: it gets no chance to finish anything. */
  synchronized void kill() {
    process.destroyForcibly();
    awaitEnd(process);
  }

  /** Whether it ends by itself within that time. */
  boolean endsWithin(Duration longest) {
    try {
      return process.waitFor(longest.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Stops it in its tracks (SIGSTOP), as a long pause of the machine would. */
  void freeze() {
    signal("STOP");
  }

  /** Lets it go on. */
  void thaw() {
    signal("CONT");
  }

  private void signal(String signal) {
    try {
      Process kill = new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid())).start();
      awaitEnd(kill);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void awaitEnd(Process process) {
    try {
      if (!process.waitFor(LONGEST_STOP.toSeconds(), TimeUnit.SECONDS)) {
        throw new IllegalStateException(process + " does not end");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** A child has the same working directory, so relative parts stay valid. */
  public static String ownClassPath() {
    return System.getProperty("java.class.path");
  }

  /** Waits for a line of its output. */
  MatchResult await(Pattern line, Duration longest) {
    long end = System.nanoTime() + longest.toNanos();
    while (System.nanoTime() < end) {
      var matcher = line.matcher(said());
      if (matcher.find()) {
        return matcher.toMatchResult();
      }
      mustLive();
      pause();
    }
    throw new IllegalStateException(name + " does not start:\n" + said());
  }

  public void mustLive() {
    if (!process.isAlive()) {
      throw new IllegalStateException(
          "%s ended with %d:%n%s".formatted(name, process.exitValue(), said()));
    }
  }

  /** Its output since it was last started. */
  private String said() {
    try (var file = Files.newByteChannel(output)) {
      file.position(saidBefore);
      return new String(Channels.newInputStream(file).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What it has used of the processors so far. */
  Duration cpu() {
    return process.info().totalCpuDuration().orElse(Duration.ZERO);
  }

  /**
   * Its heap so far, in bytes.
   *
   * @param most that was in use, garbage with it
   * @param live the most that a collection has left
   */
  public record Heap(long most, long live) {}

  public Heap heap() {
    try (Stream<String> lines = Files.lines(collections)) {
      long[] heap = new long[2];
      lines.forEach(
          line -> {
            var collection = COLLECTION.matcher(line);
            if (collection.find()) {
              heap[0] = Math.max(heap[0], Long.parseLong(collection.group(1)) * MEBIBYTE);
              heap[1] = Math.max(heap[1], Long.parseLong(collection.group(2)) * MEBIBYTE);
            }
          });
      return new Heap(heap[0], heap[1]);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The most memory that it had at any time, in bytes; 0 where the system does not tell. */
  public long peakResident() {
    try (Stream<String> lines =
        Files.lines(Path.of("/proc", Long.toString(process.pid()), "status"))) {
      return lines
          .filter(line -> line.startsWith("VmHWM:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
          .findFirst()
          .orElse(0);
    } catch (IOException e) {
      return 0;
    }
  }

  private static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(50);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    close(LONGEST_STOP);
  }

  /** Ends it in good order, or, after that time, with all that it has started. */
  synchronized void close(Duration longest) {
    try {
      thaw();
      process.getOutputStream().close();
      process.destroy();
      if (!process.waitFor(longest.toSeconds(), TimeUnit.SECONDS)) {
        destroyAll();
      }
    } catch (IOException | UncheckedIOException e) {
      destroyAll();
    } catch (InterruptedException e) {
      destroyAll();
      Thread.currentThread().interrupt();
    }
  }

  private void destroyAll() {
    List<ProcessHandle> children = process.descendants().toList();
    process.destroyForcibly();
    children.forEach(ProcessHandle::destroyForcibly);
  }
}
