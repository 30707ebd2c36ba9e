package dev.credmill.batch;

import dev.credmill.batch.row.IssueStatus;
import dev.credmill.batch.sheet.CellSources;
import dev.credmill.batch.sheet.Header;
import dev.credmill.batch.sheet.SheetFormat;
import dev.credmill.contracts.event.ClaimAccess;
import dev.credmill.contracts.event.Medium;
import dev.credmill.contracts.id.BatchId;
import dev.credmill.contracts.id.OrganizationId;
import dev.credmill.contracts.problem.Problem;
import dev.credmill.contracts.problem.ProblemException;
import dev.credmill.contracts.problem.ProblemType;
import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.hibernate.annotations.DynamicUpdate;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;

/**
 * One upload: what was asked for, and which commands came since. What became of its rows stands in
 * its rows; its status is computed ({@code batch_overview}).
 */
@Entity
@DynamicUpdate
public class Batch extends PanacheEntityBase {
  /** How far the file itself has come. */
  public enum Phase {
    VALIDATING,
    REJECTED,
    VALIDATED
  }

  /** Whether anything goes out before somebody has looked. */
  public enum Mode {
    REVIEW,
    ISSUE
  }

  /** What invalid rows mean for the valid ones. The constants are what callers write. */
  @SuppressWarnings("checkstyle:ConstantName")
  public enum OnInvalidRows {
    stop,
    skip
  }

  /** What becomes of rows that say what another row says already. */
  @SuppressWarnings("checkstyle:ConstantName")
  public enum OnDuplicate {
    /** They are reported, and issued. */
    warn(IssueStatus.READY),
    /** They become SKIPPED. */
    skip(IssueStatus.SKIPPED),
    /** They become INVALID. */
    refuse(IssueStatus.INVALID);

    private final IssueStatus becomes;

    OnDuplicate(IssueStatus becomes) {
      this.becomes = becomes;
    }

    /** What a valid row becomes that repeats another. */
    public IssueStatus becomes() {
      return becomes;
    }
  }

  @Id public UUID id;

  @Column(updatable = false)
  public String organization;

  @Column(name = "created_by", updatable = false)
  public String createdBy;

  @Column(name = "created_at", updatable = false)
  public Instant createdAt;

  public String label;

  @Column(name = "file_name", updatable = false)
  public String fileName;

  @Column(name = "file_size", updatable = false)
  public long fileSize;

  @Column(name = "file_hash", updatable = false)
  public byte[] fileHash;

  /** Whether each row names its definition in the column ID. */
  @Column(name = "by_id_column", updatable = false)
  public boolean byIdColumn;

  /** In the order in which rows first name them; a row keeps its definition's place. */
  @JdbcTypeCode(SqlTypes.ARRAY)
  @Column(name = "definition_ids", updatable = false)
  public List<String> definitionIds;

  /** In place of the definition's; null for the definition's own. */
  @Column(name = "certificate_template_id", updatable = false)
  public String certificateTemplateId;

  @JdbcTypeCode(SqlTypes.ARRAY)
  @Column(updatable = false)
  public List<String> media;

  /**
   * Whether claiming into a wallet asks for a code, which goes by SMS where the link goes by email.
   */
  @Column(name = "claim_code", updatable = false)
  public boolean claimCode;

  /** Over which recipients are written to where the medium did not reach them; null for none. */
  @Enumerated(EnumType.STRING)
  @Column(updatable = false)
  public Medium fallback;

  @Enumerated(EnumType.STRING)
  @Column(updatable = false)
  public Mode mode;

  @Enumerated(EnumType.STRING)
  @Column(name = "on_invalid_rows")
  public OnInvalidRows onInvalidRows;

  @Enumerated(EnumType.STRING)
  @Column(name = "on_duplicate", updatable = false)
  public OnDuplicate onDuplicate;

  @JdbcTypeCode(SqlTypes.JSON)
  @Column(updatable = false)
  public SheetFormat format;

  /** The headings as the sheet has them. */
  @JdbcTypeCode(SqlTypes.ARRAY)
  @Column(updatable = false)
  public List<String> header;

  /** Where rows say their cells again; none, or null, where they keep all of them. */
  @JdbcTypeCode(SqlTypes.ARRAY)
  @Column(name = "cell_sources", updatable = false)
  public List<String> cellSources;

