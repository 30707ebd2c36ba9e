package dev.credmill.notification.sms.limit;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Locale;

/** For which time segments are counted together. */
enum Period {
  DAY {
    @Override
    LocalDate first(LocalDate day) {
      return day;
    }

    @Override
    LocalDate next(LocalDate day) {
      return day.plusDays(1);
    }

    @Override
    Integer limit(SmsSettings settings) {
      return settings.segmentsPerDay();
    }
  },
  MONTH {
    @Override
    LocalDate first(LocalDate day) {
      return day.withDayOfMonth(1);
    }

    @Override
    LocalDate next(LocalDate day) {
      return first(day).plusMonths(1);
    }

    @Override
    Integer limit(SmsSettings settings) {
      return settings.segmentsPerMonth();
    }
  };

  static LocalDate day(Instant now) {
    return LocalDate.ofInstant(now, ZoneOffset.UTC);
  }

  /** The first day of the period that the day is in. */
  abstract LocalDate first(LocalDate day);

  /** The first day of the period after it. */
  abstract LocalDate next(LocalDate day);

  /** How many segments it may have; null for any number. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  abstract Integer limit(SmsSettings settings);

  /** When the period after the present one begins. */
  Instant end(Instant now) {
    return next(day(now)).atStartOfDay(ZoneOffset.UTC).toInstant();
  }
}
