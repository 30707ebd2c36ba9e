package dev.credmill.notification.email.template;

import static java.util.Objects.requireNonNull;

import dev.credmill.contracts.event.DeliveryRequested.Purpose;
import java.time.Instant;
import java.util.UUID;

/**
 * What an organization's emails say about something, in a language.
 *
 * @param version counts its changes
 * @param definitionId the definition version it is for; null for all of the organization's
 * @param language BCP 47 tag of its words; null for whatever language
 * @param subject Mustache, one line
 * @param body Mustache, plain paragraphs for the layout that comes along; null where html and text
 *     are given
 * @param html Mustache, a document in place of that layout; may be null
 * @param text Mustache, what goes with html; null for the body
 * @param logoUrl of a picture above the words; may be null
 * @param accentColor of button and links, {@code #rrggbb}; may be null
 */
public record MessageTemplate(
    UUID id,
    int version,
    String definitionId,
    Purpose purpose,
    String language,
    String subject,
    String body,
    String html,
    String text,
    String logoUrl,
    String accentColor,
    Instant createdAt,
    Instant updatedAt) {
  public MessageTemplate {
    requireNonNull(id, "id");
    requireNonNull(purpose, "purpose");
    requireNonNull(subject, "subject");
    if (body == null && (html == null || text == null)) {
      throw new IllegalArgumentException("it says nothing: " + id);
    }
  }

  /** About how many characters it has. */
  int size() {
    return subject.length() + length(body) + length(html) + length(text);
  }

  private static int length(String text) {
    return text == null ? 0 : text.length();
  }
}
