package dev.credmill.notification.email;

import java.net.IDN;

/** To whom a mail goes. */
final class Recipient {
  private Recipient() {}

  /**
   * The address in ASCII. No SMTPUTF8 is spoken: a domain has another spelling, a local part has
   * not.
   *
   * @throws IllegalArgumentException for one that cannot be written to
   */
  static String ascii(String contact) {
    int at = contact.lastIndexOf('@');
    String local = contact.substring(0, Math.max(at, 0));
    String domain = IDN.toASCII(contact.substring(at + 1));
    if (!isWord(local) || !isWord(domain)) {
      throw new IllegalArgumentException("not an address that can be written to");
    }
    return local + "@" + domain;
  }

  private static boolean isWord(String text) {
    return !text.isEmpty()
        && text.chars().allMatch(c -> c > ' ' && c < 127 && "<>(),;:\"[]\\@".indexOf(c) < 0);
  }
}
