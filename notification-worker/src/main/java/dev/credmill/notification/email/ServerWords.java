package dev.credmill.notification.email;

import dev.credmill.notification.delivery.Attempt;
import dev.credmill.notification.delivery.MaskedWords;
import jakarta.mail.MessagingException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import javax.net.ssl.SSLException;

/** What a failed send means, in the mail server's words. */
final class ServerWords {
  /** RFC 5321, 3.8. */
  static final int SERVICE_CLOSING = 421;

  private static final int PERMANENT = 500;
  private static final int NOT_LOGGED_IN = 530;

  private ServerWords() {}

  /**
   * What the server's answer to a part of a message means.
   *
   * @param code of the reply (RFC 5321, 4.2)
   * @param answer the reply as it came, with its code
   */
  static Attempt attempt(int code, String answer, String contact) {
    String words = MaskedWords.of(answer, contact);
    if (code == SERVICE_CLOSING || code == NOT_LOGGED_IN) {
      // No fault of the message, so it does not end it.
      return new Attempt.Unreachable(words);
    }
    return code >= PERMANENT ? new Attempt.Refused(words) : new Attempt.Postponed(words);
  }

  /** Why there is no connection over which anything could be sent. */
  static Attempt.Unreachable notConnected(MessagingException failure, String contact) {
    return new Attempt.Unreachable(
        switch (brokenBy(failure)) {
          case UnknownHostException _ -> "The mail server has no address";
          case SocketTimeoutException _ -> "The mail server did not answer in time";
          case SSLException e ->
              "No secure connection to the mail server: " + MaskedWords.of(e.getMessage(), contact);
          case IOException _ -> "The mail server does not take connections";
          case null ->
              "The mail server cannot be worked with: "
                  + MaskedWords.of(failure.getMessage(), contact);
        });
  }

  private static IOException brokenBy(Throwable failure) {
    return switch (failure) {
      case null -> null;
      case IOException e -> e;
      default -> brokenBy(failure.getCause());
    };
  }
}
