package dev.credmill.batch.sheet;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jboss.logmanager.formatters.PatternFormatter;

/** All that is logged between begin and end, with stack traces. */
final class LogText extends Handler {
  private final Queue<String> lines = new ConcurrentLinkedQueue<>();

  LogText() {
    setFormatter(new PatternFormatter("%p [%c] %s%e"));
  }

  void begin() {
    Logger.getLogger("").addHandler(this);
  }

  void end() {
    Logger.getLogger("").removeHandler(this);
  }

  String text() {
    return String.join("\n", lines);
  }

  @Override
  public void publish(LogRecord line) {
    lines.add(getFormatter().format(line));
  }

  @Override
  public void flush() {}

  @Override
  public void close() {}
}
