package dev.credmill.batch.webhook;

import dev.credmill.contracts.problem.Problem;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The codes in a mail server's words (RFC 5321, 4.2; RFC 3463). They alone are told: the words may
 * say more of the recipient than an address that could be masked.
 */
final class ReplyCode {
  private static final Pattern CODE =
      Pattern.compile(
          "(?<![\\d.])([245]\\d\\d)(?:[ -]+([245]\\.\\d{1,3}\\.\\d{1,3})(?![\\d.]))?(?!\\d)");

  private ReplyCode() {}

  /** Such as {@code 550 5.1.1}; null where there is none. */
  static String of(Problem problem) {
    if (problem == null || problem.detail() == null) {
      return null;
    }
    Matcher found = CODE.matcher(problem.detail());
    if (!found.find()) {
      return null;
    }
    return found.group(2) == null ? found.group(1) : found.group(1) + " " + found.group(2);
  }
}
