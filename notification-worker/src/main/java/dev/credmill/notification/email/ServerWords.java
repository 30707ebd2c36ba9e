package dev.credmill.notification.email;

import dev.credmill.notification.delivery.Attempt;
import jakarta.mail.MessagingException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;

/**
 * What a failed send means, in the mail server's words without the recipient's address: problems
 * are shown, exported and logged.
 */
final class ServerWords {
  private static final int LONGEST = 400;

  /** RFC 5321, 3.8. */
  static final int SERVICE_CLOSING = 421;

  private static final int PERMANENT = 500;
  private static final int NOT_LOGGED_IN = 530;
  private static final Pattern ADDRESS = Pattern.compile("[^\\s<>\"'(),;:@]+@[^\\s<>\"'(),;:@]+");
  private static final Pattern CONTROL = Pattern.compile("[\\p{Cntrl}\\u0080-\\u009F]+");

  private ServerWords() {}

  /**
   * What the server's answer to a part of a message means.
   *
   * @param code of the reply (RFC 5321, 4.2)
   * @param answer the reply as it came, with its code
   */
  static Attempt attempt(int code, String answer, String contact) {
    String words = masked(answer, contact);
    if (code == SERVICE_CLOSING || code == NOT_LOGGED_IN) {
      // No fault of the message, so it does not end it.
      return new Attempt.Unreachable(words);
    }
    return code >= PERMANENT ? new Attempt.Refused(words) : new Attempt.Postponed(words);
  }

  /** Why there is no connection over which anything could be sent. */
  static Attempt notConnected(MessagingException failure, String contact) {
    return new Attempt.Unreachable(
        switch (brokenBy(failure)) {
          case UnknownHostException _ -> "The mail server has no address";
          case SocketTimeoutException _ -> "The mail server did not answer in time";
          case SSLException e ->
              "No secure connection to the mail server: " + masked(e.getMessage(), contact);
          case IOException _ -> "The mail server does not take connections";
          case null ->
              "The mail server cannot be worked with: " + masked(failure.getMessage(), contact);
        });
  }

  private static IOException brokenBy(Throwable failure) {
    return switch (failure) {
      case null -> null;
      case IOException e -> e;
      default -> brokenBy(failure.getCause());
    };
  }

  /** Code and words stay; the address goes, and its local part where it stands alone. */
  static String masked(String words, String contact) {
    if (words == null) {
      return "no reason given";
    }
    String local = contact.substring(0, Math.max(0, contact.lastIndexOf('@')));
    String line = CONTROL.matcher(words).replaceAll(" ").strip();
    String masked = replace(line, contact, "(address)");
    masked = ADDRESS.matcher(masked).replaceAll("(address)");
    if (local.length() > 1) {
      masked = replace(masked, local, "(address)");
    }
    return masked.length() <= LONGEST ? masked : masked.substring(0, LONGEST) + "...";
  }

  private static String replace(String text, String part, String replacement) {
    return Pattern.compile(
            "(?<![\\p{Alnum}])" + Pattern.quote(part.toLowerCase(Locale.ROOT)) + "(?![\\p{Alnum}])",
            Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE)
        .matcher(text)
        .replaceAll(replacement);
  }
}
