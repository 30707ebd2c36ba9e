package dev.credmill.notification.delivery;

import dev.credmill.contracts.event.DeliveryOutcome;
import dev.credmill.contracts.event.Medium;
import dev.credmill.contracts.problem.Problem;
import dev.credmill.contracts.problem.ProblemType;
import dev.credmill.notification.suppression.Suppression;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Records what came of the sends, many at once, and has it announced. What waits here is bounded by
 * what is claimed; if the process dies with it, leases run out and it is sent once more.
 */
@ApplicationScoped
class Results implements Runnable {
  private static final Logger LOG = Logger.getLogger(Results.class);
  private static final String MAY_HAVE_ARRIVED =
      "It was handed over twice without an answer and may have arrived: ask the recipient, or send it again";
  private static final int CHUNK = 500;
  private static final long IDLE_MILLIS = 200;

  /** For how long a result waits for others: a transaction costs more than a message does. */
  private static final long GATHERING_MILLIS = 50;

  private static final long TROUBLE_MILLIS = 1_000;

  private final BlockingQueue<Result> queue = new LinkedBlockingQueue<>();
  private final Deliveries deliveries;
  private final Announcements announcements;
  private final Refusals refusals;
  private final RetryPlan retryPlan;
  private final MeterRegistry meters;
  private final Clock clock;
  private final Thread thread;
  private volatile boolean stopping;

  Results(
      Deliveries deliveries,
      Announcements announcements,
      Refusals refusals,
      RetryPlan retryPlan,
      MeterRegistry meters,
      Clock clock) {
    this.deliveries = deliveries;
    this.announcements = announcements;
    this.refusals = refusals;
    this.retryPlan = retryPlan;
    this.meters = meters;
    this.clock = clock;
    this.thread = Thread.ofPlatform().daemon().name("delivery-results").unstarted(this);
  }

  void start() {
    announcements.start();
    thread.start();
  }

  void add(Result result) {
    queue.add(result);
  }

  /** What came of an attempt, and what follows from it. */
  void add(Delivery delivery, Attempt attempt) {
    Instant now = clock.instant();
    count(delivery, attempt);
    add(
        switch (attempt) {
          case Attempt.Taken taken -> Result.sent(delivery, now, taken.words());
          case Attempt.Refused refused -> refused(delivery, now, refused.words());
          case Attempt.Postponed postponed -> again(delivery, now, postponed.words());
          case Attempt.Deferred deferred -> later(delivery, now, deferred);
          case Attempt.Uncertain uncertain -> onceMore(delivery, now, uncertain.words());
          case Attempt.Unreachable unreachable -> again(delivery, now, unreachable.words());
        });
  }

  /** An address that there is not is not written to again, as if the message had come back. */
  private static Result refused(Delivery delivery, Instant now, String words) {
    Result failed = Result.failed(delivery, now, problem(words));
    Medium medium = delivery.key().medium();
    return medium == Medium.EMAIL && Fault.of(Optional.empty(), words).isLasting()
        ? failed.andSuppressed(
            new Suppression(
                medium, delivery.contact(), Suppression.Reason.BOUNCE, words, now, null))
        : failed;
  }

  private Result again(Delivery delivery, Instant now, String words) {
    return retryPlan
        .next(delivery, now)
        .map(dueAt -> Result.again(delivery, delivery.uncertain(), now, dueAt, problem(words)))
        .orElseGet(
            () ->
                Result.failed(
                    delivery,
                    now,
                    problem(
                        "Given up after %d attempts: %s".formatted(delivery.attempt(), words))));
  }

  private Result later(Delivery delivery, Instant now, Attempt.Deferred deferred) {
    Problem problem = problem(deferred.words());
    return retryPlan.mayWait(delivery, deferred.until())
        ? Result.deferred(delivery, now, deferred.until(), problem)
        : Result.failed(delivery, now, problem);
  }

  /** After an unknown outcome a second copy may go out, and no third. */
  private Result onceMore(Delivery delivery, Instant now, String words) {
    return retryPlan
        .next(delivery, now)
        .filter(_ -> delivery.uncertain() == 0)
        .map(dueAt -> Result.again(delivery, delivery.uncertain() + 1, now, dueAt, problem(words)))
        .orElseGet(() -> Result.failed(delivery, now, problem(words + ". " + MAY_HAVE_ARRIVED)));
  }

  /** Takes note that a delivery went out twice without an answer. */
  void addUnknown(Delivery delivery) {
    add(Result.failed(delivery, clock.instant(), problem(MAY_HAVE_ARRIVED)));
  }

  /** Takes note that a delivery is not to go out. */
  void addSuppressed(Delivery delivery, Suppression.Reason reason) {
    add(Result.suppressed(delivery, clock.instant(), problem(words(reason))));
  }

  private static String words(Suppression.Reason reason) {
    return switch (reason) {
      case BOUNCE ->
          "Not sent: a message to this contact came back for good. Correct it in the row; or, if it works again, take it out of the suppression list and send again";
      case COMPLAINT ->
          "Not sent: the recipient has marked a message as unwanted. Ask them another way";
      case MANUAL ->
          "Not sent: the contact is in the suppression list. Take it out and send again if that is wrong";
    };
  }

  private static Problem problem(String words) {
    return Problem.of(ProblemType.MESSAGE_NOT_DELIVERED, words);
  }

  private void count(Delivery delivery, Attempt attempt) {
    String result =
        switch (attempt) {
          case Attempt.Taken _ -> "sent";
          case Attempt.Refused _ -> "refused";
          case Attempt.Postponed _ -> "postponed";
          case Attempt.Deferred _ -> "deferred";
          case Attempt.Uncertain _ -> "uncertain";
          case Attempt.Unreachable _ -> "unreachable";
        };
    String medium = delivery.key().medium().name().toLowerCase(Locale.ROOT);
    meters.counter("credmill.delivery.attempts", "medium", medium, "result", result).increment();
  }

  @Override
  public void run() {
    List<Result> chunk = new ArrayList<>(CHUNK);
    while (!stopping || !queue.isEmpty()) {
      try {
        Result first = queue.poll(IDLE_MILLIS, TimeUnit.MILLISECONDS);
        if (first != null) {
          chunk.add(first);
          gather();
          queue.drainTo(chunk, CHUNK - 1);
          record(chunk);
          chunk.clear();
        }
      } catch (InterruptedException _) {
        return;
      }
    }
  }

  private void gather() throws InterruptedException {
    if (!stopping && queue.size() < CHUNK - 1) {
      Thread.sleep(GATHERING_MILLIS);
    }
  }

  private void record(List<Result> chunk) throws InterruptedException {
    while (true) {
      try {
        Set<DeliveryKey> recorded = deliveries.record(chunk);
        List<DeliveryOutcome> outcomes =
            chunk.stream()
                .filter(result -> result.status().settled() && recorded.contains(result.key()))
                .map(Result::outcome)
                .toList();
        announcements.add(outcomes);
        refusals.add(chunk);
        return;
      } catch (RuntimeException e) {
        LOG.warn("results could not be recorded and are tried again", e);
        if (stopping) {
          // Leases will run out; whoever starts next sends these once more.
          return;
        }
        Thread.sleep(TROUBLE_MILLIS);
      }
    }
  }

  void stop(Duration longest) throws InterruptedException {
    stopping = true;
    thread.join(longest);
    announcements.stop(longest);
  }
}
