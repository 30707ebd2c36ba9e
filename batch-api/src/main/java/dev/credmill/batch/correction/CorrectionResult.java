package dev.credmill.batch.correction;

import dev.credmill.batch.row.IssueStatus;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * What a sheet of corrections has done.
 *
 * @param untouched some of the rows that were out of reach
 */
@Schema(name = "CorrectionResult")
public record CorrectionResult(
    @Schema(description = "Rows that are right now", examples = "12") int corrected,
    @Schema(description = "Rows that are still invalid, with their new errors", examples = "0")
        int invalid,
    @Schema(description = "Rows that were left out as duplicates, see onDuplicate", examples = "0")
        int skipped,
    @Schema(
            description =
                "Rows that were queued, issued or cancelled already: nothing changes them",
            examples = "0")
        int untouchedRows,
    @Schema(description = "The first hundred of those") List<Untouched> untouched) {

  /** A row that is out of reach. */
  @Schema(name = "UntouchedRow")
  public record Untouched(@Schema(examples = "7") int row, IssueStatus issue) {}
}
