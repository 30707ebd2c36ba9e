package dev.credmill.notification.email.identity;

import java.net.IDN;
import java.util.List;
import java.util.Locale;

/** Domains, with those below them. */
record Domains(List<String> names) {
  static final Domains NONE = new Domains(List.of());

  Domains {
    names = names.stream().map(Domains::canonical).toList();
  }

  /** Whether the address is in one of them. */
  boolean have(String address) {
    String domain = canonical(address.substring(address.lastIndexOf('@') + 1));
    return names.stream().anyMatch(one -> domain.equals(one) || domain.endsWith("." + one));
  }

  private static String canonical(String domain) {
    try {
      return IDN.toASCII(domain.strip()).toLowerCase(Locale.ROOT);
    } catch (IllegalArgumentException _) {
      return domain.strip().toLowerCase(Locale.ROOT);
    }
  }
}
