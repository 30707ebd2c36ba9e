package dev.credmill.bench;

import com.fasterxml.jackson.databind.JsonNode;
import dev.credmill.bench.installation.Api;
import java.nio.file.Path;
import java.util.Map;

/**
 * How long a sheet took from the upload's first byte until batch-api knew every row ISSUED.
 *
 * @param seconds of all of it
 */
record IssueRun(int rows, double seconds, JsonNode batch) {

  static IssueRun of(Api api, Path sheet) {
    long start = System.nanoTime();
    String id = api.upload(sheet, Map.of("definitionId", "diploma", "mode", "ISSUE"));
    JsonNode batch = api.awaitEnd(id, status -> status.startsWith("COMPLETED"));
    int issued = batch.path("counts").path("issued").asInt();
    if (issued != batch.path("counts").path("total").asInt()) {
      throw new IllegalStateException("not every row was issued: " + batch);
    }
    return new IssueRun(issued, (System.nanoTime() - start) / 1e9, batch);
  }

  double rowsPerSecond() {
    return rows / seconds;
  }
}
