package dev.credmill.notification.sms.smpp;

import dev.credmill.notification.NotificationConfig;
import dev.credmill.notification.delivery.Report;
import dev.credmill.notification.delivery.Reports;
import dev.credmill.notification.sms.smpp.SegmentTable.Fate;
import dev.credmill.notification.sms.smpp.SegmentTable.Segment;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Brings receipts and segments together. A message is delivered when all of its segments are, and
 * has come back when one of them has.
 */
@ApplicationScoped
class Receipts {
  private static final int CHUNK = 500;

  /** SMSCs try for three days at most, usually. */
  private static final Duration LONGEST = Duration.ofDays(7);

  private static final Duration RECENT = Duration.ofDays(1);
  private final SegmentTable table;
  private final Reports reports;
  private final Set<String> lastingErrors;
  private final Clock clock;

  Receipts(SegmentTable table, Reports reports, NotificationConfig config, Clock clock) {
    this.table = table;
    this.reports = reports;
    this.lastingErrors =
        config.sms().smpp().lastingErrors().orElse(Set.of()).stream()
            .map(Receipts::code)
            .collect(Collectors.toSet());
    this.clock = clock;
  }

  /** Takes a receipt, for good. */
  void add(Receipt receipt) {
    if (receipt.state().isLast()) {
      boolean lasting = lastingErrors.contains(code(receipt.error()));
      table.received(receipt, lasting, clock.instant());
      table.messages(receipt.smscId()).forEach(this::compare);
    }
  }

  /** Keeps how the SMSC names what it took. */
  void taken(UUID message, int segments, List<Segment> taken, Instant sentAt) {
    table.taken(message, segments, taken, sentAt);
    compare(message);
  }

  private void compare(UUID message) {
    Fate fate = table.fate(message);
    Instant now = clock.instant();
    if (fate.failed() > 0) {
      settle(message, new Report.Bounced(message, now, fate.words(), fate.lasting()));
    } else if (fate.segments() > 0 && fate.delivered() == fate.segments()) {
      settle(message, new Report.Delivered(message, now));
    }
  }

  private void settle(UUID message, Report report) {
    reports.add(List.of(report));
    table.forget(message);
  }

  @Scheduled(
      identity = "notification-smpp-receipts",
      every = "1m",
      concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
  void compareForgotten() {
    Instant now = clock.instant();
    table.uncompared(now.minus(RECENT), CHUNK).forEach(this::compare);
    table.expire(now.minus(LONGEST));
  }

  /** 001 and 1 are the same. */
  private static String code(String error) {
    return error.replaceFirst("^0+(?=.)", "");
  }
}
