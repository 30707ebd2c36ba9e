package dev.credmill.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A Java process of its own, with its output and the log of its garbage collector in files. */
final class ChildJvm implements AutoCloseable {
  private static final Duration LONGEST_STOP = Duration.ofSeconds(60);
  private static final Pattern COLLECTION = Pattern.compile("(\\d+)M->(\\d+)M\\(\\d+M\\)");
  private static final long MEBIBYTE = 1L << 20;

  private final String name;
  private final Path output;
  private final Path collections;
  private final Process process;

  private ChildJvm(String name, Path output, Path collections, Process process) {
    this.name = name;
    this.output = output;
    this.collections = collections;
    this.process = process;
  }

  /**
   * Starts it.
   *
   * @param arguments options of the JVM first, then what it runs
   */
  static ChildJvm start(String name, Path folder, int heapMebibytes, List<String> arguments) {
    try {
      Path output = Files.createDirectories(folder).resolve(name + ".log");
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
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.to(output.toFile()))
              .start();
      return new ChildJvm(name, output, collections, process);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A child has the same working directory, so relative parts stay valid. */
  static String ownClassPath() {
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

  void mustLive() {
    if (!process.isAlive()) {
      throw new IllegalStateException(
          "%s ended with %d:%n%s".formatted(name, process.exitValue(), said()));
    }
  }

  String said() {
    try {
      return Files.readString(output);
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
  record Heap(long most, long live) {}

  Heap heap() {
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
  long peakResident() {
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
    try {
      process.getOutputStream().close();
      process.destroy();
      if (!process.waitFor(LONGEST_STOP.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (IOException e) {
      process.destroyForcibly();
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
