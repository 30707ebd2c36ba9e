package dev.credmill.contracts.preview;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * A message as its recipient would get it.
 *
 * @param to the address or number it would go to
 * @param from name and address it would come from; null for a text message
 * @param replyTo to which its recipient would answer; null where that is {@code from}
 * @param subject null for a text message
 * @param html null for a text message
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record MessagePreview(
    String to, String from, String replyTo, String subject, String text, String html) {
  public MessagePreview {
    requireNonNull(to, "to");
    requireNonNull(text, "text");
  }

  /** Says nothing of whom or what. */
  @Override
  public String toString() {
    return "preview of a message";
  }
}
