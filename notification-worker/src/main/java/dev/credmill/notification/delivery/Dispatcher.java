package dev.credmill.notification.delivery;

import dev.credmill.contracts.id.OrganizationId;
import dev.credmill.notification.NotificationConfig;
import dev.credmill.notification.suppression.Suppression;
import dev.credmill.notification.suppression.Suppressions;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jboss.logging.Logger;

/**
 * Works for one medium: claims what is due, organizations in turn, and hands it to the sender, as
 * much at once as that can take. Any number of instances may do so side by side.
 */
final class Dispatcher implements Runnable {
  private static final Logger LOG = Logger.getLogger(Dispatcher.class);
  private static final Duration LONGEST_REST = Duration.ofSeconds(30);

  /** By how much a send may overrun its time at most, generously. */
  private static final Duration LONGEST_OVERRUN = Duration.ofSeconds(5);

  private static final Duration FIRST_REST = Duration.ofMillis(500);

  private final Sender sender;
  private final Deliveries deliveries;
  private final Suppressions suppressions;
  private final Results results;
  private final NotificationConfig config;
  private final Clock clock;
  private final Semaphore calls;
  private final Duration longestSend;
  private final Semaphore wakeUps = new Semaphore(0);
  private final AtomicBoolean woken = new AtomicBoolean();

  /** Sends since the last success that found the server not to be worked with. */
  private final AtomicInteger troubles = new AtomicInteger();

