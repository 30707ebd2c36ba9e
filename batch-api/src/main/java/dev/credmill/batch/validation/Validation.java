package dev.credmill.batch.validation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.credmill.batch.Batch;
import dev.credmill.batch.BatchConfig;
import dev.credmill.batch.relay.Issue;
import dev.credmill.batch.sheet.CsvSheet;
import dev.credmill.batch.sheet.Sheet;
import dev.credmill.batch.sheet.SheetColumns;
import dev.credmill.batch.sheet.SheetFormat;
import dev.credmill.batch.status.Counter;
import dev.credmill.batch.status.Counts;
import dev.credmill.batch.upload.StoredFile;
import dev.credmill.contracts.id.BatchId;
import dev.credmill.contracts.problem.Problem;
import dev.credmill.contracts.problem.ProblemException;
import dev.credmill.contracts.problem.ProblemType;
import dev.credmill.contracts.registry.CredentialDefinition;
import dev.credmill.contracts.registry.Registry;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalDate;
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
  private static final long RENEW_AFTER_NANOS = 2_000_000_000;
  private static final long MOST_CHARACTERS = 4L << 20;
  private final BatchConfig config;
  private final ValidationTable table;
  private final CheckedRows rows;
  private final Counts counts;
  private final StoredFile file;
  private final Registry registry;
  private final Issue issue;
  private final Clock clock;
  private final ObjectMapper json;

  Validation(
      BatchConfig config,
      ValidationTable table,
      CheckedRows rows,
      Counts counts,
      StoredFile file,
      Registry registry,
      Issue issue,
      Clock clock,
      ObjectMapper json) {
    this.config = config;
    this.table = table;
    this.rows = rows;
    this.counts = counts;
    this.file = file;
    this.registry = registry;
    this.issue = issue;
    this.clock = clock;
    this.json = json;
  }

  /** Validates a batch to its end, or until its lease is somebody else's. */
  void run(Batch batch, UUID owner) {
    try {
      if (storeRows(batch, owner)) {
        end(batch.batchId(), owner);
      }
    } catch (ProblemException e) {
      reject(batch.batchId(), owner, e.problem());
    }
  }

  private boolean storeRows(Batch batch, UUID owner) {
    CountedStream content = new CountedStream(file.read(batch.batchId()));
    SheetFormat.Csv format =
        new SheetFormat.Csv(java.nio.charset.StandardCharsets.UTF_8, batch.delimiter);
    try (CsvSheet sheet = new CsvSheet(content, batch.fileSize, format, config)) {
      Reading reading = new Reading(batch, owner, content);
      sheet.read(reading::row);
      return reading.end();
    }
  }

  /** What is known while the rows of a sheet come. */
  private final class Reading {
    private final Batch batch;
    private final UUID owner;
    private final CountedStream content;
    private RowValidator validator;
    private int stored;
    private int lastStored;
    private long characters;
    private long renewed = System.nanoTime();
    private List<CheckedRow> chunk = new ArrayList<>();
    private boolean lost;

    Reading(Batch batch, UUID owner, CountedStream content) {
      this.batch = batch;
      this.owner = owner;
      this.content = content;
      this.stored = batch.rowsRead;
      this.lastStored = batch.lastNumber;
    }

    boolean row(int number, String[] cells) {
      if (validator == null) {
        validator = validator(batch, cells);
        return true;
      }
      if (System.nanoTime() - renewed > RENEW_AFTER_NANOS) {
        // Skipping stores nothing for long, and the lease must not run out meanwhile.
        renewed = System.nanoTime();
        if (!renew(batch.batchId(), owner, content.read, lastStored)) {
          lost = true;
          return false;
        }
      }
      if (number <= batch.lastNumber || Sheet.isBlank(cells)) {
        mustBeNear(number);
        return true;
      }
      CheckedRow row = validator.check(number, cells);
      chunk.add(row);
      characters += row.characters();
      stored++;
      if (stored > config.maxRows()) {
        throw ProblemType.SHEET_LIMIT_EXCEEDED.because(
            "The sheet has more than %d rows; split it into several files"
                .formatted(config.maxRows()));
      }
      if (chunk.size() == config.validationChunk() || characters > MOST_CHARACTERS) {
        if (!store(batch.batchId(), owner, chunk, content.read)) {
          lost = true;
          return false;
        }
        lastStored = number;
        chunk = new ArrayList<>();
        characters = 0;
      }
      return true;
    }

    boolean end() {
      if (lost) {
        return false;
      }
      if (stored == 0) {
        throw ProblemType.SHEET_WITHOUT_ROWS.because(
            "Add one row for each recipient below the header and upload the sheet again");
      }
      return chunk.isEmpty() || store(batch.batchId(), owner, chunk, content.read);
    }
  }

  private boolean renew(BatchId batch, UUID owner, long bytesRead, int lastStored) {
    return inTransaction(() -> table.advance(batch, owner, 0, bytesRead, lastStored));
  }

  /** Blank lines are rows of the spreadsheet too, and every number is reserved a place. */
  private void mustBeNear(int number) {
    if (number > 2L * config.maxRows()) {
      throw ProblemType.SHEET_LIMIT_EXCEEDED.because(
          "The sheet has more than %d lines, most of them blank; remove the blank ones"
              .formatted(2L * config.maxRows()));
    }
  }

  private RowValidator validator(Batch batch, String[] header) {
    CredentialDefinition definition =
        registry
            .definition(batch.organizationId(), batch.definitionId)
            .orElseThrow(
                () ->
                    ProblemType.DEFINITION_UNKNOWN.because(
                        "The definition \"%s\" is gone".formatted(batch.definitionId)));
    SheetColumns columns = SheetColumns.match(header, definition, batch.mediaSet());
    return new RowValidator(
        definition,
        columns,
        header.length,
        batch.mediaSet(),
        config.phoneRegion().orElse(null),
        LocalDate.ofInstant(clock.instant(), java.time.ZoneOffset.UTC));
  }

  private boolean store(BatchId batch, UUID owner, List<CheckedRow> chunk, long bytesRead) {
    return inTransaction(
        () -> {
          int last = chunk.getLast().number();
          if (!table.advance(batch, owner, chunk.size(), bytesRead, last)) {
            return false;
          }
          rows.store(batch, chunk);
          int invalid = (int) chunk.stream().filter(row -> !row.valid()).count();
          counts.apply(
              new Counts.Changes()
                  .add(batch, Counter.TOTAL, chunk.size())
                  .add(batch, Counter.INVALID, invalid),
              Counts.OWN_SLOT);
          return true;
        });
  }

  private void end(BatchId batch, UUID owner) {
    inTransaction(
        () -> {
          if (table.validated(batch, owner)) {
            file.delete(batch);
            issue.afterValidation(batch);
          }
          return null;
        });
    issue.announce();
  }

  private void reject(BatchId batch, UUID owner, Problem problem) {
    inTransaction(
        () -> {
          if (table.rejected(batch, owner, json(problem))) {
            file.delete(batch);
          }
          return null;
        });
  }

  private String json(Problem problem) {
    try {
      return json.writeValueAsString(problem);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static <T> T inTransaction(Callable<T> work) {
    return QuarkusTransaction.requiringNew().call(work);
  }

  /** Tells how much of the file is read. */
  private static final class CountedStream extends FilterInputStream {
    long read;

    CountedStream(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      int b = super.read();
      read += b < 0 ? 0 : 1;
      return b;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      int count = super.read(target, offset, length);
      read += Math.max(0, count);
      return count;
    }
  }

  /** Gives the batch back, so that the next attempt need not wait for the lease to end. */
  void release(BatchId batch, UUID owner) {
    try {
      table.release(batch, owner);
    } catch (SQLException e) {
      throw new IllegalStateException("a lease was not released; it ends by itself", e);
    }
  }
}
