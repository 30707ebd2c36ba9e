package dev.credmill.batch;

import dev.credmill.contracts.event.Medium;
import dev.credmill.contracts.id.BatchId;
import dev.credmill.contracts.id.OrganizationId;
import dev.credmill.contracts.problem.Problem;
import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import java.time.Instant;
import java.util.List;
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

  @Column(name = "definition_id", updatable = false)
  public String definitionId;

  @Column(name = "certificate_template_id", updatable = false)
  public String certificateTemplateId;

  @JdbcTypeCode(SqlTypes.ARRAY)
  @Column(updatable = false)
  public List<String> media;

  @Enumerated(EnumType.STRING)
  @Column(updatable = false)
  public Mode mode;

  @Enumerated(EnumType.STRING)
  @Column(name = "on_invalid_rows")
  public OnInvalidRows onInvalidRows;

  @JdbcTypeCode(SqlTypes.CHAR)
  @Column(updatable = false)
  public char delimiter;

  @JdbcTypeCode(SqlTypes.ARRAY)
  @Column(updatable = false)
  public List<String> header;

  @Enumerated(EnumType.STRING)
  @JdbcTypeCode(SqlTypes.NAMED_ENUM)
  public Phase phase;

  @JdbcTypeCode(SqlTypes.JSON)
  public Problem problem;

  @JdbcTypeCode(SqlTypes.JSON)
  public List<Warning> warnings;

  @Column(name = "rows_read")
  public int rowsRead;

  @Column(name = "last_number")
  public int lastNumber;

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

  public BatchId batchId() {
    return new BatchId(id);
  }

  public OrganizationId organizationId() {
    return new OrganizationId(organization);
  }

  public Set<Medium> mediaSet() {
    Set<Medium> set = new TreeSet<>();
    media.forEach(medium -> set.add(Medium.valueOf(medium)));
    return set;
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
