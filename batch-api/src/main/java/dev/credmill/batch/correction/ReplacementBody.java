package dev.credmill.batch.correction;

import dev.credmill.batch.Batch;
import dev.credmill.batch.correction.ReplacementRequest.UnchangedRows;
import dev.credmill.contracts.problem.ProblemType;
import java.util.HashMap;
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
  private static final int MOST_CELLS = 512;
  private static final int LONGEST_CELL = 65_536;

  ReplacementBody {
    cells = cells == null ? new HashMap<>() : cells;
    mode = mode == null ? Batch.Mode.ISSUE : mode;
    if (cells.size() > MOST_CELLS
        || cells.containsKey(null)
        || cells.containsValue(null)
        || cells.values().stream()
            .anyMatch(cell -> cell.length() > LONGEST_CELL || cell.indexOf('\0') >= 0)) {
      throw ProblemType.INVALID_BODY.because(
          "cells holds new values by heading, such as {\"cells\": {\"Last Name\": \"Lovelace\"}}; an empty text empties a cell");
    }
  }

  ReplacementRequest request() {
    return new ReplacementRequest(reason, mode, UnchangedRows.replace);
  }
}
