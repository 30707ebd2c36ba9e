package dev.credmill.notification.email;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * Free text in a header. The mail client's own encoding tears characters beyond the BMP apart and
 * writes names as comments; this is RFC 2047 and RFC 5322, and lets no line end through.
 */
final class HeaderText {
  /** An encoded word has 75 characters at most (RFC 2047, 2): 45 bytes, and the frame. */
  private static final int BYTES_OF_WORD = 45;

  private HeaderText() {}

  /** Text for a header such as Subject. */
  static String unstructured(String text) {
    String line = line(text);
    return isPlain(line) ? line : words(line);
  }

  /** A name before an address. */
  static String mailbox(String name, String address) {
    String line = line(name);
    if (line.isEmpty()) {
      return address;
    }
    String phrase =
        isPlain(line)
            ? "\"" + line.replace("\\", "\\\\").replace("\"", "\\\"") + "\""
            : words(line);
    return phrase + " <" + address + ">";
  }

  /** Without what could end the line. */
  static String line(String text) {
    return text.replaceAll("[\\p{Cntrl}\\u0080-\\u009F\\u2028\\u2029]+", " ").strip();
  }

  /** Short enough for one line, and nothing in it that would have to be encoded. */
  private static boolean isPlain(String line) {
    return line.length() <= 70
        && line.chars().allMatch(c -> c >= ' ' && c < 127)
        && !line.contains("=?");
  }

  private static String words(String line) {
    StringBuilder words = new StringBuilder();
    int from = 0;
    while (from < line.length()) {
      int to = from;
      int bytes = 0;
      while (to < line.length()) {
        int character = line.codePointAt(to);
        bytes += utf8Length(character);
        if (bytes > BYTES_OF_WORD) {
          break;
        }
        to += Character.charCount(character);
      }
      words
          .append(words.isEmpty() ? "" : "\r\n ")
          .append("=?UTF-8?B?")
          .append(
              Base64.getEncoder()
                  .encodeToString(line.substring(from, to).getBytes(StandardCharsets.UTF_8)))
          .append("?=");
      from = to;
    }
    return words.toString();
  }

  private static int utf8Length(int character) {
    if (character < 0x80) {
      return 1;
    }
    if (character < 0x800) {
      return 2;
    }
    return character < 0x10000 ? 3 : 4;
  }
}
