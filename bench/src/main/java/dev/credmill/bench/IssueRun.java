package dev.credmill.bench;

import com.fasterxml.jackson.databind.JsonNode;
import dev.credmill.bench.installation.Api;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/**
 * How long a sheet took from the upload's first byte until batch-api knew every row ISSUED.
 *
 * @param seconds of all of it
 * @param sent seconds until every message was SENT; 0 where none was wanted
 */
record IssueRun(int rows, double seconds, double sent, JsonNode batch) {
  /** What a run tells as soon as the batch has its id. */
  interface Begun {
    void batch(String id);
  }

  static IssueRun of(Api api, String definition, Path sheet) {
    return of(api, definition, sheet, false, _ -> {});
  }

  /**
   * @param definition of what the rows are
   * @param mail whether every row wants an email
   */
  static IssueRun of(Api api, String definition, Path sheet, boolean mail, Begun begun) {
    Map<String, String> fields = new TreeMap<>(Map.of("definitionId", definition, "mode", "ISSUE"));
    if (mail) {
      fields.put("medium", "EMAIL");
    }
    long start = System.nanoTime();
    String id = api.upload(sheet, fields);
    begun.batch(id);
    JsonNode batch = api.awaitEnd(id, status -> status.startsWith("COMPLETED"));
    double seconds = (System.nanoTime() - start) / 1e9;
    int total = batch.path("counts").path("total").asInt();
    mustBe(batch, batch.path("counts").path("issued").asInt() == total);
    double sent = 0;
    if (mail) {
      batch = api.await(id, now -> now.path("delivery").hasNonNull("settledAt"));
      sent = (System.nanoTime() - start) / 1e9;
      mustBe(batch, batch.path("delivery").path("EMAIL").path("sent").asInt() == total);
    }
    return new IssueRun(total, seconds, sent, batch);
  }

  private static void mustBe(JsonNode batch, boolean holds) {
    if (!holds) {
      throw new IllegalStateException("not every row came to its end: " + batch);
    }
  }

  double rowsPerSecond() {
    return rows / seconds;
  }
}
