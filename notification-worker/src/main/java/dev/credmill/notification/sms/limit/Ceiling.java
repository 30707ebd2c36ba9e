package dev.credmill.notification.sms.limit;

import dev.credmill.contracts.problem.ProblemException;
import dev.credmill.contracts.problem.ProblemType;
import dev.credmill.notification.NotificationConfig;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;

/**
 * What the operator allows each organization at most, whatever its own settings say. They may say
 * less, and may be from a time when more was allowed.
 */
@ApplicationScoped
class Ceiling {
  private final SmsSettings most;

  @Inject
  Ceiling(NotificationConfig config) {
    this(settings(config.sms().limits()));
  }

  Ceiling(SmsSettings most) {
    this.most = most;
  }

  private static SmsSettings settings(NotificationConfig.Sms.Limits limits) {
    try {
      return new SmsSettings(
          limits.countries().map(List::copyOf).orElse(null),
          limits.segmentsPerDay().orElse(null),
          limits.segmentsPerMonth().orElse(null));
    } catch (ProblemException e) {
      throw new IllegalArgumentException("notification.sms.limits: " + e.problem().detail(), e);
    }
  }

  /** A country that is none stops the start, and not the first message. */
  void start(@Observes StartupEvent starting) {}

  /** What is allowed at most; null where it is not limited. */
  SmsSettings most() {
    return most;
  }

  /**
   * Refuses settings that allow more. What is left out allows no more than this.
   *
   * @throws ProblemException that says what is allowed
   */
  void check(SmsSettings wanted) {
    List<String> beyond =
        wanted.allowedCountries() == null
            ? List.of()
            : wanted.allowedCountries().stream()
                .filter(country -> !most.allows(Optional.of(country)))
                .toList();
    if (!beyond.isEmpty()) {
      throw refusal(
          "allowedCountries has %s, to which the operator allows no text messages; allowed are %s"
              .formatted(String.join(", ", beyond), String.join(", ", most.allowedCountries())));
    }
    for (Period period : Period.values()) {
      Integer limit = period.limit(wanted);
      if (limit != null && allowsLess(period, limit)) {
        throw refusal(
            "The operator allows %d SMS segments a %s at most, and not %d; leave the limit out to have all of them"
                .formatted(period.limit(most), period.word(), limit));
      }
    }
  }

  private static ProblemException refusal(String detail) {
    return ProblemType.SMS_SETTINGS_BEYOND_LIMIT.because(detail);
  }

  /** How many segments a period may have; empty for any number. */
  Optional<Integer> limit(Period period, SmsSettings own) {
    return Optional.ofNullable(isLimiting(period, own) ? period.limit(most) : period.limit(own));
  }

  /** Whether it is this that limits a period, and not the organization's own settings. */
  boolean isLimiting(Period period, SmsSettings own) {
    Integer limit = period.limit(own);
    return limit == null ? period.limit(most) != null : allowsLess(period, limit);
  }

  private boolean allowsLess(Period period, int limit) {
    Integer ceiling = period.limit(most);
    return ceiling != null && ceiling < limit;
  }
}
