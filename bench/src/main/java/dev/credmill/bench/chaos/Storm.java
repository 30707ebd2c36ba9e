package dev.credmill.bench.chaos;

import dev.credmill.bench.installation.Installation;
import dev.credmill.bench.installation.Instance;
import dev.credmill.bench.installation.MailSink;
import dev.credmill.bench.installation.Service;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Strikes one after the other, at moments that follow from a seed. */
final class Storm {
  private static final int LONGEST_PAUSE = 800; // ms, between work and strike
  private static final int LONGEST_WAIT = 3; // s for work
  private static final int LONGEST_ABSENCE = 1_500; // ms
  private final Installation installation;
  private final MailSink mail;
  private final Duration freeze;
  private final List<Strike> order;
  private final Random random;
  private final Consumer<String> timeline;
  private final long start = System.nanoTime();
  private final Leftovers leftovers;
  private volatile int done;
  private int met;

  /**
   * @param target what is struck; null for everything
   * @param freeze how long a frozen process stands still at least
   */
  Storm(
      Installation installation,
      MailSink mail,
      Leftovers leftovers,
      Duration freeze,
      int strikes,
      Strike.Target target,
      long seed,
      Consumer<String> timeline) {
    this.installation = installation;
    this.mail = mail;
    this.leftovers = leftovers;
    this.freeze = freeze;
    this.random = new Random(seed);
    this.timeline = timeline;
    this.order = new ArrayList<>();
    List<Strike> kinds = Strike.against(target);
    for (int i = 0; i < strikes; i++) {
      order.add(kinds.get(i % kinds.size()));
    }
    Collections.shuffle(order, random);
  }

  /** From 0 to 1. */
  double progress() {
    return (double) done / order.size();
  }

  /** How many strikes so far came while there was work. */
  int metWork() {
    return met;
  }

  /** How many strikes there are that can make a message go out twice. */
  int thatMayRepeatMessages() {
    return (int) order.stream().filter(strike -> strike.mayRepeatMessages).count();
  }

  void run() throws SQLException {
    for (Strike strike : order) {
      awaitWork();
      sleep(random.nextInt(LONGEST_PAUSE));
      timeline.accept(
          String.format(
              Locale.ROOT, "%7.1f s  %s", (System.nanoTime() - start) / 1e9, strike.description));
      met += leftovers.unfinished() > 0 ? 1 : 0;
      strike(strike);
      done++;
    }
  }

  private void strike(Strike strike) {
    switch (strike) {
      case WORKER_KILLED -> kill(Service.ISSUANCE_WORKER);
      case WORKER_FROZEN -> freeze(Service.ISSUANCE_WORKER);
      case WORKERS_SCALED -> scale();
      case API_KILLED -> kill(Service.BATCH_API);
      case API_FROZEN -> freeze(Service.BATCH_API);
      case NOTIFIER_KILLED -> kill(Service.NOTIFICATION_WORKER);
      case NOTIFIER_FROZEN -> freeze(Service.NOTIFICATION_WORKER);
      case MAIL_REFUSED -> misbehave(MailSink.Manner.REFUSES);
      case MAIL_POSTPONED -> misbehave(MailSink.Manner.POSTPONES);
      case MAIL_BROKEN_OFF -> misbehave(MailSink.Manner.BREAKS_OFF);
      case KAFKA_KILLED -> {
        installation.killKafka();
        sleep(random.nextInt(LONGEST_ABSENCE));
        installation.startKafka();
      }
      case POSTGRESQL_KILLED -> {
        installation.killPostgresql();
        sleep(random.nextInt(LONGEST_ABSENCE));
        installation.startPostgresql();
      }
    }
  }

  /** An issuer uploads at about this time; a strike at an idle installation shows little. */
  private void awaitWork() throws SQLException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(LONGEST_WAIT);
    while (leftovers.unfinished() == 0 && System.nanoTime() < end) {
      sleep(20);
    }
  }

  private void kill(Service service) {
    Instance instance = installation.instance(service);
    instance.kill();
    sleep(random.nextInt(LONGEST_ABSENCE));
    instance.start();
    instance.awaitStarted();
  }

  /** Another process is there to take over what the frozen one has, which wakes up later. */
  private void freeze(Service service) {
    Instance other = installation.add(service);
    Instance instance = installation.instance(service);
    instance.freeze();
    sleep(freeze.toMillis() + random.nextInt(LONGEST_ABSENCE));
    instance.thaw();
    installation.remove(service, other);
  }

  private void scale() {
    Instance second = installation.add(Service.ISSUANCE_WORKER);
    Instance third = installation.add(Service.ISSUANCE_WORKER);
    sleep(random.nextInt(LONGEST_ABSENCE));
    installation.remove(Service.ISSUANCE_WORKER, second);
    installation.remove(Service.ISSUANCE_WORKER, third);
  }

  private void misbehave(MailSink.Manner manner) {
    mail.behave(manner);
    sleep(1_000 + random.nextInt(LONGEST_ABSENCE));
    mail.behave(MailSink.Manner.TAKES);
  }

  private static void sleep(long millis) {
    try {
      TimeUnit.MILLISECONDS.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
