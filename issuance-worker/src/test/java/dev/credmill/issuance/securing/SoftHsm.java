package dev.credmill.issuance.securing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * SoftHSM, a PKCS#11 token in software: the installed one, or Debian's packages unpacked beside the
 * test. One token for this process, since the module looks for them once.
 */
final class SoftHsm {
  static final String PIN = "5678";
  static final String THERE = "dev.credmill.issuance.securing.SoftHsm#isThere";
  static final String MISSING =
      "SKIPPED: neither SoftHSM (softhsm2) nor apt to get it is on this machine; PKCS#11 is not tested";
  private static final Path HERE = Path.of("target", "softhsm").toAbsolutePath();
  private static final Map<String, String> ENVIRONMENT = new HashMap<>();

  /** Other class loaders find the token by it, too. */
  private static final String SETTINGS = "softhsm2.conf";

  private static SoftHsm found;
  private final Path module;
  private final Path tool;

  private SoftHsm(Path module, Path tool) {
    this.module = module;
    this.tool = tool;
  }

  /** For {@code @EnabledIf}: whether there is one, or one was got. */
  static synchronized boolean isThere() {
    if (found == null) {
      found = in(Path.of("/")).or(SoftHsm::unpacked).orElse(null);
      if (found != null) {
        found.configure();
      }
    }
    return found != null;
  }

  static SoftHsm get() {
    if (!isThere()) {
      throw new IllegalStateException(MISSING);
    }
    return found;
  }

  Path module() {
    return module;
  }

  /** The id of the token's slot, as its tool tells it. */
  long slot() {
    String slots =
        run(List.of(tool.toString(), "--module", module.toString(), "--show-slots")).orElseThrow();
    return slots
        .lines()
        .filter(line -> line.startsWith("Slot "))
        .mapToLong(line -> Long.parseLong(line.substring("Slot ".length()).strip()))
        .findFirst()
        .orElseThrow();
  }

  private void configure() {
    try {
      String before = System.getProperty(SETTINGS);
      if (before != null) {
        ENVIRONMENT.put("SOFTHSM2_CONF", before);
        return;
      }
      Path folder = Files.createTempDirectory(Files.createDirectories(HERE), "tokens");
      Path settings = folder.resolve("softhsm2.conf");
      Files.writeString(
          settings, "directories.tokendir = %s\nobjectstore.backend = file\n".formatted(folder));
      System.setProperty(SETTINGS, settings.toString());
      environment("SOFTHSM2_CONF", settings.toString());
      assertThat(
              run(
                  List.of(
                      tool.toString(),
                      "--module",
                      module.toString(),
                      "--init-token",
                      "--free",
                      "--label",
                      "credmill",
                      "--so-pin",
                      "1234567",
                      "--pin",
                      PIN)))
          .as("the new token")
          .isPresent();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** For the module, which asks C for it: Java's own copy of the environment cannot be changed. */
  private static void environment(String name, String value) {
    Linker linker = Linker.nativeLinker();
    try (Arena arena = Arena.ofConfined()) {
      int result =
          (int)
              linker
                  .downcallHandle(
                      linker.defaultLookup().find("setenv").orElseThrow(),
                      FunctionDescriptor.of(
                          ValueLayout.JAVA_INT,
                          ValueLayout.ADDRESS,
                          ValueLayout.ADDRESS,
                          ValueLayout.JAVA_INT))
                  .invokeExact(arena.allocateFrom(name), arena.allocateFrom(value), 1);
      assertThat(result).isZero();
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
    ENVIRONMENT.put(name, value);
  }

  private static Optional<SoftHsm> in(Path root) {
    Optional<Path> module =
        Stream.of(
                "usr/lib/softhsm/libsofthsm2.so",
                "usr/lib/x86_64-linux-gnu/softhsm/libsofthsm2.so",
                "usr/lib/aarch64-linux-gnu/softhsm/libsofthsm2.so",
                "usr/local/lib/softhsm/libsofthsm2.so",
                "opt/homebrew/lib/softhsm/libsofthsm2.so")
            .map(root::resolve)
            .filter(Files::isReadable)
            .findFirst();
    Optional<Path> tool =
        Stream.of("usr/bin", "usr/local/bin", "opt/homebrew/bin")
            .map(folder -> root.resolve(folder).resolve("softhsm2-util"))
            .filter(Files::isExecutable)
            .findFirst();
    return module.flatMap(m -> tool.map(t -> new SoftHsm(m, t)));
  }

  private static Optional<SoftHsm> unpacked() {
    Path root = HERE.resolve("root");
    try {
      Files.createDirectories(root);
      if (in(root).isEmpty()) {
        run(List.of("apt-get", "update"));
        run(List.of("apt-get", "download", "softhsm2", "libsofthsm2"));
        try (Stream<Path> files = Files.list(HERE)) {
          for (Path file : files.filter(one -> one.toString().endsWith(".deb")).toList()) {
            run(List.of("dpkg", "-x", file.toString(), root.toString()));
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return in(root);
  }

  /** What it printed; empty where it is not on this machine or fails. */
  private static Optional<String> run(List<String> command) {
    try {
      ProcessBuilder builder =
          new ProcessBuilder(new ArrayList<>(command))
              .directory(HERE.toFile())
              .redirectErrorStream(true);
      builder.environment().putAll(ENVIRONMENT);
      Process process = builder.start();
      String output = new String(process.getInputStream().readAllBytes());
      return process.waitFor() == 0 ? Optional.of(output) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }
}
