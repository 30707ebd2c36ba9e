package dev.credmill.batch.validation;

import dev.credmill.batch.Batch;
import dev.credmill.batch.duplicate.Duplicate;
import dev.credmill.batch.duplicate.Duplicates;
import dev.credmill.batch.duplicate.RowKeyBlock;
import dev.credmill.batch.status.Counter;
import dev.credmill.batch.status.Counts;
import dev.credmill.contracts.id.BatchId;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;

/** The two steps by which rows get into the database, each a transaction with a cursor. */
@ApplicationScoped
class ChunkStore {
  private static final int LONGEST_STEP = 60; // seconds
  private static final int LONGEST_LOOK = 300; // seconds
  private final ValidationTable table;
  private final CheckedRows rows;
  private final Duplicates duplicates;
  private final DuplicateMarks marks;
  private final Counts counts;

  ChunkStore(
      ValidationTable table,
      CheckedRows rows,
      Duplicates duplicates,
      DuplicateMarks marks,
      Counts counts) {
    this.table = table;
    this.rows = rows;
    this.duplicates = duplicates;
    this.marks = marks;
    this.counts = counts;
  }

  /**
   * Stores rows and moves the cursor; false when the batch is no longer this owner's.
   *
   * @param before waits until the rows before these are stored; whether they are
   */
  boolean store(Batch batch, UUID owner, Chunk chunk, BooleanSupplier before) {
    BatchId id = batch.batchId();
    RowLines lines = chunk.lines();
    ValidationTable.Step step =
        new ValidationTable.Step(
            chunk.after(), chunk.lastNumber(), lines.rows(), chunk.share(), chunk.definitionIds());
    try {
      return inTransaction(
          () -> {
            rows.store(lines);
            if (!before.getAsBoolean() || !table.advance(id, owner, step)) {
              throw new LeaseLost();
            }
            counts.apply(
                new Counts.Changes()
                    .add(id, Counter.TOTAL, lines.rows())
                    .add(id, Counter.INVALID, lines.invalid()),
                Counts.OWN_SLOT);
            return true;
          });
    } catch (LeaseLost e) {
      return false;
    }
  }

  /**
   * Looks for duplicates among stored rows, marks them and adds the keys of all; false when the
   * batch is no longer this owner's.
   *
   * @param from the number of the last row that has its keys
   * @param to the number of the last row of the block
   */
  boolean look(Batch batch, UUID owner, int from, int to, RowKeyBlock block) {
    BatchId id = batch.batchId();
    try {
      return inTransaction(
          LONGEST_LOOK,
          () -> {
            Counts.Changes changes = new Counts.Changes();
            Map<Integer, Duplicate> found = duplicates.findAndAddNew(id, block);
            marks.put(id, found, batch.onDuplicate, changes);
            // Last, since rows are stored meanwhile, and that moves a cursor of the same batch.
            if (!table.keyed(id, owner, from, to)) {
              throw new LeaseLost();
            }
            counts.apply(changes, Counts.OWN_SLOT);
            return true;
          });
    } catch (LeaseLost e) {
      return false;
    }
  }

  boolean renew(Batch batch, UUID owner) {
    return inTransaction(() -> table.renew(batch.batchId(), owner));
  }

  private static <T> T inTransaction(Callable<T> work) {
    return inTransaction(LONGEST_STEP, work);
  }

  private static <T> T inTransaction(int seconds, Callable<T> work) {
    return QuarkusTransaction.requiringNew().timeout(seconds).call(work);
  }

  /** Takes everything back. */
  private static final class LeaseLost extends RuntimeException {
    private static final long serialVersionUID = 1;
  }
}
