package dev.credmill.batch.correction;

import dev.credmill.batch.Batch;
import dev.credmill.batch.BatchConfig;
import dev.credmill.batch.VisibleBatch;
import dev.credmill.batch.correction.ReplacementRequest.UnchangedRows;
import dev.credmill.batch.duplicate.Duplicates;
import dev.credmill.batch.duplicate.RowKeyBlock;
import dev.credmill.batch.relay.Issue;
import dev.credmill.batch.row.IssueStatus;
import dev.credmill.batch.sheet.Sheet;
import dev.credmill.batch.status.Counter;
import dev.credmill.batch.status.Counts;
import dev.credmill.batch.upload.FirstLook;
import dev.credmill.batch.validation.CheckedRow;
import dev.credmill.batch.validation.CheckedRows;
import dev.credmill.batch.validation.SheetValidator;
import dev.credmill.batch.validation.SheetValidators;
import dev.credmill.contracts.access.Caller;
import dev.credmill.contracts.id.BatchId;
import dev.credmill.contracts.id.RowId;
import dev.credmill.contracts.problem.Problem;
import dev.credmill.contracts.problem.ProblemException;
import dev.credmill.contracts.problem.ProblemType;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Issues credentials anew that were issued with something wrong. The corrected rows are a batch of
 * their own, each with the number of the row that it takes the place of; when one is issued, the
 * old credential is revoked in the same transaction. All of it is taken down or none of it.
 */
@ApplicationScoped
class Replacements {
  private static final int CHUNK = 1_000;
  private static final int LONGEST = 600; // seconds
  private static final int MOST_FAULTS = 100;
  private static final int FIRST_RUN = 1;
  private static final byte[] NO_FILE = {};
  private final BatchConfig config;
  private final SheetValidators validators;
  private final CorrectionTable table;
  private final ReplacementTable replacements;
  private final CheckedRows rows;
  private final Duplicates duplicates;
  private final Counts counts;
  private final Issue issue;
  private final Clock clock;

  Replacements(
      BatchConfig config,
      SheetValidators validators,
      CorrectionTable table,
      ReplacementTable replacements,
      CheckedRows rows,
      Duplicates duplicates,
      Counts counts,
      Issue issue,
      Clock clock) {
    this.config = config;
    this.validators = validators;
    this.table = table;
    this.replacements = replacements;
    this.rows = rows;
    this.duplicates = duplicates;
    this.counts = counts;
    this.issue = issue;
    this.clock = clock;
  }

  /** A sheet as it came. */
  record Upload(Path file, String fileName, String charset) {}

  /**
   * Replaces what a sheet names by row number or reference.
   *
   * @return the batch of the new credentials
   * @throws ProblemException when the sheet cannot be read, or names rows that cannot be replaced,
   *     or would make invalid ones; nothing has changed then
   */
  BatchId apply(Batch seen, Caller caller, Upload upload, ReplacementRequest request)
      throws IOException {
    // Before anything is locked: a slow file must hold up nobody.
    FirstLook look = FirstLook.at(upload.file(), upload.charset(), config, 1);
    CorrectedColumns columns = CorrectedColumns.of(look.header(), seen);
    CorrectionSheet content = new CorrectionSheet(columns, config.maxCorrections());
    try (Sheet sheet = FirstLook.open(upload.file(), look.format(), config)) {
      sheet.read(content);
    }
    return change(
        seen.batchId(),
        caller,
        upload.fileName(),
        request,
        replacement -> {
          for (List<CorrectionSheet.Line> chunk : content.chunks(CHUNK)) {
            replacement.read(columns, chunk);
          }
        });
  }

  /**
   * Replaces one credential.
   *
   * @param cells new values by the heading of the sheet or ours; none issues it as it was
   */
  BatchId apply(RowId row, Caller caller, Map<String, String> cells, ReplacementRequest request) {
    List<String> headings = new ArrayList<>(cells.keySet());
    String[] values = headings.stream().map(cells::get).toArray(String[]::new);
    return change(
        row.batch(),
        caller,
        "row %d of %s".formatted(row.number(), row.batch()),
        request,
        replacement -> replacement.readOne(headings, values, row.number()));
  }

  @FunctionalInterface
  private interface Reading {
    void into(Replacement replacement) throws SQLException;
  }

  private BatchId change(
      BatchId of, Caller caller, String name, ReplacementRequest request, Reading reading) {
    BatchId id =
        QuarkusTransaction.requiringNew()
            .timeout(LONGEST)
            .call(
                () -> {
                  Batch old =
                      Batch.locked(of)
                          .filter(b -> VisibleBatch.isVisible(b, caller))
                          .orElseThrow(VisibleBatch::notFound);
                  Replacement replacement = new Replacement(old, caller, name, request);
                  reading.into(replacement);
                  return replacement.store();
                });
    issue.announce();
    return id;
  }

  /** One transaction's work. */
  private final class Replacement {
    private final Batch old;
    private final Batch anew;
    private final UnchangedRows unchanged;
    private final CorrectedRows meant;
    private final SortedMap<Integer, String[]> cells = new TreeMap<>();

    Replacement(Batch old, Caller caller, String name, ReplacementRequest request) {
      this.old = old;
      this.anew = batch(old, caller, name, request);
      this.unchanged = request.unchangedRows();
      this.meant = new CorrectedRows(table, old.batchId());
    }

    void read(CorrectedColumns columns, List<CorrectionSheet.Line> chunk) throws SQLException {
      add(columns, meant.of(chunk));
    }

