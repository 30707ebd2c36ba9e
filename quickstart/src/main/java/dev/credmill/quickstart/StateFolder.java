package dev.credmill.quickstart;

import dev.credmill.backing.Database;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.stream.Stream;

/**
 * Where a quickstart keeps everything. One process at a time works in it: the lock is the operating
 * system's and ends with the process, however that ends.
 */
final class StateFolder implements AutoCloseable {
  private static final String MARKER = "credmill-state.txt";
  private static final String LOCK = "lock";
  private static final String PUBLIC_URL = "public-url";
  private static final String MASTER_KEY = "master.key";
  private static final String ABOUT =
      "The state of a Credmill quickstart: database, event log, messages, keys and log.\n"
          + "bin/quickstart --fresh deletes it.\n";

  private final Path folder;
  private final FileChannel channel;

  private StateFolder(Path folder, FileChannel channel) {
    this.folder = folder;
    this.channel = channel;
  }

  /**
   * Takes the folder for this process, making it where there is none.
   *
   * @throws Refusal when it is not ours or when another process works in it
   */
  static StateFolder take(Path path, boolean fresh) {
    Path folder = path.toAbsolutePath().normalize();
    try {
      if (Files.exists(folder) && !Files.isDirectory(folder)) {
        throw new Refusal("%s is not a folder. Choose another with --state.".formatted(path));
      }
      refuseForeign(folder, path);
      Files.createDirectories(folder);
      Files.writeString(folder.resolve(MARKER), ABOUT);
      StateFolder state = new StateFolder(folder, lock(folder, path));
      if (fresh) {
        state.empty();
      }
      return state;
    } catch (IOException e) {
      throw new Refusal(
          "The state folder %s cannot be used (%s). Choose another with --state."
              .formatted(path, e),
          e);
    }
  }

  private static void refuseForeign(Path folder, Path asGiven) throws IOException {
    if (!Files.isDirectory(folder) || Files.exists(folder.resolve(MARKER))) {
      return;
    }
    try (Stream<Path> content = Files.list(folder)) {
      if (content.findAny().isPresent()) {
        throw new Refusal(
            "%s holds something else than a quickstart's state, so it is left alone. Choose an empty or new folder with --state."
                .formatted(asGiven));
      }
    }
  }

  private static FileChannel lock(Path folder, Path asGiven) throws IOException {
    FileChannel channel =
        FileChannel.open(
            folder.resolve(LOCK),
            StandardOpenOption.CREATE,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE);
    FileLock lock;
    try {
      lock = channel.tryLock();
    } catch (OverlappingFileLockException e) {
      lock = null;
    }
    if (lock == null) {
      String holder = Files.readString(folder.resolve(LOCK)).trim();
      channel.close();
      throw new Refusal(
          "Another quickstart (process %s) is running on %s. End it first, or start this one with --state and --port, --smtp-port, --imap-port of its own."
              .formatted(holder.isEmpty() ? "unknown" : holder, asGiven));
    }
    channel.truncate(0);
    channel.write(
        ByteBuffer.wrap(
            Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.UTF_8)));
    return channel;
  }

  /** Deletes everything but what marks and locks the folder; links are deleted, not followed. */
  private void empty() throws IOException {
    Database.stopLeftover(postgresql());
    try (Stream<Path> content = Files.list(folder)) {
      for (Path path : content.toList()) {
        String name = path.getFileName().toString();
        if (!name.equals(MARKER) && !name.equals(LOCK)) {
          delete(path);
        }
      }
    }
  }

  private static void delete(Path root) throws IOException {
    Files.walkFileTree(
        root,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path directory, IOException failure)
              throws IOException {
            if (failure != null) {
              throw failure;
            }
            Files.delete(directory);
            return FileVisitResult.CONTINUE;
          }
        });
  }

  /**
   * Links and identifiers of what was issued carry the public address, so it stays what it was.
   *
   * @throws Refusal when an earlier run had another
   */
  void bindTo(String publicUrl) {
    Path file = folder.resolve(PUBLIC_URL);
    try {
      if (!Files.exists(file)) {
        Files.writeString(file, publicUrl);
        return;
      }
      String bound = Files.readString(file).trim();
      if (!bound.equals(publicUrl)) {
        throw new Refusal(
            "What %s holds was issued under %s, and its links point there. Start with %s, or take a new folder with --state, or drop the old one with --fresh."
                .formatted(folder, bound, option(bound)));
      }
    } catch (IOException e) {
      throw new Refusal("The state folder cannot be used: " + e, e);
    }
  }

  private static String option(String bound) {
    return bound.startsWith("http://localhost:")
        ? "--port " + bound.substring(bound.lastIndexOf(':') + 1)
        : "--public-url " + bound;
  }

  /**
   * The key that encrypts the organizations' private keys; made once, for the owner's eyes only.
   */
  Path masterKey() {
    Path file = folder.resolve(MASTER_KEY);
    try {
      if (!Files.exists(file)) {
        byte[] key = new byte[32];
        new SecureRandom().nextBytes(key);
        Path next = folder.resolve(MASTER_KEY + ".next");
        Files.deleteIfExists(next);
        if (Files.getFileStore(folder).supportsFileAttributeView("posix")) {
          Files.createFile(
              next,
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        }
        Files.writeString(next, Base64.getEncoder().encodeToString(key) + "\n");
        // A kill in between must not leave half a key.
        Files.move(next, file);
      }
      return file;
    } catch (IOException e) {
      throw new Refusal("The master key cannot be kept in the state folder: " + e, e);
    }
  }

  Path path() {
    return folder;
  }

  Path postgresql() {
    return folder.resolve("postgresql");
  }

  Path kafka() {
    return folder.resolve("kafka");
  }

  Path mail() {
    return folder.resolve("mail");
  }

  Path log() {
    return folder.resolve("credmill.log");
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
