package dev.credmill.notification.delivery;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Why a message came back.
 *
 * @param words of the server that did not take it
 */
public record Fault(boolean isLasting, String words) {
  /** What servers say that give no code, or one that says nothing. */
  private static final Pattern NOBODY =
      Pattern.compile(
          "(user|recipient|mailbox|address|account|alias)[^.;]{0,40}?(unknown|not found|invalid|disabled|does not exist|doesn't exist|no longer|not exist)"
              + "|(unknown|no such|invalid|non-?existent)[^.;]{0,20}?(user|recipient|mailbox|address|account|alias)"
              + "|no mailbox here",
          Pattern.CASE_INSENSITIVE);

  /** A fault of whoever sends: no reason never to write to that recipient again. */
  private static final Pattern OF_THE_SENDER =
      Pattern.compile(
          "sender|from address|spam|blocked|block list|blocklist|blacklist|policy|\\bspf\\b|dkim|dmarc|reputation",
          Pattern.CASE_INSENSITIVE);

  private static final int LONGEST = 2_000;
  private static final Pattern PERMANENT = Pattern.compile("(?<!\\d)5\\d\\d[ -]");

  /**
   * What a report says.
   *
   * @param status its code, where it has one
   * @param said by the server; the code in them is often the more exact one
   */
  public static Fault of(Optional<EnhancedStatus> status, String said) {
    return of(status, said, false);
  }

  /**
   * What somebody says who has looked at the server's words, too.
   *
   * @param isCalledLasting whether they call it so; counts where no code says it more exactly
   */
  public static Fault of(Optional<EnhancedStatus> status, String said, boolean isCalledLasting) {
    String words = said.substring(0, Math.min(LONGEST, said.length()));
    Optional<EnhancedStatus> exact =
        EnhancedStatus.in(words)
            .filter(inWords -> status.isEmpty() || status.get().isVague())
            .or(() -> status);
    boolean isLasting =
        exact
            .filter(code -> !code.isVague())
            .map(EnhancedStatus::isOfTheAddress)
            .orElseGet(
                () ->
                    (isCalledLasting || isPermanent(exact, words) && NOBODY.matcher(words).find())
                        && !OF_THE_SENDER.matcher(words).find());
    String code =
        status.map(s -> "%d.%d.%d".formatted(s.kind(), s.subject(), s.detail())).orElse("");
    return new Fault(isLasting, words.contains(code) ? words : code + " " + words);
  }

  private static boolean isPermanent(Optional<EnhancedStatus> code, String words) {
    return code.map(EnhancedStatus::isPermanent).orElseGet(() -> PERMANENT.matcher(words).find());
  }
}
