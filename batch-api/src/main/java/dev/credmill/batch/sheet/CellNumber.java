package dev.credmill.batch.sheet;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;

/** The numbers of a worksheet, dates among them, as text that a person would have typed. */
final class CellNumber {
  private static final int SECONDS_A_DAY = 86_400;

  /** The day after the last one that Excel knows, 9999-12-31, counted as Excel does. */
  private static final int END_OF_DAYS = 2_958_466;

  /**
   * Excel thinks that 1900 was a leap year, as Lotus 1-2-3 did; its days up to then are one off.
   */
  private static final int AFTER_WRONG_DAY = 61;

  private static final LocalDate DAY_0 = LocalDate.of(1899, 12, 30);
  private static final LocalDate DAY_0_FROM_1904 = LocalDate.of(1904, 1, 1);
  private static final int DAYS_UP_TO_1904 = 1_462;

  /** More than this nobody sees of a number in Excel; the rest is what binary fractions leave. */
  private static final MathContext AS_SHOWN = new MathContext(15, RoundingMode.HALF_UP);

  private static final DateTimeFormatter SECONDS = DateTimeFormatter.ofPattern("HH:mm:ss");

  private CellNumber() {}

  /** The text of a number as stored, in the format of its cell. */
  static String text(String stored, NumberFormat format, boolean from1904) {
    return switch (format.kind()) {
      case NUMBER -> padded(plain(stored), format.leastDigits());
      case DATE, DATE_AND_TIME, TIME, HOURS -> {
        double days = parsed(stored);
        // Beyond its days Excel shows no date either.
        int end = from1904 ? END_OF_DAYS - DAYS_UP_TO_1904 : END_OF_DAYS;
        yield days < 0 || Math.round(days * SECONDS_A_DAY) >= (long) end * SECONDS_A_DAY
            ? plain(stored)
            : date(days, format.kind(), from1904);
      }
    };
  }

  /** The text of a date that is stored as ISO 8601, which only strict workbooks do. */
  static String isoDate(String stored, NumberFormat format) {
    if (stored.length() <= 10) {
      return stored;
    }
    try {
      LocalDateTime time = LocalDateTime.parse(stored);
      return text(time.toLocalDate(), time.toLocalTime(), format.kind());
    } catch (DateTimeParseException e) {
      return stored; // With a time zone, or a time alone: it is a person's text by now.
    }
  }

  /** All digits, no exponent, no fraction of zeros: a phone number stays one. */
  static String plain(String stored) {
    if (isDigits(stored)) {
      // Written out by a program; rounding it to what Excel shows would change what it means.
      return stored;
    }
    BigDecimal number = new BigDecimal(parsed(stored)).round(AS_SHOWN);
    return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
  }

  private static String padded(String number, int leastDigits) {
    return number.length() >= leastDigits || !isDigits(number) || number.startsWith("-")
        ? number
        : "0".repeat(leastDigits - number.length()) + number;
  }

  /** Whether there are digits alone, of which the first is no idle zero. */
  private static boolean isDigits(String text) {
    int start = text.startsWith("-") ? 1 : 0;
    if (start == text.length() || (text.charAt(start) == '0' && text.length() > 1)) {
      return false;
    }
    for (int i = start; i < text.length(); i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '9') {
        return false;
      }
    }
    return true;
  }

  private static double parsed(String stored) {
    double number;
    try {
      mustBeDecimal(stored);
      number = Double.parseDouble(stored);
    } catch (NumberFormatException e) {
      throw Unreadable.malformed("a cell that says it holds a number holds something else");
    }
    if (!Double.isFinite(number)) {
      throw Unreadable.malformed("a cell holds a number that is beyond all bounds");
    }
    return number;
  }

  /** Java would also take NaN, hexadecimal fractions and the suffixes f and d. */
  private static void mustBeDecimal(String stored) {
    for (int i = 0; i < stored.length(); i++) {
      char c = stored.charAt(i);
      if ((c < '0' || c > '9') && "+-.eE".indexOf(c) < 0) {
        throw new NumberFormatException();
      }
    }
  }

  private static String date(double days, NumberFormat.Kind format, boolean from1904) {
    long seconds = Math.round(days * SECONDS_A_DAY);
    if (format == NumberFormat.Kind.HOURS) {
      return "%02d:%02d:%02d".formatted(seconds / 3600, seconds / 60 % 60, seconds % 60);
    }
    long day = seconds / SECONDS_A_DAY;
    LocalDate date =
        from1904
            ? DAY_0_FROM_1904.plusDays(day)
            : DAY_0.plusDays(day < AFTER_WRONG_DAY ? day + 1 : day);
    return text(date, LocalTime.ofSecondOfDay(seconds % SECONDS_A_DAY), format);
  }

  private static String text(LocalDate date, LocalTime time, NumberFormat.Kind format) {
    if (format == NumberFormat.Kind.TIME || format == NumberFormat.Kind.HOURS) {
      return SECONDS.format(time);
    }
    // Programs that export dates often give them a format with a time, which then is midnight.
    return format == NumberFormat.Kind.DATE || time.toSecondOfDay() == 0
        ? date.toString()
        : date + "T" + SECONDS.format(time);
  }
}
