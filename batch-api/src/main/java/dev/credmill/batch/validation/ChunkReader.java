package dev.credmill.batch.validation;

import dev.credmill.batch.Batch;
import dev.credmill.batch.BatchConfig;
import dev.credmill.batch.sheet.Sheet;
import dev.credmill.contracts.problem.ProblemType;
import java.util.function.DoubleSupplier;

/** Checks the rows of a sheet as they come and hands them on in chunks, from the cursors on. */
final class ChunkReader implements Sheet.Rows {
  /** Large cells end a chunk early, so that memory is bounded. */
  private static final int MOST_BYTES = 4 << 20;

  private static final long RENEW_AFTER_NANOS = 2_000_000_000;

  private final BatchConfig config;
  private final int maxRows;
  private final int keyed;
  private final int stored;
  private final SheetValidator validator;
  private final DoubleSupplier share;
  private final ChunkPipe pipe;
  private RowLines lines;
  private int rows;
  private int latest;
  private int read;
  private int lastNumber;
  private long renewed = System.nanoTime();
  private boolean lost;

  ChunkReader(
      BatchConfig config,
      Batch batch,
      SheetValidator validator,
      DoubleSupplier share,
      ChunkPipe pipe) {
    this.config = config;
    this.maxRows = config.maxRows(batch.organizationId());
    this.keyed = batch.keyedNumber;
    this.stored = batch.lastNumber;
    this.read = batch.rowsRead;
    this.lastNumber = batch.keyedNumber;
    this.validator = validator;
    this.share = share;
    this.pipe = pipe;
  }

  @Override
  public boolean row(int number, String[] cells) {
    // Skipping stores nothing for long, and the lease must not run out meanwhile.
    if (System.nanoTime() - renewed > RENEW_AFTER_NANOS) {
      renewed = System.nanoTime();
      lost |= !pipe.renew();
    }
    if (number <= keyed || Sheet.isBlank(cells)) {
      mustBeNear(number);
      return !lost;
    }
    if (number > stored) {
      if (lastNumber < stored) {
        flush();
      }
      mustBeWithin(++read);
    }
    add(validator.check(number, cells));
    return !lost;
  }

  private void add(CheckedRow row) {
    latest = row.number();
    rows++;
    if (latest > stored) {
      if (lines == null) {
        lines = pipe.lines();
      }
      lines.add(row);
    }
    pipe.take(validator.identity(row));
    if (rows == config.validationChunk() || lines != null && lines.size() > MOST_BYTES) {
      flush();
    }
  }

  /** After the last row: stores what is left; whether every row is stored. */
  boolean end() {
    if (lost) {
      return false;
    }
    if (read == 0) {
      throw ProblemType.SHEET_WITHOUT_ROWS.because(
          "Add one row for each recipient below the header and upload the sheet again");
    }
    if (rows > 0) {
      flush();
    }
    return !lost && pipe.drain(lastNumber);
  }

  private void flush() {
    Chunk chunk =
        new Chunk(lastNumber, latest, lines, share.getAsDouble(), validator.definitionIds());
    lastNumber = latest;
    lost |= !pipe.put(chunk);
    lines = null;
    rows = 0;
  }

  private void mustBeWithin(int rows) {
    if (rows > maxRows) {
      throw ProblemType.SHEET_LIMIT_EXCEEDED.because(
          "The sheet has more than %d rows; split it into several files".formatted(maxRows));
    }
  }

  /** Blank lines are rows of the spreadsheet too, and every number is reserved a place. */
  private void mustBeNear(int number) {
    if (number > 2L * maxRows) {
      throw ProblemType.SHEET_LIMIT_EXCEEDED.because(
          "The sheet has more than %d lines, most of them blank; remove the blank ones"
              .formatted(2L * maxRows));
    }
  }
}
