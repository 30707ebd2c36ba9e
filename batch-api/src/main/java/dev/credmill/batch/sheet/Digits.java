package dev.credmill.batch.sheet;

/** Whole numbers in attributes: digits and nothing else, and no more than they may be. */
final class Digits {
  private Digits() {}

  static int number(String text, int most) {
    long number = 0;
    for (int i = 0; i < text.length(); i++) {
      int digit = text.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        throw Unreadable.malformed("there is text where a number must be");
      }
      number = number * 10 + digit;
      if (number > most) {
        throw Unreadable.malformed("there is a number above %d".formatted(most));
      }
    }
    if (text.isEmpty()) {
      throw Unreadable.malformed("there is nothing where a number must be");
    }
    return (int) number;
  }
}
