package dev.credmill.issuance.offer;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a wallet says became of a credential (OpenID4VCI 1.0, 11.1). */
enum WalletEvent {
  CREDENTIAL_ACCEPTED,
  CREDENTIAL_FAILURE,
  CREDENTIAL_DELETED;

  static Optional<WalletEvent> of(String text) {
    return Arrays.stream(values())
        .filter(event -> event.name().toLowerCase(Locale.ROOT).equals(text))
        .findFirst();
  }
}
