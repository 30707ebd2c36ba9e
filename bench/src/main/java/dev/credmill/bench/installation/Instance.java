package dev.credmill.bench.installation;

import java.time.Duration;
import java.util.regex.Pattern;

/** One process of a service. */
public final class Instance {
  private static final Duration LONGEST_START = Duration.ofMinutes(2);
  private static final Pattern STARTED = Pattern.compile("Listening on: ");
  private final ChildJvm jvm;
  private final int port;

  Instance(ChildJvm jvm, int port) {
    this.jvm = jvm;
    this.port = port;
  }

  public ChildJvm jvm() {
    return jvm;
  }

  public String url() {
    return "http://127.0.0.1:" + port;
  }

  /** Returns when it answers. */
  public void awaitStarted() {
    jvm.await(STARTED, LONGEST_START);
  }

  public void kill() {
    jvm.kill();
  }

  /** Starts it again on the port that it had. */
  public void start() {
    jvm.start();
  }

  /** Whether it ends by itself within that time. */
  public boolean endsWithin(Duration longest) {
    return jvm.endsWithin(longest);
  }

  public void freeze() {
    jvm.freeze();
  }

  public void thaw() {
    jvm.thaw();
  }
}
