package dev.credmill.batch.status;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.credmill.batch.Batch;
import dev.credmill.contracts.event.Medium;
import dev.credmill.contracts.problem.Problem;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A batch as callers see it. */
@Schema(name = "Batch", description = "One upload and what has become of it")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record BatchView(
    @Schema(examples = "01931f6e-7a51-7c3e-9d0f-3c2b1a0f9e8d") String id,
    String label,
    String fileName,
    @Schema(description = "The sheet of a workbook that is read; absent for CSV") String sheetName,
    Batch.Mode mode,
    List<String> media,
    @Schema(description = "Whether claiming into a wallet asks for a code") boolean claimCode,
    @Schema(
            description =
                "Over which recipients are written to whom the medium does not reach; absent for none")
        Medium fallback,
    @Schema(
            description =
                "The batch whose credentials these take the place of, row by row; absent for most")
        String replaces,
    BatchStatus status,
    @Schema(description = "Why the file as a whole was REJECTED") Problem problem,
    List<Batch.Warning> warnings,
    List<String> definitionIds,
    @Schema(description = "The id of the API key that uploaded it") String createdBy,
    Instant createdAt,
    Instant startedAt,
    Instant completedAt,
    Tally counts,
    @Schema(description = "How many rows say what another row says already") Duplicates duplicates,
    Deliveries delivery,
    Progress progress,
    @Schema(description = "Where to go from here, by name") Map<String, String> links) {

  /** How many rows are in which state of issuance. */
  @Schema(name = "BatchCounts")
  public record Tally(
      int total,
      int invalid,
      int ready,
      int queued,
      int issued,
      int failed,
      int skipped,
      int cancelled) {}

  /** Rows that repeat another one; see {@code rows?duplicate=}. */
  @Schema(name = "BatchDuplicates")
  public record Duplicates(
      @Schema(description = "Same as a row further up in the sheet") int sameSheet,
      @Schema(description = "Issued before, and still valid") int issued,
      @Schema(description = "Issued before, and revoked since") int revoked) {

    /** What to tell of them; nothing where there are none. */
    List<Batch.Warning> warnings(String batch) {
      if (sameSheet + issued + revoked == 0) {
        return List.of();
      }
      String message =
          "%d rows say what another row of the sheet says, %d were issued before, %d were issued and revoked; see /v1/batches/%s/rows?duplicate=SAME_SHEET, ISSUED or REVOKED"
              .formatted(sameSheet, issued, revoked, batch);
      return List.of(new Batch.Warning("duplicate-rows", message, null));
    }
  }

  /** The messages, by medium; both media are always there. */
  @Schema(name = "BatchDeliveries")
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Deliveries(
      @JsonProperty("EMAIL") DeliveryTally email,
      @JsonProperty("SMS") DeliveryTally sms,
      @Schema(description = "When the last message found its end; absent before that")
          Instant settledAt) {
    int open() {
      return email.open() + sms.open();
    }
  }

  /** How many messages are in which state. */
  @Schema(name = "DeliveryCounts")
  public record DeliveryTally(
      int pending, int sending, int sent, int delivered, int failed, int bounced, int suppressed) {
    int open() {
      return pending + sending;
    }

    int all() {
      return open() + sent + delivered + failed + bounced + suppressed;
    }
  }

  /** What is going on just now. */
  @Schema(name = "BatchProgress")
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Progress(
      @Schema(description = "VALIDATING, ISSUING, DELIVERING or RESTING") Phase phase,
      @Schema(description = "Rows of the file validated so far") int rowsRead,
      @Schema(description = "How much of this phase is done") int percent,
      @Schema(description = "Average since this phase began") Double rowsPerSecond,
      @Schema(description = "Seconds until this phase ends at that rate") Long etaSeconds) {}

  /** The long work that a batch goes through. */
  public enum Phase {
    VALIDATING,
    ISSUING,
    DELIVERING,
    RESTING
  }

  BatchView andWarnings(List<Batch.Warning> more) {
    List<Batch.Warning> all = new ArrayList<>(warnings);
    all.addAll(more);
    return new BatchView(
        id,
        label,
        fileName,
        sheetName,
        mode,
        media,
        claimCode,
        fallback,
        replaces,
        status,
        problem,
        all,
        definitionIds,
        createdBy,
        createdAt,
        startedAt,
        completedAt,
        counts,
        duplicates,
        delivery,
        progress,
        links);
  }

  /** Whether nothing will change by itself any more, deliveries included. */
  @JsonIgnore
  public boolean settled() {
    boolean sweeping = status == BatchStatus.CANCELLED && counts.ready() > 0;
    return status.resting() && !sweeping && counts.queued() == 0 && delivery.open() == 0;
  }
}
