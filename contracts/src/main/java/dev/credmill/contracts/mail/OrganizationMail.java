package dev.credmill.contracts.mail;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.credmill.contracts.id.OrganizationId;

/**
 * A mail to somebody who works for an organization, such as a report. Recipients of credentials are
 * written to by {@link dev.credmill.contracts.event.DeliveryRequested}.
 *
 * @param id the same each time that this mail is sent to this recipient; letters, digits, {@code .}
 *     and {@code -}
 * @param text plain text
 * @param attachment null for none
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record OrganizationMail(
    String id,
    OrganizationId organization,
    String recipient,
    String subject,
    String text,
    Attachment attachment) {

  /** A sheet that goes with it. */
  public record Attachment(String fileName, String csv) {
    public Attachment {
      requireNonNull(fileName, "fileName");
      requireNonNull(csv, "csv");
    }
  }

  public OrganizationMail {
    requireNonNull(id, "id");
    requireNonNull(organization, "organization");
    requireNonNull(recipient, "recipient");
    requireNonNull(subject, "subject");
    requireNonNull(text, "text");
  }

  /** Says which, never whom or what. */
  @Override
  public String toString() {
    return "mail " + id;
  }
}
