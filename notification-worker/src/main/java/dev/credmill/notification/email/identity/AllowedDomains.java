package dev.credmill.notification.email.identity;

import java.net.IDN;
import java.util.List;
import java.util.Locale;

/** From which domains an organization may write over the platform's mail server. */
record AllowedDomains(List<String> domains) {
  static final AllowedDomains NONE = new AllowedDomains(List.of());

  AllowedDomains {
    domains = domains.stream().map(AllowedDomains::canonical).toList();
  }

  boolean allow(String address) {
    String domain = canonical(address.substring(address.lastIndexOf('@') + 1));
    return domains.stream().anyMatch(one -> domain.equals(one) || domain.endsWith("." + one));
  }

  private static String canonical(String domain) {
    try {
      return IDN.toASCII(domain.strip()).toLowerCase(Locale.ROOT);
    } catch (IllegalArgumentException _) {
      return domain.strip().toLowerCase(Locale.ROOT);
    }
  }
}
