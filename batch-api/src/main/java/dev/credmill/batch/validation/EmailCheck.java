package dev.credmill.batch.validation;

import java.util.HashMap;
import java.util.Map;
import org.apache.commons.validator.routines.DomainValidator;
import org.apache.commons.validator.routines.EmailValidator;

/**
 * Tells email addresses from other text, as the library does. Its patterns cost more per row than
 * parsing the whole row, so the plain form that nearly all addresses have is taken apart here: a
 * look at the local part, and the library's word on each domain once. Not for use by several
 * threads.
 */
final class EmailCheck {
  private static final int LONGEST = 254; // RFC 5321, 4.5.3.1.3, without the brackets
  private static final int LONGEST_LOCAL = 64; // RFC 5321, 4.5.3.1.1
  private static final int REMEMBERED = 10_000;
  private final Map<String, Boolean> domains = new HashMap<>();

  boolean isEmail(String text) {
    if (text.length() > LONGEST) {
      return false;
    }
    int at = text.indexOf('@');
    if (!isPlainLocal(text, at)) {
      return EmailValidator.getInstance().isValid(text);
    }
    if (domains.size() == REMEMBERED) {
      domains.clear();
    }
    return domains.computeIfAbsent(
        text.substring(at + 1), domain -> DomainValidator.getInstance(false).isValid(domain));
  }

  /** Letters, digits and {@code _ - +}, with single dots between them. */
  private static boolean isPlainLocal(String text, int end) {
    if (end < 1 || end > LONGEST_LOCAL) {
      return false;
    }
    boolean dot = true;
    for (int i = 0; i < end; i++) {
      char c = text.charAt(i);
      if (c == '.') {
        if (dot) {
          return false;
        }
        dot = true;
      } else if (c >= 'a' && c <= 'z'
          || c >= 'A' && c <= 'Z'
          || c >= '0' && c <= '9'
          || c == '_'
          || c == '-'
          || c == '+') {
        dot = false;
      } else {
        return false;
      }
    }
    return !dot;
  }
}
