package dev.credmill.batch.validation;

import java.time.DateTimeException;
import java.time.Period;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What may stand in the column Expiration: a date, an ISO 8601 period, or words such as "18
 * months". The words are four units in one pattern; no library reads them and nothing else.
 */
final class Expiration {
  private static final Pattern WORDS =
      Pattern.compile("(\\d{1,4}) *(day|week|month|year)s?", Pattern.CASE_INSENSITIVE);
  private static final int LONGEST_YEARS = 200;

  private Expiration() {}

  /** The same as an ISO 8601 date or period; empty when it is neither or too far away. */
  static Optional<String> normalized(String cell) {
    if (ClaimCheck.isDate(cell)) {
      return Optional.of(cell);
    }
    Matcher words = WORDS.matcher(cell);
    if (words.matches()) {
      char unit = Character.toUpperCase(words.group(2).charAt(0));
      return period("P" + words.group(1) + unit);
    }
    return cell.length() <= 20 ? period(cell.toUpperCase(Locale.ROOT)) : Optional.empty();
  }

  /**
   * Whether a normalized date lies before {@code today}, an ISO 8601 date; periods lie ahead by
   * nature.
   */
  static boolean isPast(String normalized, String today) {
    // Dates of four-digit years are in the order of their text.
    return !normalized.startsWith("P") && normalized.compareTo(today) < 0;
  }

  private static Optional<String> period(String text) {
    try {
      Period period = Period.parse(text);
      boolean ahead = !period.isNegative() && !period.isZero();
      boolean near =
          period.toTotalMonths() <= 12 * LONGEST_YEARS && period.getDays() <= 366 * LONGEST_YEARS;
      return ahead && near ? Optional.of(period.toString()) : Optional.empty();
    } catch (DateTimeException | ArithmeticException e) {
      return Optional.empty();
    }
  }
}
