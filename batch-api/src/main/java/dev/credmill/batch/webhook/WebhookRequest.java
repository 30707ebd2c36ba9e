package dev.credmill.batch.webhook;

import dev.credmill.contracts.problem.ProblemType;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What a webhook is to be; of a change only what is given counts. */
@Schema(name = "WebhookRequest")
public record WebhookRequest(
    @Schema(
            description =
                "Where messages go: https, a public address, without user, password and fragment",
            examples = "https://hooks.example.org/credmill")
        String url,
    @Schema(
            description = "What it wants to hear of, one or more of " + EventType.ALL_TEXT,
            examples = "[\"batch.completed\", \"row.issued\"]")
        List<String> eventTypes,
    @Schema(description = "For your own eyes", examples = "student records") String description,
    @Schema(description = "`ENABLED` or `DISABLED`; only of a change", examples = "ENABLED")
        String status) {
  private static final int LONGEST_DESCRIPTION = 200;

  /** Null where nothing is said of them. */
  List<String> checkedTypes() {
    if (eventTypes == null) {
      return null;
    }
    Set<String> types = new LinkedHashSet<>();
    eventTypes.forEach(type -> types.add(EventType.chosen(type).text()));
    if (types.isEmpty()) {
      throw ProblemType.WEBHOOK_INVALID.because(
          "eventTypes holds one or more of " + EventType.ALL_TEXT);
    }
    return List.copyOf(types);
  }

  /** Null where there is none. */
  String checkedDescription() {
    if (description == null || description.isBlank()) {
      return null;
    }
    if (description.length() > LONGEST_DESCRIPTION
        || description.chars().anyMatch(Character::isISOControl)) {
      throw ProblemType.WEBHOOK_INVALID.because(
          "A description has at most %d characters and no line breaks"
              .formatted(LONGEST_DESCRIPTION));
    }
    return description.strip();
  }

  /** Whether it is to be switched on or off; null where nothing is said of that. */
  Boolean enabled() {
    return switch (status) {
      case null -> null;
      case "ENABLED" -> true;
      case "DISABLED" -> false;
      default -> throw ProblemType.WEBHOOK_INVALID.because("status is ENABLED or DISABLED");
    };
  }
}
