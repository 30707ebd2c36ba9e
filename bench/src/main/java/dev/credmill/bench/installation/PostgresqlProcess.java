package dev.credmill.bench.installation;

import dev.credmill.backing.Database;
import java.io.IOException;
import java.nio.file.Path;

/** PostgreSQL, kept by a process of its own until standard input ends. */
final class PostgresqlProcess {
  /**
   * Whatever the machine has: a quarter of 8 GB, with which PostgreSQL's manual begins (19.4.1).
   */
  private static final String SHARED_BUFFERS = "2GB";

  private PostgresqlProcess() {}

  /**
   * @param arguments the folder of its data, and the port
   */
  public static void main(String[] arguments) throws IOException {
    Database database =
        Database.start(Path.of(arguments[0]), Integer.parseInt(arguments[1]), SHARED_BUFFERS);
    Runtime.getRuntime().addShutdownHook(new Thread(database::close));
    System.out.println("ready");
    while (System.in.read() >= 0) {
      // Whoever started this ends it by closing the pipe, or by dying.
    }
    System.exit(0);
  }
}
