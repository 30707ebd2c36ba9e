package dev.credmill.batch.validation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.credmill.batch.Batch;
import dev.credmill.batch.BatchConfig;
import dev.credmill.batch.relay.Issue;
import dev.credmill.batch.sheet.Sheet;
import dev.credmill.batch.upload.StoredFile;
import dev.credmill.batch.webhook.WebhookEvents;
import dev.credmill.contracts.id.BatchId;
import dev.credmill.contracts.problem.Problem;
import dev.credmill.contracts.problem.ProblemException;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;

/**
 * Reads an uploaded file row by row, checks each and stores it. A chunk of rows, their counts and
 * the cursor are one transaction, so another instance goes on where this one died.
 */
@ApplicationScoped
class Validation {
  /** Rejecting the last row of a million takes back all the others. */
  private static final int LONGEST = 300; // seconds

  private final BatchConfig config;
  private final ValidationTable table;
  private final ChunkStore store;
  private final SheetValidators validators;
  private final StoredFile file;
  private final Issue issue;
  private final WebhookEvents webhooks;
  private final ObjectMapper json;

  Validation(
      BatchConfig config,
      ValidationTable table,
      ChunkStore store,
      SheetValidators validators,
      StoredFile file,
      Issue issue,
      WebhookEvents webhooks,
      ObjectMapper json) {
    this.config = config;
    this.table = table;
    this.store = store;
    this.validators = validators;
    this.file = file;
    this.issue = issue;
    this.webhooks = webhooks;
    this.json = json;
  }

  /** Validates a batch to its end, or until its lease is somebody else's. */
  void run(Batch batch, UUID owner) {
    try {
      SheetValidator validator = validators.of(batch);
      if (storeRows(batch, owner, validator)) {
        end(batch.batchId(), owner, validator.unusedHeadings());
      }
    } catch (ProblemException e) {
      reject(batch.batchId(), owner, e.problem());
    }
  }

  private boolean storeRows(Batch batch, UUID owner, SheetValidator validator) {
    try (Sheet sheet = file.open(batch);
        ChunkPipe pipe = new ChunkPipe(store, batch, owner)) {
      ChunkReader reader = new ChunkReader(config, batch, validator, sheet::share, pipe);
      sheet.read(reader);
      return reader.end();
    }
  }

  private void end(BatchId batch, UUID owner, List<String> unusedHeadings) {
    inTransaction(
        () -> {
          if (table.validated(batch, owner)) {
            warn(batch, unusedHeadings);
            file.delete(batch);
            issue.afterValidation(batch);
            webhooks.rested(batch);
          }
          return null;
        });
    issue.announce();
  }

  private static void warn(BatchId id, List<String> unusedHeadings) {
    if (unusedHeadings.isEmpty()) {
      return;
    }
    Batch batch = Batch.locked(id).orElseThrow();
    List<Batch.Warning> warnings = new ArrayList<>(batch.warnings);
    warnings.add(
        new Batch.Warning(
            "unused-columns",
            "No definition of the sheet has these columns, so nothing was made of them: "
                + String.join(", ", unusedHeadings),
            null));
    batch.warnings = warnings;
    Batch.flush(); // what follows in this transaction reads the batch anew
  }

  private void reject(BatchId batch, UUID owner, Problem problem) {
    inTransaction(
        () -> {
          if (table.rejected(batch, owner, json(problem))) {
            file.delete(batch);
            webhooks.rested(batch);
          }
          return null;
        });
  }

  /** Gives the batch back, so that the next attempt need not wait for the lease to end. */
  void release(BatchId batch, UUID owner) {
    try {
      table.release(batch, owner);
    } catch (SQLException e) {
      throw new IllegalStateException("a lease was not released; it ends by itself", e);
    }
  }

  private String json(Problem problem) {
    try {
      return json.writeValueAsString(problem);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static <T> T inTransaction(Callable<T> work) {
    return QuarkusTransaction.requiringNew().timeout(LONGEST).call(work);
  }
}
