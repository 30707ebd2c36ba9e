package dev.credmill.notification.callback;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Who takes emails and calls back about them. */
enum Provider {
  SES,
  POSTMARK,
  SENDGRID;

  /** As it stands in addresses. */
  String path() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Optional<Provider> of(String path) {
    return Arrays.stream(values()).filter(provider -> provider.path().equals(path)).findFirst();
  }
}
