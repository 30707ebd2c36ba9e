package dev.credmill.batch.revocation;

import dev.credmill.contracts.problem.ProblemException;
import dev.credmill.contracts.problem.ProblemType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * Why, and where the path does not say it, which.
 *
 * @param reason for those who look later; may be null
 * @param rows of a batch; null for all
 * @param notifyRecipients whether the recipients are told, by the media of their batch
 */
@Schema(name = "ChangeOptions")
public record ChangeRequest(
    @Schema(
            description = "For whoever looks later; not shown in public",
            examples = "Awarded by mistake")
        String reason,
    @Schema(description = "Of a batch only these row numbers; absent for all", examples = "[2, 3]")
        List<Integer> rows,
    @Schema(
            description = "Whether the recipients are told, by the media of their batch",
            defaultValue = "false")
        boolean notifyRecipients) {
  static final String EXAMPLE = "{\"reason\": \"Awarded by mistake\", \"notifyRecipients\": true}";
  static final int LONGEST_REASON = 500;
  private static final int MOST_ROWS = 10_000;

  static final ChangeRequest EMPTY = new ChangeRequest(null, null, false);

  public ChangeRequest {
    mustBeReason(reason);
    if (rows != null
        && (rows.isEmpty()
            || rows.size() > MOST_ROWS
            || rows.contains(null)
            || rows.stream().anyMatch(row -> row < 2))) {
      throw ProblemType.INVALID_BODY.because(
          "rows names 1 to %d row numbers, from 2 on".formatted(MOST_ROWS));
    }
  }

  /**
   * Passes what may be stored as a reason; null is one.
   *
   * @throws ProblemException for a text that is too long or has NUL
   */
  public static void mustBeReason(String reason) {
    if (reason != null && (reason.length() > LONGEST_REASON || reason.indexOf('\0') >= 0)) {
      throw ProblemType.INVALID_BODY.because(
          "reason has %d characters at most".formatted(LONGEST_REASON));
    }
  }
}
