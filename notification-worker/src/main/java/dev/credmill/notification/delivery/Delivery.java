package dev.credmill.notification.delivery;

import static java.util.Objects.requireNonNull;

import dev.credmill.contracts.id.OrganizationId;
import java.time.Instant;

/**
 * A delivery that was claimed and is to be sent now.
 *
 * @param attempt which claim of this delivery it is, counted from 1
 * @param uncertain how often it may have gone out without an answer
 * @param language BCP 47 tag; null for the definition's
 * @param claimLink leads to the claim into a wallet; null where this message does not carry it
 * @param claimCode what the claim asks for besides; null where this message does not carry it
 */
public record Delivery(
    DeliveryKey key,
    OrganizationId organization,
    String definitionId,
    String contact,
    String name,
    String language,
    String link,
    String claimLink,
    String claimCode,
    int attempt,
    int uncertain,
    Instant requestedAt) {
  public Delivery {
    requireNonNull(key, "key");
    requireNonNull(organization, "organization");
    requireNonNull(definitionId, "definitionId");
    requireNonNull(contact, "contact");
    requireNonNull(name, "name");
    requireNonNull(link, "link");
    requireNonNull(requestedAt, "requestedAt");
  }

  /** A third copy is one too many: after two unknown outcomes only a person can say. */
  boolean mayNotGoOutAgain() {
    return uncertain > 1;
  }

  /** Says which, never whom. */
  @Override
  public String toString() {
    return key + ", attempt " + attempt;
  }
}
