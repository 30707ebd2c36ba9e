package dev.credmill.notification.delivery;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The words of servers without the recipient's address: problems are shown, exported and logged.
 */
public final class MaskedWords {
  private static final int LONGEST = 400;

  /** What is behind it would be cut off anyway, and looking for addresses in it takes long. */
  private static final int MOST_READ = 4 * LONGEST;

  private static final Pattern ADDRESS = Pattern.compile("[^\\s<>\"'(),;:@]++@[^\\s<>\"'(),;:@]++");
  private static final Pattern CONTROL = Pattern.compile("[\\p{Cntrl}\\u0080-\\u009F]+");

  private MaskedWords() {}

  /**
   * Code and words stay; the contact goes, and its local part where it stands alone.
   *
   * @param words null for none
   */
  public static String of(String words, String contact) {
    if (words == null) {
      return "no reason given";
    }
    String local = contact.substring(0, Math.max(0, contact.lastIndexOf('@')));
    String read = words.substring(0, Math.min(MOST_READ, words.length()));
    String line = CONTROL.matcher(read).replaceAll(" ").strip();
    String masked = contact.isEmpty() ? line : replace(line, contact, "(address)");
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
