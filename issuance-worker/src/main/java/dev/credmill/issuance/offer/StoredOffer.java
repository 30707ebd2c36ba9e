package dev.credmill.issuance.offer;

import dev.credmill.contracts.id.OrganizationId;
import dev.credmill.contracts.id.RowId;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;

/**
 * An offer as it stands in its table.
 *
 * @param digitsHash null where no digits are asked for
 * @param configurations the ids of what is offered, and once it is redeemed of what the token is
 *     for
 * @param expiresAt of its code, or of its token once it is redeemed
 * @param clientId as the wallet named itself; null where it did not
 * @param identified whether the wallet was given identifiers to ask by
 */
record StoredOffer(
    long number,
    byte[] digitsHash,
    OrganizationId organization,
    RowId row,
    String credentialId,
    List<String> configurations,
    OfferState state,
    Instant expiresAt,
    int wrongDigits,
    String clientId,
    boolean identified) {
  StoredOffer {
    configurations = List.copyOf(configurations);
  }

  boolean asksForDigits() {
    return digitsHash != null;
  }

  boolean opensWith(Secret code, String digits) {
    return Arrays.equals(digitsHash, code.hashWith(digits));
  }

  boolean isOver(Instant now) {
    return !now.isBefore(expiresAt);
  }

  @Override
  public String toString() {
    return "offer " + number;
  }
}