    void readOne(List<String> headings, String[] values, int number) throws SQLException {
      CorrectionTable.Standing row = table.lock(old, List.of(number)).get(number);
      mustBeIssued(number, row);
      cells.put(
          number,
          CorrectedColumns.ofCells(headings, old).over(row.cells(), values, old.header.size()));
    }

    private void add(CorrectedColumns columns, Map<Integer, String[]> corrected)
        throws SQLException {
      Map<Integer, CorrectionTable.Standing> standing = table.lock(old, corrected.keySet());
      corrected.forEach((number, values) -> add(columns, number, standing.get(number), values));
    }

    /** A whole report may be sent: what is not issued, and says nothing new, is left alone. */
    private void add(
        CorrectedColumns columns, int number, CorrectionTable.Standing row, String[] values) {
      if (row == null) {
        throw CorrectedRows.unknown(Integer.toString(number));
      }
      String[] after = columns.over(row.cells(), values, old.header.size());
      if (!says(row.cells(), after)) {
        mustBeIssued(number, row);
        cells.put(number, after);
      } else if (unchanged == UnchangedRows.replace && row.issue() == IssueStatus.ISSUED) {
        cells.put(number, after);
      }
    }

    /** Whether the cells are those of before; a sheet may have stored fewer than its header has. */
    private static boolean says(List<String> before, String[] after) {
      for (int i = 0; i < after.length; i++) {
        if (!after[i].equals(i < before.size() ? before.get(i) : "")) {
          return false;
        }
      }
      return true;
    }

    private void mustBeIssued(int number, CorrectionTable.Standing row) {
      if (row == null) {
        throw CorrectedRows.unknown(Integer.toString(number));
      }
      if (row.issue() != IssueStatus.ISSUED) {
        throw ProblemType.CONFLICT.because(
            "Row %d is %s: only what is issued can be replaced. Leave it out, or correct it with /v1/batches/%s/corrections; nothing was changed"
                .formatted(number, row.issue(), old.id));
      }
    }

    BatchId store() throws SQLException {
      if (cells.isEmpty()) {
        throw ProblemType.REPLACEMENT_EMPTY.because(
            "No issued row says anything new; correct cells, or send unchangedRows=replace to issue them as they were");
      }
      SheetValidator validator = validators.of(anew);
      List<CheckedRow> checked = new ArrayList<>(cells.size());
      cells.forEach((number, row) -> checked.add(validator.check(number, row)));
      mustBeValid(checked);
      anew.definitionIds = validator.definitionIds();
      anew.rowsRead = checked.size();
      anew.lastNumber = cells.lastKey();
      anew.keyedNumber = anew.lastNumber;
      anew.persistAndFlush();
      BatchId id = anew.batchId();
      Optional<ReplacementTable.Taken> taken = replacements.take(old.batchId(), cells.keySet(), id);
      if (taken.isPresent()) {
        throw ProblemType.CONFLICT.because(
            "Row %1$d is replaced by row %1$d of batch %2$s already; replace or correct that one. Nothing was changed"
                .formatted(taken.get().number(), taken.get().by()));
      }
      storeRows(id, validator.definitionIds(), checked);
      counts.apply(new Counts.Changes().add(id, Counter.TOTAL, checked.size()), Counts.OWN_SLOT);
      issue.afterValidation(id);
      return id;
    }

    private void storeRows(BatchId id, List<String> definitionIds, List<CheckedRow> checked)
        throws SQLException {
      for (int from = 0; from < checked.size(); from += CHUNK) {
        List<CheckedRow> some = checked.subList(from, Math.min(from + CHUNK, checked.size()));
        rows.store(id, some, FIRST_RUN);
        RowKeyBlock keys = new RowKeyBlock(anew.organizationId());
        some.forEach(row -> keys.add(row.identity(definitionIds)));
        // That they repeat what they replace is their purpose, so nobody is warned of it.
        duplicates.findAndAdd(id, keys);
      }
    }
  }

  private Batch batch(Batch old, Caller caller, String name, ReplacementRequest request) {
    Instant now = clock.instant();
    Batch batch = new Batch();
    batch.id = BatchId.at(now).value();
    batch.organization = old.organization;
    batch.createdBy = caller.keyId();
    batch.createdAt = now;
    batch.label = old.label;
    batch.fileName = name;
    batch.fileSize = 0;
    batch.fileHash = NO_FILE;
    batch.byIdColumn = old.byIdColumn;
    batch.definitionIds = old.definitionIds;
    batch.certificateTemplateId = old.certificateTemplateId;
    batch.media = old.media;
    batch.claimCode = old.claimCode;
    batch.fallback = old.fallback;
    batch.mode = request.mode();
    batch.onInvalidRows = Batch.OnInvalidRows.stop;
    batch.onDuplicate = Batch.OnDuplicate.warn;
    batch.format = old.format;
    batch.header = old.header;
    batch.cellSources = old.cellSources;
    batch.mapping = old.mapping;
    batch.phase = Batch.Phase.VALIDATED;
    batch.validatedAt = now;
    batch.warnings = List.of();
    batch.replaces = old.id;
    batch.replacesBecause = request.reason();
    return batch;
  }

  private static void mustBeValid(List<CheckedRow> checked) {
    List<Problem.Fault> faults =
        checked.stream()
            .flatMap(
                row ->
                    row.faults().stream()
                        .map(
                            fault ->
                                new Problem.Fault(
                                    "row %d, %s".formatted(row.number(), fault.column()),
                                    fault.code(),
                                    fault.message())))
            .limit(MOST_FAULTS)
            .toList();
    if (!faults.isEmpty()) {
      throw new ProblemException(
          Problem.of(
              ProblemType.REPLACEMENT_INVALID,
              "Nothing was changed; correct what errors names and send all of it again",
              faults));
    }
  }
}
