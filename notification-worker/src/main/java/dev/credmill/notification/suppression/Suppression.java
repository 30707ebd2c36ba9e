package dev.credmill.notification.suppression;

import static java.util.Objects.requireNonNull;

import dev.credmill.contracts.event.Medium;
import java.time.Instant;
import java.util.Locale;

/**
 * Somebody to whom an organization sends nothing more.
 *
 * @param contact an email address in lower case, or a phone number in E.164
 * @param words why, as a server or a person has it; null for none
 * @param createdBy the API key; null where a report did it
 */
public record Suppression(
    Medium medium,
    String contact,
    Reason reason,
    String words,
    Instant createdAt,
    String createdBy) {

  /** Why nothing is sent any more. */
  public enum Reason {
    /** A message came back for good. */
    BOUNCE,
    /** The recipient has called a message unwanted. */
    COMPLAINT,
    /** An admin has entered it. */
    MANUAL
  }

  public Suppression {
    requireNonNull(medium, "medium");
    requireNonNull(reason, "reason");
    requireNonNull(createdAt, "createdAt");
    contact = key(medium, contact);
  }

  /** How a contact is compared: domains know no case, and mailboxes that do are not heard of. */
  static String key(Medium medium, String contact) {
    return medium == Medium.EMAIL ? contact.strip().toLowerCase(Locale.ROOT) : contact.strip();
  }

  /** Never says whom. */
  @Override
  public String toString() {
    return medium + " " + reason;
  }
}
