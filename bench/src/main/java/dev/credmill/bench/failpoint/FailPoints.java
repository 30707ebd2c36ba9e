package dev.credmill.bench.failpoint;

import dev.credmill.bench.installation.Service;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/** The fail points of one installation. */
public final class FailPoints {
  private static final List<Class<?>> CLASSES =
      List.of(FailPointAgent.class, FailPoint.class, Service.class);
  private final Path folder;
  private final Path jar;

  private FailPoints(Path folder, Path jar) {
    this.folder = folder;
    this.jar = jar;
  }

  /**
   * Prepares them.
   *
   * @param folder for the agent and its files
   */
  public static FailPoints in(Path folder) throws IOException {
    Files.createDirectories(folder);
    Path jar = folder.resolve("fail-points.jar");
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest
        .getMainAttributes()
        .put(new Attributes.Name("Premain-Class"), FailPointAgent.class.getName());
    try (OutputStream out = Files.newOutputStream(jar);
        JarOutputStream entries = new JarOutputStream(out, manifest)) {
      for (Class<?> type : CLASSES) {
        add(entries, type);
        for (Class<?> inner : type.getDeclaredClasses()) {
          add(entries, inner);
        }
      }
      // Its anonymous transformer.
      add(entries, FailPointAgent.class.getName() + "$1");
    }
    return new FailPoints(folder, jar);
  }

  private static void add(JarOutputStream entries, Class<?> type) throws IOException {
    add(entries, type.getName());
  }

  private static void add(JarOutputStream entries, String type) throws IOException {
    String name = type.replace('.', '/') + ".class";
    try (InputStream bytes = FailPoints.class.getClassLoader().getResourceAsStream(name)) {
      entries.putNextEntry(new JarEntry(name));
      bytes.transferTo(entries);
      entries.closeEntry();
    }
  }

  /** The option that a service's JVM must be started with. */
  public String option() {
    return "-javaagent:" + jar + "=" + folder;
  }

  /** The next process that comes there ends there; only one. */
  public void arm(FailPoint point) throws IOException {
    Files.createFile(folder.resolve(point.name()));
  }

  public boolean armed(FailPoint point) {
    return Files.exists(folder.resolve(point.name()));
  }
}
