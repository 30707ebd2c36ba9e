package dev.credmill.notification.delivery;

import static java.util.stream.Collectors.groupingBy;

import dev.credmill.contracts.id.OrganizationId;
import dev.credmill.notification.NotificationConfig;
import dev.credmill.notification.suppression.Suppressions;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;

/**
 * Works for one medium: finds out for whom something is due, and has the line to their server take
 * it. Any number of instances may do so side by side.
 */
final class Dispatcher implements Runnable {
  private static final Logger LOG = Logger.getLogger(Dispatcher.class);

  private final Sender sender;
  private final Deliveries deliveries;
  private final Suppressions suppressions;
  private final Results results;
  private final NotificationConfig config;
  private final Clock clock;
  private final Semaphore wakeUps = new Semaphore(0);
  private final AtomicBoolean woken = new AtomicBoolean();
  private final Map<Route, Line> lines = new ConcurrentHashMap<>();
  private final Thread thread;
  private volatile boolean stopping;

  Dispatcher(
      Sender sender,
      Deliveries deliveries,
      Suppressions suppressions,
      Results results,
      NotificationConfig config,
      Clock clock) {
    this.sender = sender;
    this.deliveries = deliveries;
    this.suppressions = suppressions;
    this.results = results;
    this.config = config;
    this.clock = clock;
    this.thread =
        Thread.ofPlatform().daemon().name("deliveries-" + sender.medium()).unstarted(this);
  }

  void start() {
    thread.start();
  }

  /** Something may be due. */
  void wake() {
    if (woken.compareAndSet(false, true)) {
      wakeUps.release();
    }
  }

  /** Claims no more; what was begun goes on. */
  void stop() {
    stopping = true;
    lines.values().forEach(Line::stop);
    wake();
  }

  /** Waits until everything that was begun has come to a result. */
  void awaitEnd(Duration longest) throws InterruptedException {
    long deadline = System.nanoTime() + longest.toNanos();
    thread.join(longest);
    for (Line line : lines.values()) {
      line.stop(); // the latest may have come after the others were told
      if (!line.ended(deadline - System.nanoTime())) {
        LOG.warnf("%s messages were still under way at the end", sender.medium());
      }
    }
  }

  @Override
  public void run() {
    while (!stopping) {
      try {
        offer();
      } catch (RuntimeException e) {
        LOG.warnf(e, "what is due by %s could not be found out", sender.medium());
      }
      try {
        sleep();
      } catch (InterruptedException _) {
        return;
      }
    }
  }

  /** A line that is at work takes nothing; it calls when it can take more. */
  private void offer() {
    lines.values().removeIf(Line::isForgotten);
    Map<Route, List<OrganizationId>> due =
        deliveries.waiting(sender.medium(), clock.instant()).stream()
            .collect(groupingBy(waiting -> sender.route(waiting)));
    due.forEach(
        (route, organizations) -> lines.computeIfAbsent(route, this::line).serve(organizations));
  }

  private Line line(Route route) {
    return new Line(sender, route, deliveries, suppressions, results, config, clock, this::wake);
  }

  private void sleep() throws InterruptedException {
    if (wakeUps.tryAcquire(config.pollInterval().toMillis(), TimeUnit.MILLISECONDS)) {
      woken.set(false);
    }
  }
}
