package dev.credmill.notification.delivery;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A status code of RFC 3463, such as 5.1.1. */
public record EnhancedStatus(int kind, int subject, int detail) {
  private static final Pattern CODE =
      Pattern.compile("(?<![\\d.])([45])\\.(\\d{1,3})\\.(\\d{1,3})(?![\\d.]*\\d)");

  private static final int PERMANENT = 5;
  private static final int UNDEFINED = 0;
  private static final int ADDRESS = 1;
  private static final int MAILBOX = 2;
  private static final int ROUTING = 4;

  /** The first one that stands in a text. */
  public static Optional<EnhancedStatus> in(String text) {
    Matcher code = CODE.matcher(text);
    return code.find()
        ? Optional.of(
            new EnhancedStatus(
                Integer.parseInt(code.group(1)),
                Integer.parseInt(code.group(2)),
                Integer.parseInt(code.group(3))))
        : Optional.empty();
  }

  boolean isPermanent() {
    return kind == PERMANENT;
  }

  /** Whether it says no more than whether trying again may help. */
  boolean isVague() {
    return subject == UNDEFINED || subject == ADDRESS && detail == UNDEFINED;
  }

  /**
   * Whether nothing will ever reach the address. A full mailbox, a policy, trouble on the way and a
   * fault of the sender's address are no faults of it, even where a server calls them permanent.
   */
  boolean isOfTheAddress() {
    return isPermanent()
        && switch (subject) {
          case ADDRESS -> detail != 7 && detail != 8; // those two are the sender's
          case MAILBOX -> detail == 1; // disabled
          case ROUTING -> detail == 1 || detail == 4; // nobody answers for the domain
          default -> false;
        };
  }
}
