package dev.credmill.notification.suppression;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.credmill.contracts.event.Medium;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** An entry of the list as it is shown. */
@JsonInclude(JsonInclude.Include.ALWAYS)
@Schema(name = "Suppression")
record SuppressionView(
    String id,
    Medium medium,
    @Schema(description = "An email address in lower case, or a phone number in E.164")
        String contact,
    Suppression.Reason reason,
    @Schema(description = "Why, in a server's or a person's words", nullable = true) String words,
    Instant createdAt,
    @Schema(description = "The API key; null where a report did it", nullable = true)
        String createdBy) {

  static SuppressionView of(Suppressions.Entry entry) {
    Suppression suppression = entry.suppression();
    return new SuppressionView(
        Long.toString(entry.number()),
        suppression.medium(),
        suppression.contact(),
        suppression.reason(),
        suppression.words(),
        suppression.createdAt(),
        suppression.createdBy());
  }
}
