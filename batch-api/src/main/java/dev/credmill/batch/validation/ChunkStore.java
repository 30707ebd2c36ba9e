package dev.credmill.batch.validation;

import dev.credmill.batch.Batch;
import dev.credmill.batch.duplicate.Duplicate;
import dev.credmill.batch.duplicate.Duplicates;
import dev.credmill.batch.row.IssueStatus;
import dev.credmill.batch.status.Counter;
import dev.credmill.batch.status.Counts;
import dev.credmill.contracts.id.BatchId;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;

/** The two steps by which a chunk gets into the database, each a transaction. */
@ApplicationScoped
class ChunkStore {
  private static final int FIRST_RUN = 1;
  private final ValidationTable table;
  private final Duplicates duplicates;
  private final CheckedRows rows;
  private final Counts counts;

  ChunkStore(ValidationTable table, Duplicates duplicates, CheckedRows rows, Counts counts) {
    this.table = table;
    this.duplicates = duplicates;
    this.rows = rows;
    this.counts = counts;
  }

  /** Looks for duplicates and decides in which state each row begins. */
  List<JudgedRow> judge(Batch batch, Chunk chunk) {
    Map<Integer, Duplicate> found =
        inTransaction(
            () ->
                duplicates.findAndAdd(
                    batch.organizationId(),
                    batch.batchId(),
                    chunk.rows().stream().map(r -> r.identity(chunk.definitionIds())).toList()));
    List<JudgedRow> judged = new ArrayList<>(chunk.rows().size());
    for (CheckedRow row : chunk.rows()) {
      judged.add(JudgedRow.of(row, found.get(row.number()), batch.onDuplicate));
    }
    return judged;
  }

  /** Stores the rows and moves the cursor; false when the batch is no longer this owner's. */
  boolean store(Batch batch, UUID owner, Chunk chunk, List<JudgedRow> judged) {
    BatchId id = batch.batchId();
    ValidationTable.Step step =
        new ValidationTable.Step(
            chunk.after(), chunk.lastNumber(), judged.size(), chunk.share(), chunk.definitionIds());
    return inTransaction(
        () -> {
          if (!table.advance(id, owner, step)) {
            return false;
          }
          rows.store(id, judged, FIRST_RUN);
          counts.apply(changes(id, judged), Counts.OWN_SLOT);
          return true;
        });
  }

  boolean renew(Batch batch, UUID owner) {
    return inTransaction(() -> table.renew(batch.batchId(), owner));
  }

  private static Counts.Changes changes(BatchId batch, List<JudgedRow> judged) {
    Counts.Changes changes = new Counts.Changes().add(batch, Counter.TOTAL, judged.size());
    for (JudgedRow row : judged) {
      if (row.issue() == IssueStatus.INVALID) {
        changes.add(batch, Counter.INVALID, 1);
      }
      if (row.issue() == IssueStatus.SKIPPED) {
        changes.add(batch, Counter.SKIPPED, 1);
      }
      if (row.duplicate() != null) {
        changes.add(batch, Counter.of(row.duplicate().kind()), 1);
      }
    }
    return changes;
  }

  private static <T> T inTransaction(Callable<T> work) {
    return QuarkusTransaction.requiringNew().call(work);
  }
}
