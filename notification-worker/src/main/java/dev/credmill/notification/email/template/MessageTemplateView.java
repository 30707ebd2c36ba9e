package dev.credmill.notification.email.template;

import dev.credmill.contracts.event.DeliveryRequested.Purpose;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A message template as callers see it. */
@Schema(name = "MessageTemplate")
public record MessageTemplateView(
    UUID id,
    @Schema(description = "Null for all of the organization's definitions", nullable = true)
        String definitionId,
    Purpose purpose,
    @Schema(description = "BCP 47; null for any", nullable = true) String language,
    String subject,
    @Schema(nullable = true) String body,
    @Schema(nullable = true) String html,
    @Schema(nullable = true) String text,
    @Schema(nullable = true) String logoUrl,
    @Schema(nullable = true) String accentColor,
    Instant createdAt,
    Instant updatedAt) {

  static MessageTemplateView of(MessageTemplate template) {
    return new MessageTemplateView(
        template.id(),
        template.definitionId(),
        template.purpose(),
        template.language(),
        template.subject(),
        template.body(),
        template.html(),
        template.text(),
        template.logoUrl(),
        template.accentColor(),
        template.createdAt(),
        template.updatedAt());
  }
}
