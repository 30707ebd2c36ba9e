package dev.credmill.notification.email;

import dev.credmill.notification.delivery.Attempt;
import io.vertx.core.VertxException;
import io.vertx.ext.mail.SMTPException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;

/**
 * What a failed send means, in the mail server's words without the recipient's address: problems
 * are shown, exported and logged.
 */
final class ServerWords {
  private static final int LONGEST = 400;
  private static final int SERVICE_CLOSING = 421;
  private static final Pattern ADDRESS = Pattern.compile("[^\\s<>\"'(),;:@]+@[^\\s<>\"'(),;:@]+");
  private static final Pattern CONTROL = Pattern.compile("[\\p{Cntrl}\\u0080-\\u009F]+");

  private ServerWords() {}

  static Attempt attempt(Throwable failure, String contact) {
    return switch (failure) {
      case CompletionException e when e.getCause() != null -> attempt(e.getCause(), contact);
      case SMTPException e -> answer(e, contact);
      case ConnectException _ ->
          new Attempt.Unreachable("The mail server does not take connections");
      case UnknownHostException _ -> new Attempt.Unreachable("The mail server has no address");
      case TimeoutException _ ->
          new Attempt.Uncertain("The mail server did not answer in time", true);
      case IOException _ -> new Attempt.Uncertain("The connection to the mail server broke", false);
      case VertxException _ ->
          new Attempt.Uncertain("The connection to the mail server broke", false);
      case IllegalArgumentException _ ->
          new Attempt.Refused("The address cannot be written to; correct it in the row");
      default ->
          new Attempt.Unreachable(
              "The mail server cannot be worked with: " + masked(failure.getMessage(), contact));
    };
  }

  private static Attempt answer(SMTPException e, String contact) {
    String words = masked(String.join(" ", e.getReplyMessages()), contact);
    if (!isAboutTheMessage(e) || e.getReplyCode() == SERVICE_CLOSING) {
      // Greeting, TLS, log-in: no fault of the message, so not even a 5xx may end it.
      return new Attempt.Unreachable(words);
    }
    return e.isPermanent() ? new Attempt.Refused(words) : new Attempt.Postponed(words);
  }

  /** The mail client says in its exception's message to which command the answer was. */
  private static boolean isAboutTheMessage(SMTPException e) {
    String message = e.getMessage();
    return message != null
        && (message.startsWith("sender address not accepted")
            || message.startsWith("recipient address not accepted")
            || message.startsWith("DATA command not accepted")
            || message.startsWith("sending data failed"));
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
