package dev.credmill.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** What is uploaded. */
final class Sheets {
  private static final String HEADER =
      "First Name,Last Name,Email,Expiration,Degree,Field of Study,Graduation Date,Honours\r\n";
  private static final String MEMBERSHIP_HEADER =
      "First Name,Last Name,Email,Expiration,Member Number,Level,Active Since\r\n";

  private Sheets() {}

  /** The sheet that newcomers try first. */
  static String sample() {
    try {
      return Files.readString(Path.of("..", "samples", "diplomas.csv"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** As many diplomas as wanted; the family names and addresses tell them apart. */
  static String diplomas(String family, int rows) {
    StringBuilder sheet = new StringBuilder(HEADER);
    for (int i = 1; i <= rows; i++) {
      sheet.append(
          "Alex,%s %d,%s%d@example.org,,Master of Arts,History,2026-06-26,\r\n"
              .formatted(family, i, family.toLowerCase(Locale.ROOT), i));
    }
    return sheet.toString();
  }

  /** The same with memberships, which have no certificate. */
  static String memberships(String family, int rows) {
    StringBuilder sheet = new StringBuilder(MEMBERSHIP_HEADER);
    for (int i = 1; i <= rows; i++) {
      sheet.append(
          "Kim,%s %d,%s%d@example.com,,M-%05d,Regular,2026-01-01\r\n"
              .formatted(family, i, family.toLowerCase(Locale.ROOT), i, i));
    }
    return sheet.toString();
  }
}
