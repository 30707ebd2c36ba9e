package dev.credmill.registry.sheet;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** What the cells of a column hold, as far as a spreadsheet program can see to it. */
sealed interface Cells {
  /** What a cell can hold; also the upper bound where a schema names none. */
  int LONGEST = 32_767;

  /** A spreadsheet program keeps 15 digits of a number and makes zeros of the rest. */
  double MOST_EXACT = 999_999_999_999_999d;

  Text ANY_TEXT = new Text(0, LONGEST);

  /** Text, kept as it is typed. */
  record Text(int shortest, int longest) implements Cells {
    public Text {
      if (shortest < 0 || longest > LONGEST) {
        throw new IllegalArgumentException(
            "a cell has 0 to %d characters: %d to %d".formatted(LONGEST, shortest, longest));
      }
    }
  }

  /** One of these texts. */
  record Choice(List<String> values) implements Cells {
    private static final int LONGEST_VALUE = 255;
    private static final Pattern NOT_TO_BE_CHOSEN =
        Pattern.compile("[\\p{Cc}\\p{Cs}\\u2028\\u2029\\uFFFE\\uFFFF]");

    public Choice {
      values = List.copyOf(values);
      if (values.isEmpty()) {
        throw new IllegalArgumentException("a choice without values");
      }
    }

    /** Whether a drop-down list gives the value just as it is. */
    static boolean canShow(String value) {
      return !value.isBlank()
          && value.length() <= LONGEST_VALUE
          && value.equals(value.strip())
          && !NOT_TO_BE_CHOSEN.matcher(value).find();
    }
  }

  /** A calendar day, which a spreadsheet program knows as such. */
  record Day() implements Cells {}

  record Whole(double least, double most) implements Cells {}

  record Decimal(double least, double most) implements Cells {}

  /** What to write, in words; empty where anything may be written. */
  default String words() {
    return switch (this) {
      case Text(int shortest, int longest) when shortest == 0 && longest == LONGEST -> "";
      case Text(int shortest, int longest) when shortest == 0 ->
          "At most %d characters.".formatted(longest);
      case Text(int shortest, int longest) when longest == LONGEST ->
          "At least %d characters.".formatted(shortest);
      case Text(int shortest, int longest) -> "%d to %d characters.".formatted(shortest, longest);
      case Choice(List<String> values) -> oneOf(values);
      case Day() -> "A date as year-month-day, such as 2026-06-30.";
      case Whole(double least, double most) -> "A whole number" + between(least, most) + ".";
      case Decimal(double least, double most) -> "A number" + between(least, most) + ".";
    };
  }

  private static String oneOf(List<String> values) {
    int shown = 10;
    List<String> first = new ArrayList<>(values.stream().limit(shown).toList());
    if (values.size() > shown) {
      first.add("and %d more, which the cell's list shows".formatted(values.size() - shown));
    }
    return "One of: " + String.join(" | ", first);
  }

  private static String between(double least, double most) {
    boolean from = least > -MOST_EXACT;
    boolean to = most < MOST_EXACT;
    if (from && to) {
      return " from %s to %s"
          .formatted(SpreadsheetText.number(least), SpreadsheetText.number(most));
    }
    if (from) {
      return " from %s on".formatted(SpreadsheetText.number(least));
    }
    return to ? " up to %s".formatted(SpreadsheetText.number(most)) : "";
  }
}
