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
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;

/**
 * The way to one server: claims what is due to go over it, organizations in turn, and hands it to
 * the sender, as much at once and in a minute as the server takes. While its {@link Circuit} is
 * open, one message after each rest finds out whether the server is to be worked with again; other
 * lines go on.
 */
final class Line {
  private static final Logger LOG = Logger.getLogger(Line.class);

  /** By how much a send may overrun its time at most, generously. */
  private static final Duration LONGEST_OVERRUN = Duration.ofSeconds(5);

  /** For how long a message may wait for its turn: more than from one look for work to the next. */
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(2);

  /** After which it has no use, and what it knows of the server is old. */
  private static final Duration FORGOTTEN_AFTER = Duration.ofMinutes(5);

  private final Sender sender;
  private final Route route;
  private final Deliveries deliveries;
  private final Suppressions suppressions;
  private final Results results;
  private final NotificationConfig config;
  private final Clock clock;
  private final Runnable whenFree;
  private final Optional<Pace> pace;
  private final Duration ahead;
  private final Semaphore calls;
  private final Duration longestSend;
  private final Circuit circuit = new Circuit(System::nanoTime);
  private final Semaphore work = new Semaphore(1);

  /** Whether there was something for it to do while it was at work. */
  private final AtomicBoolean missed = new AtomicBoolean();

  private volatile boolean stopping;
  private volatile long served = System.nanoTime();
  private OrganizationId lastServed;
  private Instant leaseEnd;

  /** Whether what is claimed shall find out if the server is to be worked with again. */
  private boolean probing;

  /**
   * @param whenFree is called when it has taken something and can take more
   */
  Line(
      Sender sender,
      Route route,
      Deliveries deliveries,
      Suppressions suppressions,
      Results results,
      NotificationConfig config,
      Clock clock,
      Runnable whenFree) {
    this.sender = sender;
    this.route = route;
    this.deliveries = deliveries;
    this.suppressions = suppressions;
    this.results = results;
    this.config = config;
    this.clock = clock;
    this.whenFree = whenFree;
    Optional<Duration> each = route.perMinute().map(Duration.ofMinutes(1)::dividedBy);
    this.pace = each.map(apart -> new Pace(apart, System::nanoTime));
    this.calls = new Semaphore(route.inFlight());
    this.longestSend = longest(config.sendTimeout());
    this.ahead = each.orElse(Duration.ZERO).plus(longestWait());
  }

  /** What waits for its turn must be able to begin before its lease is too short for it. */
  private Duration longestWait() {
    Duration half = config.lease().minus(longestSend).dividedBy(2);
    return half.compareTo(LONGEST_WAIT) < 0 ? half : LONGEST_WAIT;
  }

  /** Begins to work for these organizations, unless it is at work or rests. */
  void serve(List<OrganizationId> waiting) {
    if (stopping || circuit.isResting() || !begins()) {
      return;
    }
    served = System.nanoTime();
    missed.set(false);
    Thread.ofVirtual().name("deliveries-" + sender.medium()).start(() -> work(waiting));
  }

  /**
   * If not, whoever is at work asks for more at the end; asked twice, since it may end just now.
   */
  private boolean begins() {
    if (work.tryAcquire()) {
      return true;
    }
    missed.set(true);
    return work.tryAcquire();
  }

  private void work(List<OrganizationId> waiting) {
    boolean more = false;
    try {
      List<Delivery> claimed = claim(waiting);
      if (!claimed.isEmpty()) {
        dispatch(sendable(claimed));
        more = true;
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      // Tried again with the next look for work.
      LOG.warnf(e, "%s deliveries could not be claimed", sender.medium());
      missed.set(false);
    } finally {
      work.release();
    }
    if ((more || missed.get()) && !circuit.isResting()) {
      whenFree.run();
    }
  }

  /** Whether the server is not to be worked with. */
  boolean isOpen() {
    return circuit.isOpen();
  }

  /** Whether the server is the platform's, and not an organization's own. */
  boolean isOfThePlatform() {
    return route.organization() == null;
  }

  /** Whether nothing of it is worth keeping. */
  boolean isForgotten() {
    return work.availablePermits() == 1
        && System.nanoTime() - served > FORGOTTEN_AFTER.toNanos()
        && calls.availablePermits() == route.inFlight();
  }

  /** Claims no more; what was begun goes on. */
  void stop() {
    stopping = true;
  }

  /** Waits until everything that was begun has come to a result; false if that takes longer. */
  boolean ended(long nanos) throws InterruptedException {
    long deadline = System.nanoTime() + nanos;
    return work.tryAcquire(nanos, TimeUnit.NANOSECONDS)
        && calls.tryAcquire(route.inFlight(), deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
  }

  private List<Delivery> claim(List<OrganizationId> waiting) {
    Instant now = clock.instant();
    probing = circuit.isOpen();
    leaseEnd = now.plus(config.lease());
    int limit = Math.min(probing ? 1 : config.claim(), ready());
    if (limit == 0) {
      return List.of();
    }
    List<OrganizationId> turn = turn(waiting, limit);
    lastServed = turn.getLast();
    return deliveries.claim(sender.medium(), turn, limit / turn.size(), now, leaseEnd);
  }

  private int ready() {
    return Math.min(route.ready(), pace.map(paced -> paced.ready(ahead)).orElse(Integer.MAX_VALUE));
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
    } catch (SQLException | RuntimeException e) {
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
    for (int from = 0; from < claimed.size(); from += sender.together()) {
      List<Delivery> group =
          claimed.subList(from, Math.min(from + sender.together(), claimed.size()));
      calls.acquire();
      if (!hasItsTurn(group.size()) || !mayBegin()) {
        calls.release();
        giveBack(claimed.subList(from, claimed.size()));
        break;
      }
      send(group);
    }
    if (circuit.isOpen()) {
      // The probe, or what was under way, has to come back before the next claim.
      calls.acquire(route.inFlight());
      calls.release(route.inFlight());
      circuit.rest();
    }
  }

  /** Waits for it; false if it is too late. */
  private boolean hasItsTurn(int messages) throws InterruptedException {
    if (pace.isEmpty()) {
      return true;
    }
    OptionalLong turn = pace.get().turn(messages, ahead);
    TimeUnit.NANOSECONDS.sleep(turn.orElse(0));
    return turn.isPresent();
  }

  private boolean mayBegin() {
    return !stopping && (probing || !circuit.isOpen()) && leaseSuffices();
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
      attempts = sender.send(route, group);
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
    if (attempts.stream().anyMatch(Attempt.Taken.class::isInstance)) {
      if (circuit.worked()) {
        LOG.infof("%s: the server of %s works again", sender.medium(), owner());
      }
    } else if (attempts.stream().anyMatch(Line::isTrouble) && circuit.failed()) {
      LOG.warnf(
          "%s: the server of %s could not be worked with %d times in a row; one message after each rest finds out whether it can be again",
          sender.medium(), owner(), Circuit.FAILURES_TO_OPEN);
    }
    for (int i = 0; i < group.size(); i++) {
      results.add(group.get(i), attempts.get(i));
    }
  }

  private String owner() {
    return isOfThePlatform() ? "the platform" : route.organization().value();
  }

  /** A refusal is none, and no sign that the server works: it may be ours, before it was asked. */
  private static boolean isTrouble(Attempt attempt) {
    return switch (attempt) {
      case Attempt.Unreachable _, Attempt.Uncertain _ -> true;
      case Attempt.Taken _, Attempt.Refused _, Attempt.Postponed _, Attempt.Deferred _ -> false;
    };
  }
}
