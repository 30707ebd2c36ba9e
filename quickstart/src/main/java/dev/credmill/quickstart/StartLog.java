package dev.credmill.quickstart;

import io.quarkus.bootstrap.logging.InitialConfigurator;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.logging.Handler;
import org.jboss.logmanager.Level;
import org.jboss.logmanager.Logger;
import org.jboss.logmanager.formatters.PatternFormatter;
import org.jboss.logmanager.handlers.FileHandler;

/**
 * The log until Quarkus takes it over. Without it what PostgreSQL and Kafka say while they start
 * would be kept in memory, be lost in part, and end on the console when Quarkus does not start.
 */
final class StartLog {
  private static final String FORMAT = "%d{yyyy-MM-dd HH:mm:ss.SSS} %-5p [%c{1.}] (%t) %s%e%n";
  private static final List<String> QUIET =
      List.of("org.apache.kafka", "kafka", "state.change.logger");

  private StartLog() {}

  static void to(Path file) {
    try {
      FileHandler handler = new FileHandler(new PatternFormatter(FORMAT), file.toFile(), true);
      handler.setEncoding(StandardCharsets.UTF_8.name());
      Logger.getLogger("").setLevel(Level.INFO);
      // Their configuration alone is 2,000 lines.
      QUIET.forEach(name -> Logger.getLogger(name).setLevel(Level.WARN));
      InitialConfigurator.DELAYED_HANDLER.setHandlers(new Handler[] {handler});
    } catch (IOException e) {
      throw new Refusal("The log " + file + " cannot be written: " + e, e);
    }
  }
}
