package dev.credmill.batch.correction;

import static java.util.stream.Collectors.groupingBy;

import dev.credmill.batch.Batch;
import dev.credmill.batch.BatchConfig;
import dev.credmill.batch.VisibleBatch;
import dev.credmill.batch.duplicate.Duplicate;
import dev.credmill.batch.duplicate.Duplicates;
import dev.credmill.batch.duplicate.RowKeyBlock;
import dev.credmill.batch.relay.Issue;
import dev.credmill.batch.row.IssueStatus;
import dev.credmill.batch.sheet.Sheet;
import dev.credmill.batch.status.BatchStatus;
import dev.credmill.batch.status.Counter;
import dev.credmill.batch.status.Counts;
import dev.credmill.batch.upload.FirstLook;
import dev.credmill.batch.validation.CheckedRow;
import dev.credmill.batch.validation.CheckedRows;
import dev.credmill.batch.validation.DuplicateMarks;
import dev.credmill.batch.validation.SheetValidator;
import dev.credmill.batch.validation.SheetValidators;
import dev.credmill.batch.webhook.WebhookEvents;
import dev.credmill.contracts.access.Caller;
import dev.credmill.contracts.id.BatchId;
import dev.credmill.contracts.problem.ProblemException;
import dev.credmill.contracts.problem.ProblemType;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Puts rows of a batch right. All of a correction happens or none of it: it is one transaction,
 * which holds the batch and its runs, so that no row is queued while it changes.
 */
@ApplicationScoped
class Corrections {
  private static final int CHUNK = 1_000;
  private static final int LONGEST = 600; // seconds

  /**
   * Rows looked at again because one that they repeat has changed. Where there are more, the rest
   * is left as it is: those repeat one of the first.
   */
  private static final int MOST_REPEATERS = 5_000;

  private final BatchConfig config;
  private final SheetValidators validators;
  private final CorrectionTable table;
  private final CheckedRows rows;
  private final Duplicates duplicates;
  private final DuplicateMarks marks;
  private final Counts counts;
  private final Issue issue;
  private final WebhookEvents webhooks;

  Corrections(
      BatchConfig config,
      SheetValidators validators,
      CorrectionTable table,
      CheckedRows rows,
      Duplicates duplicates,
      DuplicateMarks marks,
      Counts counts,
      Issue issue,
      WebhookEvents webhooks) {
    this.config = config;
    this.validators = validators;
    this.table = table;
    this.rows = rows;
    this.duplicates = duplicates;
    this.marks = marks;
    this.counts = counts;
    this.issue = issue;
    this.webhooks = webhooks;
  }

  /**
   * Corrects the rows that a sheet names by their number or their reference.
   *
   * @throws ProblemException when the sheet cannot be read or names rows that the batch has not;
   *     nothing has changed then
   */
  CorrectionResult apply(Batch seen, Caller caller, Path file, String charset) throws IOException {
    // Before anything is locked: a slow file must hold up nobody.
    FirstLook look = FirstLook.at(file, charset, config, 1);
    CorrectedColumns columns = CorrectedColumns.of(look.header(), seen);
    CorrectionSheet content = new CorrectionSheet(columns, config.maxCorrections());
    try (Sheet sheet = FirstLook.open(file, look.format(), config)) {
      sheet.read(content);
    }
    CorrectionResult result =
        change(
            seen.batchId(),
            caller,
            correction -> {
              for (List<CorrectionSheet.Line> chunk : content.chunks(CHUNK)) {
                correction.apply(columns, chunk);
              }
              return correction.result();
            });
    issue.announce();
    return result;
  }

  /**
   * Corrects single cells of one row.
   *
   * @param cells by the heading of the sheet or ours
   */
  void apply(Batch seen, Caller caller, int number, Map<String, String> cells) {
    List<String> headings = new ArrayList<>(cells.keySet());
    CorrectedColumns columns = CorrectedColumns.ofCells(headings, seen);
    String[] values = headings.stream().map(cells::get).toArray(String[]::new);
    change(
        seen.batchId(),
        caller,
        correction -> {
          correction.applyOne(columns, number, values);
          return null;
        });
    issue.announce();
  }

  /** Takes a row out of its batch; repeating it changes nothing. */
  void drop(BatchId id, Caller caller, int number) {
    change(
        id,
        caller,
        correction -> {
          correction.drop(number);
          return null;
        });
    issue.announce();
  }

  /** A change of a batch whose runs are locked. */
  @FunctionalInterface
  private interface Change<T> {
    T apply(Correction correction) throws SQLException;
  }

