package dev.credmill.batch.resend;

import dev.credmill.batch.Batch;
import dev.credmill.batch.VisibleBatch;
import dev.credmill.batch.row.RowView;
import dev.credmill.batch.row.Rows;
import dev.credmill.contracts.access.CurrentCaller;
import dev.credmill.contracts.access.Role;
import dev.credmill.contracts.event.DeliveryStatus;
import dev.credmill.contracts.event.Medium;
import dev.credmill.contracts.problem.ProblemType;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.EnumSet;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;

/** Messages once more: to the right address, or after what kept them from arriving is mended. */
@Path("/v1/batches/{id}")
@Tag(name = "Deliveries", description = "What became of messages, and sending them once more")
@RolesAllowed({Role.Name.ISSUER, Role.Name.ORG_ADMIN})
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class ResendResource {
  private static final String ID = "01931f6e-7a51-7c3e-9d0f-3c2b1a0f9e8d";
  private final VisibleBatch batches;
  private final Resends resends;
  private final Rows rows;
  private final CurrentCaller caller;

  ResendResource(VisibleBatch batches, Resends resends, Rows rows, CurrentCaller caller) {
    this.batches = batches;
    this.resends = resends;
    this.rows = rows;
    this.caller = caller;
  }

  /** What to send once more, and where to. */
  @Schema(name = "RowResend")
  public record OfRow(
      @Schema(description = "Absent = the batch's one medium", examples = "EMAIL") Medium medium,
      @Schema(
              description = "Where to from now on; absent = where it went before",
              examples = "ada@example.org")
          String contact) {}

  /** Which messages to send once more. */
  @Schema(name = "BatchResend")
  public record OfBatch(
      @Schema(description = "Absent = the batch's one medium", examples = "EMAIL") Medium medium,
      @Schema(description = "Those in one of these states; absent = FAILED and BOUNCED")
          Set<DeliveryStatus> delivery) {}

  /** How many messages wait again. */
  @Schema(name = "Resent")
  public record Resent(int resent) {}

  @POST
  @Path("/rows/{number}/resend")
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      operationId = "resendRow",
      summary = "Send the message of a row once more",
      description =
          "To another contact, if one is given; the credential and its link stay as they are. A contact in the suppression list stays SUPPRESSED until it is taken out of that.")
  @RequestBody(
      required = false,
      content =
          @Content(
              mediaType = "application/json",
              schema = @Schema(implementation = OfRow.class),
              examples =
                  @ExampleObject(
                      name = "to the right address",
                      value = "{\"medium\": \"EMAIL\", \"contact\": \"ada@example.org\"}")))
  @APIResponse(
      responseCode = "200",
      description = "The row, with its message PENDING",
      content =
          @Content(
              mediaType = "application/json",
              schema = @Schema(implementation = RowView.class),
              examples =
                  @ExampleObject(
                      name = "pending",
                      value =
                          "{\"number\": 3, \"issue\": \"ISSUED\", \"delivery\": {\"EMAIL\": \"PENDING\", \"SMS\": \"NOT_REQUESTED\"}}")))
  @APIResponse(responseCode = "400", description = "No contact of that medium")
  @APIResponse(responseCode = "404", description = "No such row of yours")
  @APIResponse(
      responseCode = "409",
      description = "The row is not issued, or its message is under way still")
  public RowView row(
      @Parameter(description = "The batch", example = ID) @RestPath String id,
      @Parameter(description = "The spreadsheet's row number", example = "3") @RestPath
          String number,
      OfRow resend) {
    Batch batch = batches.get(id);
    int row = Rows.number(number);
    rows.get(batch, row);
    OfRow wanted = resend == null ? new OfRow(null, null) : resend;
    resends.row(batch, row, medium(batch, wanted.medium()), wanted.contact(), caller.get().keyId());
    return rows.get(batch, row);
  }

  @POST
  @Path("/resend")
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      operationId = "resendBatch",
      summary = "Send messages of a batch once more",
      description =
          "All that FAILED or BOUNCED, or those in the given states. Repeating it sends nothing twice: what waits again is in none of them.")
  @RequestBody(
      required = false,
      content =
          @Content(
              mediaType = "application/json",
              schema = @Schema(implementation = OfBatch.class),
              examples =
                  @ExampleObject(
                      name = "what failed",
                      value = "{\"medium\": \"EMAIL\", \"delivery\": [\"FAILED\"]}")))
  @APIResponse(
      responseCode = "200",
      description = "How many wait again",
      content =
          @Content(
              mediaType = "application/json",
              schema = @Schema(implementation = Resent.class),
              examples = @ExampleObject(name = "some", value = "{\"resent\": 12}")))
  @APIResponse(responseCode = "404", description = "No such batch of yours")
  @APIResponse(responseCode = "409", description = "The batch has no such messages")
  public Resent batch(
      @Parameter(description = "The batch", example = ID) @RestPath String id, OfBatch resend) {
    Batch batch = batches.get(id);
    OfBatch wanted = resend == null ? new OfBatch(null, null) : resend;
    Set<DeliveryStatus> states =
        wanted.delivery() == null || wanted.delivery().isEmpty()
            ? EnumSet.of(DeliveryStatus.FAILED, DeliveryStatus.BOUNCED)
            : wanted.delivery();
    if (!Resends.SENDABLE.containsAll(states)) {
      throw ProblemType.INVALID_BODY.because(
          "delivery takes states in which a message has come to its end: " + Resends.SENDABLE);
    }
    return new Resent(
        resends.all(batch, medium(batch, wanted.medium()), states, caller.get().keyId()));
  }

  private static Medium medium(Batch batch, Medium wanted) {
    if (wanted != null) {
      return wanted;
    }
    if (batch.media.size() != 1) {
      throw ProblemType.INVALID_BODY.because(
          batch.media.isEmpty()
              ? "The batch has no messages"
              : "The batch has several media; say which, such as {\"medium\": \"EMAIL\"}");
    }
    return Medium.valueOf(batch.media.getFirst());
  }
}
