package dev.credmill.batch.revocation;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.credmill.contracts.event.StatusAction;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A change as callers see it. */
@Schema(name = "StatusChange", description = "One call that revokes, suspends or reinstates")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record StatusChangeView(
    @Schema(description = "Absent in a preview", examples = "01931f6e-7a51-7c3e-9d0f-3c2b1a0f9e8d")
        String id,
    StatusAction action,
    @Schema(examples = "Awarded by mistake") String reason,
    @Schema(description = "Whether the recipients are told") boolean notifyRecipients,
    @Schema(description = "The id of the API key") String createdBy,
    Instant createdAt,
    @Schema(description = "When the last credential was done and published; absent before")
        Instant finishedAt,
    @Schema(description = "Of the credentials, by outcome; of a preview, what would become of them")
        Map<ChangeOutcome, Integer> counts,
    @Schema(description = "How many credentials it is about") int total,
    @Schema(
            description =
                "The batch whose rows have the new credentials; absent where there are none")
        String replacedBy) {

  static StatusChangeView of(StatusChange change, Map<ChangeOutcome, Integer> counts) {
    return new StatusChangeView(
        change.id().toString(),
        change.action(),
        change.reason(),
        change.notifyRecipients(),
        change.createdBy(),
        change.createdAt(),
        change.finishedAt(),
        all(counts),
        change.total(),
        change.replacedBy() == null ? null : change.replacedBy().toString());
  }

  static StatusChangeView preview(
      StatusChanges.Wish wish, int total, Map<ChangeOutcome, Integer> counts) {
    return new StatusChangeView(
        null,
        wish.action(),
        wish.reason(),
        wish.notifyRecipients(),
        null,
        null,
        null,
        all(counts),
        total,
        null);
  }

  private static Map<ChangeOutcome, Integer> all(Map<ChangeOutcome, Integer> counts) {
    Map<ChangeOutcome, Integer> all = new EnumMap<>(ChangeOutcome.class);
    for (ChangeOutcome outcome : ChangeOutcome.values()) {
      all.put(outcome, counts.getOrDefault(outcome, 0));
    }
    return all;
  }

  /**
   * What became of one credential.
   *
   * @param line its place in the list that was sent
   * @param name as the caller named it
   */
  @Schema(name = "ChangedCredential")
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Counted(
      int line,
      String name,
      String batchId,
      Integer row,
      String credentialId,
      String reference,
      ChangeOutcome outcome,
      @Schema(description = "What became of the messages, where the recipient was told")
          Notice notice) {}
}
