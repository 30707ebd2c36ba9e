package dev.credmill.bench;

import com.fasterxml.jackson.databind.JsonNode;
import dev.credmill.bench.installation.Api;
import java.nio.file.Path;
import java.util.Map;

/**
 * How long a sheet took from the upload to READY.
 *
 * @param accepted seconds until the answer 202, when the file is in durable storage
 * @param ready seconds from there until every row was checked and stored
 */
record ValidationRun(int rows, double accepted, double ready, JsonNode batch) {
  static ValidationRun of(Api api, Path sheet) {
    long start = System.nanoTime();
    String id = api.upload(sheet, Map.of("definitionId", "diploma", "medium", "EMAIL"));
    long accepted = System.nanoTime();
    JsonNode batch = api.awaitEnd(id, status -> !status.equals("VALIDATING"));
    return new ValidationRun(
        batch.path("counts").path("total").asInt(),
        (accepted - start) / 1e9,
        (System.nanoTime() - accepted) / 1e9,
        batch);
  }

  double rowsPerSecond() {
    return rows / ready;
  }
}
