package dev.credmill.batch.row;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.credmill.batch.duplicate.Duplicate;
import dev.credmill.contracts.event.DeliveryStatus;
import dev.credmill.contracts.problem.Problem;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A row as callers see it: four axes, each with a state of its own. */
@Schema(name = "Row", description = "One recipient of a batch")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RowView(
    @Schema(description = "The spreadsheet's row number; the header is row 1", examples = "2")
        int number,
    @Schema(description = "The issuer's own key for the record") String reference,
    String definitionId,
    Recipient recipient,
    IssueStatus issue,
    Delivery delivery,
    ClaimStatus claim,
    @Schema(description = "Absent until issued") ValidityStatus validity,
    @Schema(examples = "urn:uuid:4f3c2b1a-9d8e-8c7b-a6f5-e4d3c2b1a098") String credentialId,
    @Schema(examples = "http://localhost:8080/c/AZb2...") String credUrl,
    @Schema(
            description =
                "Why the row could not be issued, or the latest of what its messages met with; absent where there is nothing")
        Problem problem,
    @Schema(description = "What its messages met with; absent where there is nothing")
        DeliveryProblems deliveryProblems,
    @Schema(description = "What the row repeats; absent for a new one") DuplicateView duplicate,
    @Schema(description = "The row whose credential this one takes the place of") RowOf replaces,
    @Schema(description = "The row whose credential takes the place of this one") RowOf replacedBy,
    @Schema(description = "Only when a single row is asked for") List<Step> timeline) {

  RowView with(List<Step> steps) {
    return new RowView(
        number,
        reference,
        definitionId,
        recipient,
        issue,
        delivery,
        claim,
        validity,
        credentialId,
        credUrl,
        problem,
        deliveryProblems,
        duplicate,
        replaces,
        replacedBy,
        steps);
  }

  /** Whom the row is about. */
  @Schema(name = "Recipient")
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Recipient(String firstName, String lastName, String email, String phone) {}

  /** The messages of the row, by medium. */
  @Schema(name = "RowDelivery")
  public record Delivery(
      @JsonProperty("EMAIL") DeliveryStatus email, @JsonProperty("SMS") DeliveryStatus sms) {}

  /** What servers and gateways said of the messages that did not just go out, by medium. */
  @Schema(name = "RowDeliveryProblems")
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record DeliveryProblems(
      @JsonProperty("EMAIL") Problem email, @JsonProperty("SMS") Problem sms) {
    static DeliveryProblems of(Problem email, Problem sms) {
      return email == null && sms == null ? null : new DeliveryProblems(email, sms);
    }
  }

  /** The row that says the same already. */
  @Schema(name = "RowDuplicate")
  public record DuplicateView(
      @Schema(description = "SAME_SHEET, ISSUED or REVOKED") Duplicate.Kind kind,
      @Schema(description = "The batch of that row") String batchId,
      @Schema(description = "Its number there") int row) {}

  /** A row of another batch. */
  @Schema(name = "RowOfBatch")
  public record RowOf(String batchId, int row) {}

  /** One thing that happened to the row. */
  @Schema(name = "TimelineStep")
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Step(
      Instant at,
      @Schema(examples = "EMAIL_SENT") String event,
      @Schema(
              description = "A server's words, or a person's reason; absent where there are none",
              examples = "250 2.0.0 Ok: queued as 4FgT2k1")
          String detail) {}

  /** Whether the credential is in a wallet. */
  public enum ClaimStatus {
    NONE,
    OFFERED,
    CLAIMED,
    EXPIRED
  }

  /** Whether the credential counts. */
  public enum ValidityStatus {
    ACTIVE,
    SUSPENDED,
    REVOKED,
    EXPIRED
  }
}