  private <T> T change(BatchId id, Caller caller, Change<T> change) {
    return QuarkusTransaction.requiringNew()
        .timeout(LONGEST)
        .call(
            () -> {
              Batch batch =
                  Batch.locked(id)
                      .filter(b -> VisibleBatch.isVisible(b, caller))
                      .orElseThrow(VisibleBatch::notFound);
              batch.mustBeValidated();
              Correction correction = new Correction(batch, issue.lockRuns(batch));
              BatchStatus before = webhooks.status(id);
              T result = change.apply(correction);
              correction.end();
              webhooks.changed(id, before);
              return result;
            });
  }

  /** One transaction's work. */
  private final class Correction {
    private final Batch batch;
    private final Issue.Runs runs;
    private final CorrectedRows meant;
    private final Counts.Changes changes = new Counts.Changes();
    private final List<CorrectionResult.Untouched> untouched = new ArrayList<>();
    private SheetValidator validator;
    private boolean outAgain;
    private int untouchedRows;
    private int ready;
    private int invalid;
    private int skipped;

    Correction(Batch batch, Issue.Runs runs) {
      this.batch = batch;
      this.runs = runs;
      this.meant = new CorrectedRows(table, batch.batchId());
    }

    void apply(CorrectedColumns columns, List<CorrectionSheet.Line> chunk) throws SQLException {
      Map<Integer, String[]> corrected = meant.of(chunk);
      Map<Integer, CorrectionTable.Standing> standing = table.lock(batch, corrected.keySet());
      Map<Integer, String[]> cells = new LinkedHashMap<>();
      for (Map.Entry<Integer, String[]> entry : corrected.entrySet()) {
        CorrectionTable.Standing row = standing.get(entry.getKey());
        if (row == null) {
          throw CorrectedRows.unknown(entry.getKey().toString());
        }
        if (row.correctable()) {
          cells.put(row.number(), columns.over(row.cells(), entry.getValue(), batch.header.size()));
        } else {
          untouchedRows++;
          if (untouched.size() < 100) {
            untouched.add(new CorrectionResult.Untouched(row.number(), row.issue()));
          }
        }
      }
      correct(standing, cells);
    }

    void applyOne(CorrectedColumns columns, int number, String[] values) throws SQLException {
      CorrectionTable.Standing row = standing(number);
      String[] cells = columns.over(row.cells(), values, batch.header.size());
      correct(Map.of(number, row), Map.of(number, cells));
    }

    void drop(int number) throws SQLException {
      Map<Integer, CorrectionTable.Standing> found = table.lock(batch, List.of(number));
      if (found.containsKey(number) && found.get(number).issue() == IssueStatus.CANCELLED) {
        return;
      }
      CorrectionTable.Standing row = standing(number);
      duplicates.remove(batch.organizationId(), batch.batchId(), List.of(row.identity()));
      table.drop(batch.batchId(), number);
      leave(row);
      changes.add(batch.batchId(), Counter.CANCELLED, 1);
      lookAgain(Set.of(number));
    }

    private CorrectionTable.Standing standing(int number) throws SQLException {
      CorrectionTable.Standing row = table.lock(batch, List.of(number)).get(number);
      if (row == null) {
        throw ProblemType.NOT_FOUND.because(
            "The batch has no such row; rows count from 2, as in the sheet");
      }
      if (!row.correctable()) {
        throw ProblemType.CONFLICT.because(
            "Row %d is %s: what is queued, issued or cancelled never changes"
                .formatted(number, row.issue()));
      }
      return row;
    }

    private void correct(
        Map<Integer, CorrectionTable.Standing> standing, Map<Integer, String[]> cells)
        throws SQLException {
      if (cells.isEmpty()) {
        return;
      }
      for (IssueStatus becomes : replace(standing, cells)) {
        switch (becomes) {
          case INVALID -> invalid++;
          case SKIPPED -> skipped++;
          default -> ready++;
        }
      }
      lookAgain(cells.keySet());
    }

    /**
     * Rows that repeated others which now say something else, or nothing: the first of them may be
     * the one that counts.
     */
    private void lookAgain(Set<Integer> changed) throws SQLException {
      Set<Integer> repeaters = table.repeaters(batch.batchId(), changed, MOST_REPEATERS);
      if (repeaters.isEmpty()) {
        return;
      }
      Map<Integer, CorrectionTable.Standing> standing = table.lock(batch, repeaters);
      Map<Integer, String[]> cells = new LinkedHashMap<>();
      standing.values().stream()
          .filter(CorrectionTable.Standing::waits)
          .forEach(row -> cells.put(row.number(), row.cells().toArray(String[]::new)));
      if (!cells.isEmpty()) {
        replace(standing, cells);
      }
    }

