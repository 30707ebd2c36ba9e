package dev.credmill.bench.installation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What a JVM takes over from a training run of the same service: classes as they were loaded and
 * linked, and what its methods were busy with (JEP 483, 514 and 515). The file stands beside the
 * jar and holds for that very jar.
 */
public enum AotCache {
  /** Start as a JVM starts that knows nothing. */
  NONE,
  /** Start with the cache, where there is one. */
  USED,
  /** Write the cache when the process ends in good order, which takes it some seconds more. */
  MADE;

  private static final String NAME = "app.aot";

  List<String> options(Path jar) {
    Path cache = jar.resolveSibling(NAME);
    return switch (this) {
      case NONE -> List.of();
      case USED -> isThere(jar) ? List.of("-XX:AOTCache=" + cache) : List.of();
      case MADE -> List.of("-XX:AOTCacheOutput=" + cache);
    };
  }

  /** Whether each of the packaged services has one, made after it was packaged. */
  public static boolean isThere(Path root, Iterable<Service> services) {
    for (Service service : services) {
      if (!isThere(service.jar(root))) {
        return false;
      }
    }
    return true;
  }

  private static boolean isThere(Path jar) {
    Path cache = jar.resolveSibling(NAME);
    try {
      return Files.exists(cache)
          && Files.getLastModifiedTime(cache).compareTo(Files.getLastModifiedTime(jar)) >= 0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
