package dev.credmill.quickstart;

import java.time.Duration;
import java.util.Locale;

/** What a person at the terminal sees; everything else goes to the log. */
final class Console {
  private static long began;

  private Console() {}

  static boolean isTerminal() {
    return System.console() != null && System.console().isTerminal();
  }

  static void line(String format, Object... arguments) {
    System.out.printf(Locale.ROOT, format + "%n", arguments);
  }

  static void error(String message) {
    System.err.println(message);
  }

  /** Begins a step; {@link #done} ends its line with the time it took. */
  static void begin(String step) {
    began = System.nanoTime();
    System.out.print(step + " ... ");
    System.out.flush();
  }

  static void done() {
    double seconds = Duration.ofNanos(System.nanoTime() - began).toMillis() / 1000.0;
    line("%.1f s", seconds);
  }

  static void failed() {
    line("failed");
  }

  /** The innermost message of a failure. */
  static String reason(Throwable failure) {
    Throwable innermost = failure;
    while (innermost.getCause() != null) {
      innermost = innermost.getCause();
    }
    return innermost.getMessage() == null ? innermost.toString() : innermost.getMessage();
  }
}
