package dev.credmill.bench.installation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;

/**
 * What a JVM takes over from a training run of the same service: classes as they were loaded and
 * linked, and what its methods were busy with (JEP 483, 514 and 515). The file stands beside the
 * jar and holds for that very jar and JDK.
 */
public enum AotCache {
  /** Start as a JVM starts that knows nothing. */
  NONE(Duration.ofSeconds(60)),
  /** Start with the cache where there is one, and not at all where the JVM cannot take it. */
  USED(Duration.ofSeconds(60)),
  /** Write the cache, to the folder of the run, when the process ends in good order. */
  MADE(Duration.ofMinutes(3));

  private static final String NAME = "app.aot";

  /** Beside the cache: which JDK made it. No other takes it. */
  private static final String MAKER = "app.aot.jdk";

  private static final String JDK = System.getProperty("java.vm.version");

  /** What a JVM of JDK 25 says when all of its cache is written. */
  private static final String COMPLETE = "AOTCache creation is complete";

  private final Duration longestStop;

  AotCache(Duration longestStop) {
    this.longestStop = longestStop;
  }

  /** After which time a process that was told to end is killed. */
  Duration longestStop() {
    return longestStop;
  }

  List<String> options(Path root, Path folder, Service service) {
    return switch (this) {
      case NONE -> List.of();
      case USED ->
          isThere(root, service)
              ? List.of("-XX:AOTCache=" + place(root, service), "-XX:AOTMode=on")
              : List.of();
      case MADE -> List.of("-XX:AOTCacheOutput=" + made(folder, service));
    };
  }

  /** Whether each of the packaged services has one, made by this JDK after it was packaged. */
  public static boolean isThere(Path root, Iterable<Service> services) {
    for (Service service : services) {
      if (!isThere(root, service)) {
        return false;
      }
    }
    return true;
  }

  /**
   * Puts the caches of a training run that has ended well in their places once all of them are
   * looked at.
   *
   * @throws IllegalStateException when one of them is not complete
   */
  static void keep(Path root, Path folder, Iterable<Service> services) {
    try {
      for (Service service : services) {
        Path log = folder.resolve(service.module() + ".log");
        if (!Files.exists(made(folder, service))
            || !new String(Files.readAllBytes(log), StandardCharsets.UTF_8).contains(COMPLETE)) {
          throw new IllegalStateException(
              "%s left no complete AOT cache; see %s".formatted(service.module(), log));
        }
      }
      for (Service service : services) {
        Files.move(
            made(folder, service), place(root, service), StandardCopyOption.REPLACE_EXISTING);
        Files.writeString(maker(root, service), JDK);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Leaves no service with one. */
  public static void delete(Path root, Iterable<Service> services) {
    try {
      for (Service service : services) {
        Files.deleteIfExists(maker(root, service));
        Files.deleteIfExists(place(root, service));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isThere(Path root, Service service) {
    Path cache = place(root, service);
    try {
      return Files.exists(cache)
          && Files.exists(maker(root, service))
          && Files.readString(maker(root, service)).equals(JDK)
          && Files.getLastModifiedTime(cache)
                  .compareTo(Files.getLastModifiedTime(service.jar(root)))
              >= 0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path place(Path root, Service service) {
    return service.jar(root).resolveSibling(NAME);
  }

  private static Path maker(Path root, Service service) {
    return service.jar(root).resolveSibling(MAKER);
  }

  private static Path made(Path folder, Service service) {
    return folder.resolve(service.module() + ".aot");
  }
}
