package dev.credmill.contracts.event;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.credmill.contracts.id.OrganizationId;
import dev.credmill.contracts.id.RowId;

/**
 * A message is to be sent to a recipient.
 *
 * @param generation which message this is of its purpose: only a person's resend raises it from 1
 * @param contact an email address or an E.164 phone number, as the medium has it
 * @param name how to greet the recipient
 * @param language BCP 47 tag; null for the definition's
 * @param link the Cred_URL
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
    String link)
    implements Event {
  public static final String TOPIC = "delivery-requested";

  /** Why a recipient is written to. */
  public enum Purpose {
    /** "Your credential is here." */
    ISSUED
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
    if (generation < 1) {
      throw new IllegalArgumentException("generations count from 1: " + generation);
    }
  }

  @Override
  public String topic() {
    return TOPIC;
  }
}
