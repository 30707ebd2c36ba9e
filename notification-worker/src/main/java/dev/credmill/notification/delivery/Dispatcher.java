package dev.credmill.notification.delivery;

import dev.credmill.contracts.id.OrganizationId;
import dev.credmill.notification.NotificationConfig;
import dev.credmill.notification.suppression.Suppressions;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
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
  private final MeterRegistry meters;
  private final Thread thread;
  private volatile boolean stopping;

  Dispatcher(
      Sender sender,
      Deliveries deliveries,
      Suppressions suppressions,
      Results results,
      NotificationConfig config,
      MeterRegistry meters,
      Clock clock) {
    this.sender = sender;
    this.deliveries = deliveries;
    this.suppressions = suppressions;
    this.results = results;
    this.config = config;
    this.meters = meters;
    this.clock = clock;
    this.thread =
        Thread.ofPlatform().daemon().name("deliveries-" + sender.medium()).unstarted(this);
  }

  void start() {
    gauge("platform", Line::isOfThePlatform);
    gauge("organization", line -> !line.isOfThePlatform());
    thread.start();
  }

  /** How many servers are not to be worked with, as this instance finds them. */
  private void gauge(String route, Predicate<Line> isOfIt) {
    Gauge.builder(
            "credmill.delivery.circuits.open",
            lines,
            all -> all.values().stream().filter(isOfIt).filter(Line::isOpen).count())
        .tags("medium", sender.medium().name().toLowerCase(Locale.ROOT), "route", route)
        .register(meters);
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
    Map<Route, List<OrganizationId>> due = new HashMap<>();
    for (OrganizationId waiting : deliveries.waiting(sender.medium(), clock.instant())) {
      route(waiting)
          .ifPresent(route -> due.computeIfAbsent(route, _ -> new ArrayList<>()).add(waiting));
    }
    due.forEach(
        (route, organizations) -> lines.computeIfAbsent(route, this::line).serve(organizations));
  }

  /** Empty where it cannot be found out now: that holds up nobody else. */
  private Optional<Route> route(OrganizationId organization) {
    try {
      return Optional.of(sender.route(organization));
    } catch (RuntimeException e) {
      LOG.warnf(
          e, "over which server %s's %s go could not be found out", organization, sender.medium());
      return Optional.empty();
    }
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