  private final Thread thread;
  private volatile boolean stopping;
  private OrganizationId lastServed;
  private Instant leaseEnd;
  private int rests;

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
    this.calls = new Semaphore(sender.inFlight());
    this.longestSend = longest(config.sendTimeout());
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
    wake();
  }

  /** Waits until everything that was begun has come to a result. */
  void awaitEnd(Duration longest) throws InterruptedException {
    long deadline = System.nanoTime() + longest.toNanos();
    thread.join(longest);
    if (!calls.tryAcquire(sender.inFlight(), deadline - System.nanoTime(), TimeUnit.NANOSECONDS)) {
      LOG.warnf("%s messages were still under way at the end", sender.medium());
    }
  }

  @Override
  public void run() {
    while (!stopping) {
      try {
        List<Delivery> claimed = claim();
        if (claimed.isEmpty()) {
          sleep(config.pollInterval());
        } else {
          dispatch(sendable(claimed));
        }
      } catch (InterruptedException _) {
        return;
      } catch (RuntimeException e) {
        LOG.warnf(e, "%s deliveries could not be claimed", sender.medium());
        pause(config.pollInterval());
      }
    }
  }

  private List<Delivery> claim() {
    Instant now = clock.instant();
    leaseEnd = now.plus(config.lease());
    // While the server is not to be worked with, one message finds out whether it is again.
    int limit = Math.min(troubles.get() > 0 ? 1 : config.claim(), sender.ready());
    if (limit == 0) {
      return List.of();
    }
    List<OrganizationId> turn = turn(deliveries.waiting(sender.medium(), now), limit);
    if (turn.isEmpty()) {
      return List.of();
    }
    lastServed = turn.getLast();
    return deliveries.claim(sender.medium(), turn, limit / turn.size(), now, leaseEnd);
  }

  /** Settles those that must not go out, and puts the others in turn. */
  private List<Delivery> sendable(List<Delivery> claimed) {
    claimed.stream().filter(Delivery::mayNotGoOutAgain).forEach(results::addUnknown);
    return inTurn(
        wanted(claimed.stream().filter(delivery -> !delivery.mayNotGoOutAgain()).toList()));
  }

  /** Without those to whom their organization sends nothing more. */
  private List<Delivery> wanted(List<Delivery> claimed) {
    Map<Integer, Suppression.Reason> unwanted;
    try {
      unwanted =
          suppressions.among(sender.medium(), claimed, Delivery::organization, Delivery::contact);
    } catch (SQLException e) {
      // Nothing of them went out, and nothing must look so.
      giveBack(claimed);
      throw new IllegalStateException("the suppression list could not be read", e);
    }
    List<Delivery> wanted = new ArrayList<>(claimed.size());
    for (int i = 0; i < claimed.size(); i++) {
      if (unwanted.containsKey(i)) {
        results.addSuppressed(claimed.get(i), unwanted.get(i));
      } else {
        wanted.add(claimed.get(i));
      }
    }
    return wanted;
  }

  /** Those whose turn it is, beginning after the last one that had it. */
  private List<OrganizationId> turn(List<OrganizationId> waiting, int limit) {
    List<OrganizationId> turn = new ArrayList<>(waiting.size());
    int next = 0;
    while (lastServed != null
        && next < waiting.size()
        && waiting.get(next).value().compareTo(lastServed.value()) <= 0) {
      next++;
    }
    turn.addAll(waiting.subList(next, waiting.size()));
    turn.addAll(waiting.subList(0, next));
    return turn.subList(0, Math.min(limit, turn.size()));
  }

  /** One of each organization, then the next of each. */
  private static List<Delivery> inTurn(List<Delivery> claimed) {
    Map<OrganizationId, Deque<Delivery>> queues = new LinkedHashMap<>();
    for (Delivery delivery : claimed) {
      queues.computeIfAbsent(delivery.organization(), _ -> new ArrayDeque<>()).add(delivery);
    }
    List<Delivery> ordered = new ArrayList<>(claimed.size());
    while (!queues.isEmpty()) {
      queues.values().forEach(queue -> ordered.add(queue.remove()));
      queues.values().removeIf(Deque::isEmpty);
    }
    return ordered;
  }

  private void dispatch(List<Delivery> claimed) throws InterruptedException {
    int troublesBefore = troubles.get();
    for (int from = 0; from < claimed.size(); from += sender.together()) {
      List<Delivery> group =
          claimed.subList(from, Math.min(from + sender.together(), claimed.size()));
      calls.acquire();
      if (stopping || troubles.get() > troublesBefore || !leaseSuffices()) {
        calls.release();
        giveBack(claimed.subList(from, claimed.size()));
        break;
      }
      send(group);
    }
    if (troubles.get() > 0) {
      // The probe, or what was under way, has to come back before the next claim.
      calls.acquire(sender.inFlight());
      calls.release(sender.inFlight());
    }
    if (troubles.get() == 0) {
      rests = 0;
    } else {
      pause(rest(rests++));
    }
  }

  /** Two timeouts always fit into a lease, so something can be sent however short it is. */
  private static Duration longest(Duration timeout) {
    return timeout.plus(timeout.compareTo(LONGEST_OVERRUN) < 0 ? timeout : LONGEST_OVERRUN);
  }

  /** Whether a send begun now ends, one way or the other, before others may take it over. */
  private boolean leaseSuffices() {
    return clock.instant().plus(longestSend).isBefore(leaseEnd);
  }

  private void giveBack(List<Delivery> untouched) {
    Instant now = clock.instant();
    untouched.forEach(delivery -> results.add(Result.untouched(delivery, now, now)));
  }

  private void send(List<Delivery> group) {
    CompletionStage<List<Attempt>> attempts;
    try {
      attempts = sender.send(group);
    } catch (RuntimeException e) {
      attempts = CompletableFuture.failedStage(e);
    }
    attempts.whenComplete(
        (list, failure) -> {
          try {
            if (failure == null) {
              settle(group, list);
            } else {
              LOG.warnf("sending %s failed: %s", group.getFirst(), failure.getClass().getName());
              LOG.debugf(failure, "sending failed");
              settle(
                  group,
                  group.stream()
                      .<Attempt>map(
                          _ -> new Attempt.Unreachable("Sending did not work on our side"))
                      .toList());
            }
          } finally {
            calls.release();
          }
        });
  }

  private void settle(List<Delivery> group, List<Attempt> attempts) {
    boolean unreachable = attempts.stream().anyMatch(Dispatcher::troubles);
    if (unreachable) {
      troubles.incrementAndGet();
    } else {
      troubles.set(0);
    }
    for (int i = 0; i < group.size(); i++) {
      results.add(group.get(i), attempts.get(i));
    }
  }

  private static boolean troubles(Attempt attempt) {
    return switch (attempt) {
      case Attempt.Unreachable _ -> true;
      case Attempt.Uncertain uncertain -> uncertain.silent();
      case Attempt.Taken _, Attempt.Refused _, Attempt.Postponed _, Attempt.Deferred _ -> false;
    };
  }

  /** Grows with every rest that did not help, however many messages were under way before it. */
  private static Duration rest(int before) {
    Duration rest = FIRST_REST.multipliedBy(1L << Math.min(before, 10));
    return rest.compareTo(LONGEST_REST) < 0 ? rest : LONGEST_REST;
  }

  private void sleep(Duration longest) throws InterruptedException {
    if (wakeUps.tryAcquire(longest.toMillis(), TimeUnit.MILLISECONDS)) {
      woken.set(false);
    }
  }

  /** Unlike {@link #sleep} not to be cut short by new deliveries. */
  private void pause(Duration length) {
    try {
      long end = System.nanoTime() + length.toNanos();
      while (!stopping && System.nanoTime() < end) {
        Thread.sleep(Math.min(100, Math.max(1, (end - System.nanoTime()) / 1_000_000)));
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
