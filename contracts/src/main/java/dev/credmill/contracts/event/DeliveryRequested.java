package dev.credmill.contracts.event;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.credmill.contracts.id.OrganizationId;
import dev.credmill.contracts.id.RowId;

/**
 * A message is to be sent to a recipient.
 *
 * @param generation which message this is of its purpose: of {@link Purpose#ISSUED} only a person's
 *     resend raises it from 1; of the others it is the number of the change
 * @param contact an email address or an E.164 phone number, as the medium has it
 * @param name how to greet the recipient
 * @param language BCP 47 tag; null for the definition's
 * @param link the Cred_URL
 * @param claimLink leads to the claim into a wallet; null where this message does not carry it
 * @param claimCode what the claim asks for besides, in a message that does not carry the link
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record DeliveryRequested(
    RowId row,
    OrganizationId organization,
    String definitionId,
    Medium medium,
    Purpose purpose,
    int generation,
    String contact,
    String name,
    String language,
    String link,
    String claimLink,
    String claimCode)
    implements Event {
  public static final String TOPIC = "delivery-requested";

  /** Without a claim. */
  public DeliveryRequested(
      RowId row,
      OrganizationId organization,
      String definitionId,
      Medium medium,
      Purpose purpose,
      int generation,
      String contact,
      String name,
      String language,
      String link) {
    this(
        row,
        organization,
        definitionId,
        medium,
        purpose,
        generation,
        contact,
        name,
        language,
        link,
        null,
        null);
  }

  /** Why a recipient is written to. */
  public enum Purpose {
    /** "Your credential is here." */
    ISSUED,
    /** "It does not count any more." */
    REVOKED,
    /** "It does not count for the time being." */
    SUSPENDED,
    /** "It counts again." */
    REINSTATED
  }

  public DeliveryRequested {
    requireNonNull(row, "row");
    requireNonNull(organization, "organization");
    requireNonNull(definitionId, "definitionId");
    requireNonNull(medium, "medium");
    requireNonNull(purpose, "purpose");
    requireNonNull(contact, "contact");
    requireNonNull(name, "name");
    requireNonNull(link, "link");
    if (claimLink != null && claimCode != null) {
      throw new IllegalArgumentException("the code of a claim goes another way than its link");
    }
    if (generation < 1) {
      throw new IllegalArgumentException("generations count from 1: " + generation);
    }
  }

  @Override
  public String topic() {
    return TOPIC;
  }
}
