package dev.credmill.notification.sms;

import dev.credmill.notification.delivery.Attempt;
import dev.credmill.notification.delivery.Pace;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/** Keeps to what a gateway takes: in a second, and at once. What would wait long is put off. */
final class PacedProvider implements SmsProvider {
  private static final Logger LOG = Logger.getLogger(PacedProvider.class);

  /** What could begin within this time is claimed: more than from one look for work to the next. */
  private static final Duration AHEAD = Duration.ofSeconds(2);

  /** By how much a send may overrun its timeout: the dispatcher allows for a little more. */
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(4);

  private static final Duration MOMENT = Duration.ofMillis(200);
  private static final String BUSY = "The SMS gateway takes no more at once";
  private static final int GROUPS = 4;

  private final Gateway gateway;
  private final Clock clock;
  private final Pace pace;
  private final Semaphore slots;
  private final Duration patience;

  PacedProvider(Gateway gateway, Duration sendTimeout, Clock clock) {
    this.gateway = gateway;
    this.clock = clock;
    this.pace = new Pace(Duration.ofSeconds(1).dividedBy(gateway.perSecond()), System::nanoTime);
    this.slots = new Semaphore(gateway.inFlight());
    Duration most = sendTimeout.multipliedBy(3).dividedBy(4);
    this.patience = most.compareTo(LONGEST_WAIT) < 0 ? most : LONGEST_WAIT;
  }

  /** A slow message holds up its group, never the others. */
  @Override
  public int inFlight() {
    return GROUPS;
  }

  @Override
  public int together() {
    return Math.max(1, gateway.inFlight() / 2);
  }

  @Override
  public int ready() {
    return pace.ready(AHEAD);
  }

  @Override
  public List<Attempt> send(List<Sms> messages) {
    List<CompletableFuture<Attempt>> attempts =
        messages.stream()
            .map(
                sms ->
                    CompletableFuture.supplyAsync(() -> attempt(sms), Thread::startVirtualThread))
            .toList();
    return attempts.stream().map(CompletableFuture::join).toList();
  }

  private Attempt attempt(Sms sms) {
    try {
      return inTurn(sms);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return deferred(Duration.ZERO);
    } catch (RuntimeException e) {
      // One that went wrong must not undo what is known of the others.
      LOG.warnf("sending %s failed: %s", sms, e.getClass().getName());
      LOG.debugf(e, "sending failed");
      return new Attempt.Uncertain("Sending broke off on our side", false);
    }
  }

  private Attempt inTurn(Sms sms) throws InterruptedException {
    long latest = System.nanoTime() + patience.toNanos();
    OptionalLong turn = pace.turn(sms.segments(), patience);
    if (turn.isEmpty()) {
      return deferred(patience);
    }
    TimeUnit.NANOSECONDS.sleep(turn.getAsLong());
    if (!slots.tryAcquire(latest - System.nanoTime(), TimeUnit.NANOSECONDS)) {
      return deferred(MOMENT);
    }
    try {
      if (pace.paused().isPositive()) {
        return deferred(pace.paused());
      }
      Attempt attempt = gateway.send(sms);
      if (attempt instanceof Attempt.Deferred deferred) {
        pace.pause(Duration.between(clock.instant(), deferred.until()));
      }
      return attempt;
    } finally {
      slots.release();
    }
  }

  private Attempt deferred(Duration wait) {
    return new Attempt.Deferred(clock.instant().plus(wait), BUSY);
  }
}