    /** Says what becomes of each. */
    private List<IssueStatus> replace(
        Map<Integer, CorrectionTable.Standing> standing, Map<Integer, String[]> cells)
        throws SQLException {
      if (validator == null) {
        validator = validators.of(batch);
      }
      List<CheckedRow> checked = new ArrayList<>();
      cells.forEach((number, row) -> checked.add(validator.check(number, row)));
      List<CorrectionTable.Standing> old = cells.keySet().stream().map(standing::get).toList();
      duplicates.remove(
          batch.organizationId(),
          batch.batchId(),
          old.stream().map(CorrectionTable.Standing::identity).toList());
      table.forget(batch.batchId(), cells.keySet());
      old.forEach(this::leave);
      store(standing, checked);
      Set<Integer> held = mark(checked);
      return checked.stream()
          .map(row -> enter(standing, row, held.contains(row.number())))
          .toList();
    }

    private void store(Map<Integer, CorrectionTable.Standing> standing, List<CheckedRow> checked)
        throws SQLException {
      Map<Integer, List<CheckedRow>> byRun =
          checked.stream().collect(groupingBy(row -> run(standing, row)));
      for (Map.Entry<Integer, List<CheckedRow>> run : byRun.entrySet()) {
        rows.store(batch.batchId(), run.getValue(), run.getKey());
      }
    }

    private int run(Map<Integer, CorrectionTable.Standing> standing, CheckedRow row) {
      return runs.of(standing.get(row.number()).wasOut());
    }

    /** Looks at them beside all rows of the batch; which of them that holds back. */
    private Set<Integer> mark(List<CheckedRow> checked) throws SQLException {
      RowKeyBlock block = new RowKeyBlock(batch.organizationId());
      List<String> definitionIds = validator.definitionIds();
      checked.forEach(row -> block.add(row.identity(definitionIds)));
      Map<Integer, Duplicate> found = duplicates.findAndAdd(batch.batchId(), block);
      yieldToFirst(found);
      return marks.put(batch.batchId(), found, batch.onDuplicate, changes);
    }

    /**
     * Of equal rows the first is the one that counts: a row does not repeat one further down that
     * is marked as a repetition itself. Else both would be held back.
     */
    private void yieldToFirst(Map<Integer, Duplicate> found) throws SQLException {
      List<Integer> later = new ArrayList<>();
      found.forEach(
          (number, duplicate) -> {
            if (isLater(duplicate, number)) {
              later.add(duplicate.of().number());
            }
          });
      if (later.isEmpty()) {
        return;
      }
      Set<Integer> repeating = table.repeating(batch.batchId(), later);
      found
          .entrySet()
          .removeIf(
              entry ->
                  isLater(entry.getValue(), entry.getKey())
                      && repeating.contains(entry.getValue().of().number()));
    }

    private static boolean isLater(Duplicate duplicate, int number) {
      return duplicate.kind() == Duplicate.Kind.SAME_SHEET && duplicate.of().number() > number;
    }

    private void leave(CorrectionTable.Standing row) {
      BatchId id = batch.batchId();
      switch (row.issue()) {
        case INVALID -> changes.add(id, Counter.INVALID, -1);
        case SKIPPED -> changes.add(id, Counter.SKIPPED, -1);
        case FAILED -> changes.add(id, Counter.FAILED, -1).add(id, Counter.RELAYED, -1);
        case READY -> {} // what is in no other state is counted as READY
        case QUEUED, ISSUED, CANCELLED -> throw new IllegalStateException("" + row.issue());
      }
      if (row.duplicate() != null) {
        changes.add(id, Counter.of(row.duplicate()), -1);
      }
    }

    private IssueStatus enter(
        Map<Integer, CorrectionTable.Standing> standing, CheckedRow row, boolean held) {
      if (row.issue() == IssueStatus.INVALID) {
        changes.add(batch.batchId(), Counter.INVALID, 1);
      }
      IssueStatus becomes = held ? batch.onDuplicate.becomes() : row.issue();
      outAgain |= becomes == IssueStatus.READY && run(standing, row) == runs.next();
      return becomes;
    }

    CorrectionResult result() {
      return new CorrectionResult(ready, invalid, skipped, untouchedRows, untouched);
    }

    /** Last, as everywhere: the counts; then what may go out by itself goes. */
    void end() throws SQLException {
      if (validator != null && !validator.definitionIds().equals(batch.definitionIds)) {
        table.definitions(batch.batchId(), validator.definitionIds());
      }
      counts.apply(changes, Counts.OWN_SLOT);
      issue.afterCorrection(batch, runs, outAgain);
    }
  }
}
