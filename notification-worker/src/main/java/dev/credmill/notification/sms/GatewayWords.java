package dev.credmill.notification.sms;

import dev.credmill.notification.delivery.MaskedWords;
import java.util.regex.Pattern;

/** What a gateway says, without phone numbers: problems are shown, exported and logged. */
public final class GatewayWords {
  private static final Pattern NUMBER = Pattern.compile("\\+?\\d[\\d ()-]{5,}\\d");

  private GatewayWords() {}

  public static String of(String words) {
    return MaskedWords.of(words == null ? null : NUMBER.matcher(words).replaceAll("(number)"), "");
  }
}
