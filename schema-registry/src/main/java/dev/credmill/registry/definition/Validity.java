package dev.credmill.registry.definition;

import java.time.DateTimeException;
import java.time.Period;

/** How long a credential is valid from its validFrom on: an ISO 8601 period of whole days. */
record Validity(String text) {
  private static final int MOST_YEARS = 100;

  Validity {
    Period period;
    try {
      period = Period.parse(text);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          "must be an ISO 8601 period in years, months, weeks or days, such as P2Y, P18M or P90D",
          e);
    }
    boolean forward =
        period.getYears() >= 0
            && period.getMonths() >= 0
            && period.getDays() >= 0
            && !period.isZero();
    boolean endsInReach =
        period.getYears() <= MOST_YEARS
            && period.getMonths() <= MOST_YEARS * 12
            && period.getDays() <= MOST_YEARS * 366;
    if (!forward || !endsInReach) {
      throw new IllegalArgumentException(
          "must be longer than nothing and no longer than %d years".formatted(MOST_YEARS));
    }
  }
}
