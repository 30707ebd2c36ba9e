package dev.credmill.notification.email;

import dev.credmill.notification.delivery.EnhancedStatus;
import dev.credmill.notification.delivery.Fault;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Why a server that an organization has named refuses for good what the recipient's address is not
 * to blame for. Many servers say only at RCPT, or after the message, that they dislike its sender.
 */
enum Hindrance {
  /** It does not let the organization write as this sender, or write through it at all. */
  SENDER("The mail server does not let the organization write as this sender: "),
  /** It was as much as the account may send. */
  QUOTA("The mail server takes no more from the organization for now: ");

  private static final int ADDRESS = 1;
  private static final int MAILBOX = 2;
  private static final int ROUTING = 4;
  private static final int POLICY = 7;

  private static final Pattern MUCH =
      Pattern.compile(
          "(daily|hourly|monthly|sending)[^.;]{0,40}?(limit|quota)"
              + "|(limit|quota)[^.;]{0,40}?(per|a|this) (minute|hour|day|month)"
              + "|rate limit",
          Pattern.CASE_INSENSITIVE);

  private static final Pattern DISLIKED =
      Pattern.compile(
          "sender|send as|from address|mail from|relay|not (been )?verified|unverified|authenticat|authori[sz]ed|permission"
              + "|\\bspf\\b|dkim|dmarc",
          Pattern.CASE_INSENSITIVE);

  private final String beginning;

  Hindrance(String beginning) {
    this.beginning = beginning;
  }

  /** What the words of a refusal say of it. */
  static Optional<Hindrance> in(String words) {
    Optional<EnhancedStatus> code = EnhancedStatus.in(words);
    if (Fault.of(code, words).isLasting() || code.filter(Hindrance::isOfTheMailbox).isPresent()) {
      return Optional.empty();
    }
    if (code.filter(Hindrance::isOfQuota).isPresent() || MUCH.matcher(words).find()) {
      return Optional.of(QUOTA);
    }
    return code.filter(Hindrance::isOfTheSender).isPresent() || DISLIKED.matcher(words).find()
        ? Optional.of(SENDER)
        : Optional.empty();
  }

  private static boolean isOfTheMailbox(EnhancedStatus code) {
    return code.subject() == MAILBOX;
  }

  /** What Gmail says. */
  private static boolean isOfQuota(EnhancedStatus code) {
    return code.subject() == ROUTING && code.detail() == 5;
  }

  private static boolean isOfTheSender(EnhancedStatus code) {
    return code.subject() == POLICY
        || code.subject() == ADDRESS && (code.detail() == 7 || code.detail() == 8);
  }

  /** With what it means before them. */
  String explain(String words) {
    return beginning + words;
  }
}
