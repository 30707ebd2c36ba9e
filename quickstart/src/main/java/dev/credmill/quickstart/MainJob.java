package dev.credmill.quickstart;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A sheet in, credentials and messages out: uploads, watches, and tells what came of it. */
final class MainJob {
  private static final Set<String> VALIDATING = Set.of("RECEIVING", "VALIDATING");
  private static final Set<String> BEFORE_ISSUE = Set.of("READY", "SCHEDULED", "PAUSED");
  private static final int ERRORS_SHOWN = 10;
  private static final int LINKS_SHOWN = 2;

  private final IssuerApi api;
  private final Options options;
  private final Duration pollInterval;

  MainJob(IssuerApi api, Options options, Duration pollInterval) {
    this.api = api;
    this.options = options;
    this.pollInterval = pollInterval;
  }

  /**
   * @return whether everything was issued and sent
   * @throws Refusal when the upload was not accepted
   */
  boolean run(Path file) {
    long began = System.nanoTime();
    JsonNode batch = upload(file);
    String id = batch.path("id").asText();
    batch = watch(id, batch);
    summarize(file, batch, (System.nanoTime() - began) / 1e9);
    return succeeded(batch);
  }

  private JsonNode upload(Path file) {
    List<Map.Entry<String, String>> fields = new ArrayList<>();
    fields.add(Map.entry("definitionId", options.definition()));
    fields.add(Map.entry("mode", "ISSUE"));
    options.media().forEach(medium -> fields.add(Map.entry("medium", medium.name())));
    options.label().ifPresent(label -> fields.add(Map.entry("label", label)));
    try {
      return api.upload(file, fields);
    } catch (IssuerApi.Problem e) {
      throw new Refusal(
          "%s was not accepted (HTTP %d).\n%s".formatted(file, e.status(), e.getMessage()), e);
    }
  }

  private JsonNode watch(String id, JsonNode uploaded) {
    JsonNode batch = uploaded;
    try (Progress checking = Progress.of("Checking", 0)) {
      while (VALIDATING.contains(status(batch))) {
        batch = poll(id);
        JsonNode progress = batch.path("progress");
        long read = progress.path("rowsRead").asLong();
        long percent = progress.path("percent").asLong();
        checking.at(read, percent > 0 ? read * 100 / percent : 0);
      }
      long total = count(batch, "total");
      checking.at(total, total);
    }
    if (issuing(batch)) {
      try (Progress issuing = Progress.of("Issuing", finished(batch))) {
        while (issuing(batch)) {
          batch = poll(id);
          issuing.at(finished(batch), issuable(batch));
        }
        issuing.at(finished(batch), issuable(batch));
      }
    }
    if (!options.media().isEmpty() && sending(batch)) {
      try (Progress sending = Progress.of("Sending", settled(batch))) {
        while (sending(batch)) {
          batch = poll(id);
          sending.at(settled(batch), messages(batch));
        }
        sending.at(settled(batch), messages(batch));
      }
    }
    return batch;
  }

  private JsonNode poll(String id) {
    try {
      Thread.sleep(pollInterval);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
    return api.get("/v1/batches/" + id);
  }

  private static String status(JsonNode batch) {
    return batch.path("status").asText();
  }

  private static long count(JsonNode batch, String name) {
    return batch.path("counts").path(name).asLong();
  }

  private static boolean issuing(JsonNode batch) {
    return status(batch).equals("ISSUING") || BEFORE_ISSUE.contains(status(batch));
  }

  private static long finished(JsonNode batch) {
    return count(batch, "issued") + count(batch, "failed") + count(batch, "cancelled");
  }

  private static long issuable(JsonNode batch) {
    return count(batch, "total") - count(batch, "invalid") - count(batch, "skipped");
  }

  private static long sum(JsonNode batch, String... states) {
    long sum = 0;
    for (JsonNode medium : batch.path("delivery")) {
      for (String state : states) {
        sum += medium.path(state).asLong();
      }
    }
    return sum;
  }

  private long messages(JsonNode batch) {
    return count(batch, "issued") * options.media().size();
  }

  private static long settled(JsonNode batch) {
    return sum(batch, "sent", "delivered", "failed", "bounced", "suppressed");
  }

  private boolean sending(JsonNode batch) {
    return settled(batch) < messages(batch);
  }

  private boolean succeeded(JsonNode batch) {
    long total = count(batch, "total");
    return status(batch).equals("COMPLETED")
        && total > 0
        && count(batch, "issued") == total
        && sum(batch, "sent", "delivered") == total * options.media().size();
  }

  private void summarize(Path file, JsonNode batch, double seconds) {
    String id = batch.path("id").asText();
    Console.line("");
    Console.line("%s: batch %s, %s after %.1f s", file, id, status(batch), seconds);
    for (JsonNode warning : batch.path("warnings")) {
      Console.line(
          "  Warning: %s", warning.isTextual() ? warning.asText() : IssuerApi.text(warning));
    }
    if (batch.hasNonNull("problem")) {
      Console.line("  %s", IssuerApi.text(batch.path("problem")));
    }
    Console.line(
        "  %,d rows: %,d issued, %,d failed, %,d invalid, %,d skipped as duplicates",
        count(batch, "total"),
        count(batch, "issued"),
        count(batch, "failed"),
        count(batch, "invalid"),
        count(batch, "skipped"));
    for (Options.Medium medium : options.media()) {
      JsonNode delivery = batch.path("delivery").path(medium.name());
      Console.line(
          "  %s: %,d sent, %,d failed",
          medium,
          delivery.path("sent").asLong() + delivery.path("delivered").asLong(),
          delivery.path("failed").asLong() + delivery.path("bounced").asLong());
    }
    if (count(batch, "invalid") > 0) {
      errors(id);
    }
    if (count(batch, "issued") > 0) {
      certificates(id);
    }
    Console.line("");
    Console.line("The result as a sheet, with statuses and links:");
    Console.line(
        "  curl -H 'X-API-Key: %s' %s/v1/batches/%s/report.csv",
        options.organizationKey(), options.localUrl(), id);
    if (options.once()) {
      Console.line("");
      Console.line("To open any of it later, start again without --fresh: bin/quickstart");
    }
  }

  private void errors(String id) {
    JsonNode errors = api.get("/v1/batches/" + id + "/errors?limit=" + ERRORS_SHOWN);
    Console.line("");
    Console.line("%6s  %-20s  %s", "Row", "Column", "What to do");
    for (JsonNode error : errors.path("items")) {
      Console.line(
          "%6d  %-20s  %s",
          error.path("row").asLong(),
          error.path("column").asText(),
          error.path("message").asText());
    }
    if (errors.hasNonNull("next")) {
      Console.line("%6s  and more", "...");
    }
    Console.line("");
    Console.line("Nothing was issued. Correct these rows and upload the sheet again. All of them:");
    Console.line(
        "  curl -H 'X-API-Key: %s' %s/v1/batches/%s/errors.csv",
        options.organizationKey(), options.localUrl(), id);
  }

  private void certificates(String id) {
    JsonNode rows = api.get("/v1/batches/" + id + "/rows?issue=ISSUED&limit=" + LINKS_SHOWN);
    Console.line("");
    Console.line("Certificates, the first of them:");
    for (JsonNode row : rows.path("items")) {
      Console.line("  %s", row.path("credUrl").asText());
    }
    if (!options.media().isEmpty()) {
      Console.line("");
      Console.line("The messages:");
      Console.line(
          "  %s/dev/inbox, or IMAP localhost:%d (user inbox, password inbox)",
          options.localUrl(), options.imapPort());
    }
  }
}
