package dev.credmill.notification.delivery;

import static java.util.stream.Collectors.toSet;

import dev.credmill.contracts.event.DeliveryStatus;
import dev.credmill.contracts.event.Medium;
import dev.credmill.contracts.id.OrganizationId;
import dev.credmill.notification.NotificationConfig;
import dev.credmill.notification.pause.Pauses;
import dev.credmill.notification.suppression.Suppression;
import dev.credmill.notification.suppression.Suppressions;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;

/**
 * Takes down what others report of messages after they were handed over. A report may come twice,
 * late, and before one that happened earlier; one of a message that nobody sent is passed over.
 */
@ApplicationScoped
public class Reports {
  private static final int CHUNK = 500;
  private final ReportTable table;
  private final EarlyReturns earlyReturns;
  private final Suppressions suppressions;
  private final Pauses pauses;
  private final Announcements announcements;
  private final NotificationConfig.Bounces config;
  private final Clock clock;

  Reports(
      ReportTable table,
      EarlyReturns earlyReturns,
      Suppressions suppressions,
      Pauses pauses,
      Announcements announcements,
      NotificationConfig config,
      Clock clock) {
    this.table = table;
    this.earlyReturns = earlyReturns;
    this.suppressions = suppressions;
    this.pauses = pauses;
    this.announcements = announcements;
    this.config = config.bounces();
    this.clock = clock;
  }

  /** All of them in one transaction; says which messages of those are ours. */
  public Set<UUID> add(List<Report> reports) {
    return add(reports, _ -> true);
  }

  /** The same of one organization's messages; what is said of others' is passed over. */
  public Set<UUID> add(List<Report> reports, OrganizationId organization) {
    return add(reports, organization::equals);
  }

  private Set<UUID> add(List<Report> reports, Predicate<OrganizationId> isTold) {
    Taken taken = QuarkusTransaction.requiringNew().call(() -> take(reports, isTold));
    announce(taken);
    return taken.known;
  }

  /** Those that could say nothing while their messages were under way. */
  @Scheduled(
      identity = "notification-early-returns",
      every = "2s",
      concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
  void addEarlyOnes() {
    announce(
        QuarkusTransaction.requiringNew().call(() -> take(earlyReturns.take(CHUNK), _ -> true)));
  }

  private void announce(Taken taken) {
    announcements.add(
        taken.changed.stream()
            .filter(reported -> reported.status().settled())
            .map(Reported::outcome)
            .toList());
  }

  private static Set<OrganizationId> bounced(List<Reported> changed, Medium medium) {
    return changed.stream()
        .filter(one -> one.status() == DeliveryStatus.BOUNCED && one.key().medium() == medium)
        .map(Reported::organization)
        .collect(toSet());
  }

  private record Taken(Set<UUID> known, List<Reported> changed) {}

  private Taken take(List<Report> reports, Predicate<OrganizationId> isTold) throws SQLException {
    if (reports.isEmpty()) {
      return new Taken(Set.of(), List.of());
    }
    Instant now = clock.instant();
    Map<UUID, Reported> before = table.lock(reports.stream().map(Report::message).toList());
    before.values().removeIf(standing -> !isTold.test(standing.organization()));
    Map<UUID, Reported> after = new HashMap<>(before);
    List<Report.Bounced> early = new ArrayList<>();
    Map<OrganizationId, List<Suppression>> unwanted = new HashMap<>();
    for (Report report : reports) {
      Reported standing = after.get(report.message());
      if (standing == null) {
        continue;
      }
      if (standing.cannotReturnYet(report)) {
        early.add((Report.Bounced) report);
        continue;
      }
      after.put(report.message(), standing.after(report, now, config));
      Optional<Suppression> suppression = standing.suppression(report, now);
      suppression.ifPresent(
          one ->
              unwanted.computeIfAbsent(standing.organization(), _ -> new ArrayList<>()).add(one));
    }
    List<Reported> changed =
        after.values().stream().filter(one -> one != before.get(one.message())).toList();
    table.change(changed);
    earlyReturns.keep(early);
    for (Map.Entry<OrganizationId, List<Suppression>> entry : unwanted.entrySet()) {
      suppressions.add(entry.getKey(), entry.getValue());
    }
    for (Medium medium : Medium.values()) {
      pauses.look(medium, bounced(changed, medium));
    }
    return new Taken(Set.copyOf(before.keySet()), changed);
  }
}
