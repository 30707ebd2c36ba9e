package dev.credmill.notification.email;

import static java.util.Objects.requireNonNull;

/**
 * Whom a message comes from.
 *
 * @param name before the address
 * @param replyTo to which its recipient answers; null for the address
 */
record Origin(String name, String address, String replyTo) {
  Origin {
    requireNonNull(name, "name");
    requireNonNull(address, "address");
  }

  /** As mail programs show it. */
  String shown() {
    return HeaderText.line(name) + " <" + address + ">";
  }
}
