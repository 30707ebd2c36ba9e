package dev.credmill.batch.correction;

import dev.credmill.batch.Batch;
import dev.credmill.batch.correction.ReplacementRequest.UnchangedRows;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * How one credential is to be replaced.
 *
 * @param cells new values by the heading of the sheet, or ours; none issues it as it was
 */
@Schema(name = "Replacement")
record ReplacementBody(
    @Schema(
            description = "New values by heading; absent to issue it anew as it was",
            examples = "{\"Last Name\": \"Lovelace\"}")
        Map<String, String> cells,
    @Schema(
            description = "For whoever looks later; not shown in public",
            examples = "Name misspelled")
        String reason,
    @Schema(description = "ISSUE if left out; REVIEW waits for POST .../issue") Batch.Mode mode) {
  ReplacementBody {
    cells = cells == null ? Map.of() : cells;
    mode = mode == null ? Batch.Mode.ISSUE : mode;
    CellValues.check(cells);
  }

  ReplacementRequest request() {
    return new ReplacementRequest(reason, mode, UnchangedRows.replace);
  }
}