  /** From headings of the sheet to ours; empty where they are the same. */
  @JdbcTypeCode(SqlTypes.JSON)
  @Column(updatable = false)
  public Map<String, String> mapping;

  @Enumerated(EnumType.STRING)
  @JdbcTypeCode(SqlTypes.NAMED_ENUM)
  public Phase phase;

  @JdbcTypeCode(SqlTypes.JSON)
  public Problem problem;

  @JdbcTypeCode(SqlTypes.JSON)
  public List<Warning> warnings;

  @Column(name = "rows_read", updatable = false)
  public int rowsRead;

  @Column(name = "last_number", updatable = false)
  public int lastNumber;

  @Column(name = "keyed_number", updatable = false)
  public int keyedNumber;

  /** The batch whose credentials these take the place of, row by row; null for most. */
  @Column(updatable = false)
  public UUID replaces;

  /** Why they are replaced, as the caller gave it; may be null. */
  @Column(name = "replaces_because", updatable = false)
  public String replacesBecause;

  @Column(name = "validated_at")
  public Instant validatedAt;

  @Column(name = "valid_from")
  public Instant validFrom;

  @Column(name = "started_at")
  public Instant startedAt;

  @Column(name = "paused_at")
  public Instant pausedAt;

  @Column(name = "cancelled_at")
  public Instant cancelledAt;

  /**
   * Something that the issuer should know and that stops nothing.
   *
   * @param batchId another batch that it is about; may be null
   */
  public record Warning(String code, String message, String batchId) {}

  private static final int LONGEST_LABEL = 200;

  /**
   * A label as it may be stored; null where it is blank.
   *
   * @throws ProblemException for one that is too long or has line breaks
   */
  public static String checkedLabel(String text) {
    if (text == null || text.isBlank()) {
      return null;
    }
    if (text.length() > LONGEST_LABEL || text.chars().anyMatch(Character::isISOControl)) {
      throw ProblemType.INVALID_PARAMETER.because(
          "A label has at most %d characters and no line breaks".formatted(LONGEST_LABEL));
    }
    return text.strip();
  }

  public BatchId batchId() {
    return new BatchId(id);
  }

  public OrganizationId organizationId() {
    return new OrganizationId(organization);
  }

  /** What the headings of the sheet mean. */
  public Header meaning() {
    return Header.of(header, mapping);
  }

  public CellSources cellSources() {
    return CellSources.of(cellSources);
  }

  public Set<Medium> mediaSet() {
    Set<Medium> set = new TreeSet<>();
    media.forEach(medium -> set.add(Medium.valueOf(medium)));
    return set;
  }

  /** Whether recipients may be written to over it. */
  public boolean mayUse(Medium medium) {
    return medium == fallback || media.contains(medium.name());
  }

  /** What its recipients claim with; null where no message could tell them. */
  public ClaimAccess claimAccess() {
    if (media.isEmpty()) {
      return null;
    }
    return claimCode ? ClaimAccess.LINK_AND_CODE : ClaimAccess.LINK;
  }

  /**
   * Passes only a batch whose rows are known and may still change.
   *
   * @throws ProblemException saying what to do otherwise
   */
  public void mustBeValidated() {
    switch (phase) {
      case VALIDATING ->
          throw ProblemType.CONFLICT.because(
              "The file is still being validated; ask again when the batch is READY");
      case REJECTED ->
          throw ProblemType.CONFLICT.because(
              "The file was rejected, see problem of the batch; upload it again, corrected");
      case VALIDATED -> mustNotBeCancelled();
    }
  }

  /** Passes only a batch that was not cancelled. */
  public void mustNotBeCancelled() {
    if (cancelledAt != null) {
      throw ProblemType.CONFLICT.because("The batch is cancelled; upload the sheet again");
    }
  }

  /** The batch of that id, locked until the transaction ends: commands come one after the other. */
  public static Optional<Batch> locked(BatchId id) {
    return Optional.ofNullable(
        Batch.findById(id.value(), jakarta.persistence.LockModeType.PESSIMISTIC_WRITE));
  }

  public static Optional<Batch> of(BatchId id) {
    return findByIdOptional(id.value());
  }
}
