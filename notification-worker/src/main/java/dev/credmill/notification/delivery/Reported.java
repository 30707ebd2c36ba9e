package dev.credmill.notification.delivery;

import dev.credmill.contracts.event.DeliveryOutcome;
import dev.credmill.contracts.event.DeliveryStatus;
import dev.credmill.contracts.id.OrganizationId;
import dev.credmill.contracts.problem.Problem;
import dev.credmill.contracts.problem.ProblemType;
import dev.credmill.notification.NotificationConfig;
import dev.credmill.notification.suppression.Suppression;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * A delivery as it stands when a report on it comes in.
 *
 * @param contact null once it was erased
 * @param at since when it stands so
 * @param dueAt when it is to be sent once more; null for never
 * @param returns how often it came back and was sent once more
 */
record Reported(
    UUID message,
    DeliveryKey key,
    OrganizationId organization,
    String contact,
    DeliveryStatus status,
    Instant at,
    Instant dueAt,
    int returns,
    Problem problem) {
  /** By which the clock of the mailbox may go wrong. */
  private static final Duration TOLERANCE = Duration.ofMinutes(1);

  /**
   * How it stands after a report; the same where that says nothing new. States only go forward, but
   * for a message that came back and is to be sent once more.
   */
  Reported after(Report report, Instant now, NotificationConfig.Bounces config) {
    // Clocks of others may be wrong, and events be made up.
    Instant happened = report.at().isBefore(now) && report.at().isAfter(at) ? report.at() : now;
    return switch (report) {
      case Report.Delivered _ -> into(DeliveryStatus.DELIVERED, happened, null);
      case Report.Complained complained ->
          into(
              DeliveryStatus.DELIVERED,
              happened,
              "The recipient has marked it as unwanted: " + complained.words());
      // Of the copy before this one, read once more.
      case Report.Bounced bounced
          when !bounced.lasting() && returns > 0 && report.at().isBefore(at.minus(TOLERANCE)) ->
          this;
      case Report.Bounced bounced
          when !bounced.lasting() && status == DeliveryStatus.SENT && mayReturn(config) ->
          again(now.plus(config.retryAfter().multipliedBy(1L << returns)), bounced.words());
      // What waits or has come to its end is not sent once more for that.
      case Report.Bounced bounced when !bounced.lasting() && status != DeliveryStatus.SENT -> this;
      case Report.Bounced bounced -> into(DeliveryStatus.BOUNCED, happened, bounced.words());
    };
  }

  /** Whether what a report says follows only once it is recorded that the message went out. */
  boolean cannotReturnYet(Report report) {
    return status == DeliveryStatus.SENDING
        && report instanceof Report.Bounced bounced
        && !bounced.lasting();
  }

  private boolean mayReturn(NotificationConfig.Bounces config) {
    return returns < config.retries() && contact != null;
  }

  private Reported into(DeliveryStatus next, Instant happened, String words) {
    return next.from().contains(status)
        ? new Reported(
            message, key, organization, contact, next, happened, null, returns, problem(words))
        : this;
  }

  private Reported again(Instant when, String words) {
    return new Reported(
        message,
        key,
        organization,
        contact,
        DeliveryStatus.PENDING,
        at,
        when,
        returns + 1,
        problem(words));
  }

  private Problem problem(String words) {
    return words == null
        ? null
        : Problem.of(
            ProblemType.MESSAGE_NOT_DELIVERED,
            MaskedWords.of(words, contact == null ? "" : contact));
  }

  /** Who is not to be written to any more because of that. */
  Optional<Suppression> suppression(Report report, Instant now) {
    if (contact == null) {
      return Optional.empty();
    }
    return switch (report) {
      case Report.Delivered _ -> Optional.empty();
      case Report.Bounced bounced ->
          bounced.lasting()
              ? Optional.of(suppression(Suppression.Reason.BOUNCE, bounced.words(), now))
              : Optional.empty();
      case Report.Complained complained ->
          Optional.of(suppression(Suppression.Reason.COMPLAINT, complained.words(), now));
    };
  }

  private Suppression suppression(Suppression.Reason reason, String words, Instant now) {
    return new Suppression(
        key.medium(), contact, reason, MaskedWords.of(words, contact), now, null);
  }

  DeliveryOutcome outcome() {
    return new DeliveryOutcome(
        key.row(), key.medium(), key.purpose(), key.generation(), status, at, problem);
  }
}
