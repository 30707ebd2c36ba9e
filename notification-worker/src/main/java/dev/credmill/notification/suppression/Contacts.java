package dev.credmill.notification.suppression;

import dev.credmill.contracts.event.Medium;
import java.util.regex.Pattern;

/** Contacts as people enter them into a suppression list. */
final class Contacts {
  private static final int LONGEST = 320;
  private static final Pattern EMAIL =
      Pattern.compile("[^\\s@\\p{Cntrl}]{1,64}@[^\\s@\\p{Cntrl}]+");
  private static final Pattern PHONE = Pattern.compile("\\+[1-9][0-9]{6,14}");

  private Contacts() {}

  /** Whether it can be one of that medium; which need not mean that somebody has it. */
  static boolean isPossible(Medium medium, String contact) {
    Pattern pattern =
        switch (medium) {
          case EMAIL -> EMAIL;
          case SMS -> PHONE;
        };
    return contact.length() <= LONGEST && pattern.matcher(contact).matches();
  }

  /** What to write instead of one that cannot be. */
  static String advice(Medium medium) {
    return switch (medium) {
      case EMAIL -> "Write an email address, such as ada@example.org";
      case SMS -> "Write a phone number with its country's code, such as +34600123456";
    };
  }
}
